"""Four groups, a workflow, and logins that exist in development only."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

import pytest

from hub.roles import DEPARTMENT, EDITORS, NETWORK, REVIEWERS, WORKFLOW

pytestmark = pytest.mark.django_db

ADMIN = "wagtailsnippets_{}:{}"


def test_groups_and_workflow_exist_once_however_often_it_runs(roles):
    call_command("setup_groups")
    assert set(Group.objects.values_list("name", flat=True)) == {
        EDITORS,
        REVIEWERS,
        NETWORK,
        DEPARTMENT,
    }
    workflow = Workflow.objects.get()
    assert workflow.name == WORKFLOW
    assert WorkflowPage.objects.get(page=Page.objects.get(depth=1)).workflow == workflow


def test_a_right_given_by_hand_is_taken_back(roles):
    group = Group.objects.get(name=EDITORS)
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.clear()
    group.permissions.add(_permission("publish_organisation"))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(depth=1),
        permission=_permission("publish_page"),
    )
    call_command("setup_groups")
    assert set(group.permissions.values_list("codename", flat=True)) == before
    actions = GroupPagePermission.objects.filter(group=group)
    assert {p.permission.codename for p in actions} == {"add_page", "change_page"}


def _permission(codename: str):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            EDITORS,
            ["network.change_organisation", "casestudies.add_methoduse"],
            [
                "network.publish_organisation",
                "network.view_person",
                "network.change_person",
                "hub.view_enquiry",
                "hub.publish_easytext",
            ],
        ),
        (
            REVIEWERS,
            ["network.publish_organisation", "hub.publish_easytext"],
            ["network.change_person", "hub.change_user"],
        ),
        (
            NETWORK,
            ["network.publish_person", "hub.change_enquiry", "network.add_involvement"],
            ["hub.add_enquiry", "hub.delete_enquiry", "casestudies.add_methoduse"],
        ),
        (
            DEPARTMENT,
            ["wagtailadmin.access_admin"],
            ["network.change_organisation", "network.view_person", "hub.view_topic"],
        ),
    ],
)
def test_just_the_rights_they_need(roles, role, may, may_not):
    user = roles[role]
    assert [name for name in may if not user.has_perm(name)] == []
    assert [name for name in may_not if user.has_perm(name)] == []


def test_editors_do_not_see_people_network_managers_no_pages(roles, method):
    editor = Client()
    editor.force_login(roles[EDITORS])
    people = reverse(ADMIN.format("network_person", "list"))
    assert editor.get(people).status_code == 302
    network = Client()
    network.force_login(roles[NETWORK])
    assert network.get(people).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[method.pk])
    assert network.get(edit).status_code == 302


@override_settings(DEBUG=False, HUB_DEMO=False)
def test_demo_logins_are_refused_in_production(db):
    with pytest.raises(CommandError, match="nur in der Entwicklung"):
        call_command("setup_groups", "--demo-users")
    assert not get_user_model().objects.exists()


def test_demo_logins_come_and_go(db, capsys):
    call_command("setup_groups", "--demo-users")
    printed = capsys.readouterr().out
    password = printed.rsplit("Passwort: ", 1)[1].strip()
    client = Client()
    assert client.login(username="redaktion", password=password)
    assert get_user_model().objects.get(username="admin").is_superuser
    call_command("setup_groups", "--remove-demo-users")
    assert not get_user_model().objects.exists()


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=3)
def test_guessing_passwords_is_slowed_down(db):
    call_command("setup_groups", "--demo-users")
    login = reverse("wagtailadmin_login")
    for _attempt in range(3):
        Client().post(login, {"username": "redaktion", "password": "falsch"})
    response = Client().post(
        login, {"username": "redaktion", "password": "mitwirken-probe"}
    )
    assert response.status_code in (403, 429)
