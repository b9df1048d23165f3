"""A department's own editors: their organisation, its people, and nobody else's."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from hub.roles import DEPARTMENT, EDITORS, NETWORK
from network.models import Membership, Organisation, OrganisationEditor, Person
from network.permissions import may_edit, organisations_of, people_of
from tests.factories import network as make

pytestmark = pytest.mark.django_db

#: Every view of one entry that a viewset of records has.
VIEWS = (
    "edit",
    "delete",
    "history",
    "history_results",
    "usage",
    "unpublish",
)


def url(model: type, name: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


@pytest.fixture
def own() -> Organisation:
    return make.organisation("ma-18", live=True)


@pytest.fixture
def other() -> Organisation:
    return make.organisation("ma-28", live=True)


@pytest.fixture
def colleague(own) -> Person:
    found = make.person("beispielperson-innen")
    make.membership(found, own)
    return found


@pytest.fixture
def stranger(other) -> Person:
    found = make.person("beispielperson-aussen", groups=())
    make.membership(found, other)
    return found


@pytest.fixture
def user(own) -> Any:
    call_command("setup_groups")
    found = get_user_model().objects.create_user("stelle", "stelle@example.org", "x")
    OrganisationEditor.objects.create(user=found, organisation=own)
    return found


@pytest.fixture
def client(user) -> Client:
    found = Client()
    found.force_login(user)
    return found


def organisation_data(record: Organisation, **values: Any) -> dict[str, Any]:
    defaults = {
        "name_de": record.name_de,
        "name_en": record.name_en,
        "coverage": "city",
        "sources": streamfield([]),
        "office_hours": inline_formset([]),
    }
    return nested_form_data(defaults | values)


def person_data(record: Person, rows: list[dict[str, Any]], **values: Any) -> dict:
    defaults = {
        "name": record.name,
        "memberships": inline_formset(rows, initial=len(rows)),
    }
    return nested_form_data(defaults | values)


def row(membership: Membership, **values: Any) -> dict[str, Any]:
    return {
        "id": membership.pk,
        "organisation": membership.organisation_id,
        "function_de": membership.function_de,
        "function_en": membership.function_en,
    } | values


# What is theirs ------------------------------------------------------------------------


def test_they_see_and_change_their_entries(client, user, own, colleague):
    for record in (own, colleague):
        assert may_edit(user, record)
        assert client.get(url(type(record), "edit", record.pk)).status_code == 200
    data = organisation_data(own, summary_de="Neu gefasst von uns.")
    response = client.post(url(Organisation, "edit", own.pk), data)
    assert response.status_code == 302
    own.refresh_from_db()
    # It waits for the office: what is public stays as it was.
    assert own.summary_de == "Kurztext ma-18."
    assert own.get_latest_revision_as_object().summary_de == "Neu gefasst von uns."


def test_every_change_is_logged(client, user, own, colleague):
    client.post(
        url(Organisation, "edit", own.pk), organisation_data(own, offers_de="x")
    )
    membership = colleague.memberships.get()
    rows = [row(membership, function_de="Leitung")]
    client.post(url(Person, "edit", colleague.pk), person_data(colleague, rows))
    entries = ModelLogEntry.objects.filter(user=user)
    assert {(e.object_id, e.action) for e in entries} >= {
        (str(own.pk), "wagtail.edit"),
        (str(colleague.pk), "wagtail.edit"),
    }


def test_lists_hold_their_entries_only(client, own, other, colleague, stranger):
    organisations = client.get(url(Organisation, "list"))
    assert list(organisations.context["object_list"]) == [own]
    people = client.get(url(Person, "list"))
    assert list(people.context["object_list"]) == [colleague]
    assert stranger.name not in people.content.decode()
    table = client.get(url(Person, "list"), {"export": "csv"})
    body = b"".join(table.streaming_content).decode()
    assert colleague.name in body
    assert stranger.name not in body


# What is not ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_of_others(client, user, other, stranger, name):
    for record in (other, stranger):
        assert not may_edit(user, record)
        address = url(type(record), name, record.pk)
        for send in (client.get, client.post):
            response = send(address)
            assert response.status_code in (302, 403), (name, record)
            assert record.name not in response.content.decode()
        record.refresh_from_db()
        assert record.live


def test_no_revision_of_others(client, other):
    revision = other.save_revision()
    revert = url(Organisation, "revisions_revert", other.pk, revision.pk)
    assert client.get(revert).status_code == 302
    compare = url(Organisation, "revisions_compare", other.pk, "earliest", "latest")
    assert client.get(compare).status_code == 302


def test_choosers_name_nobody_who_is_hidden(client, stranger, colleague):
    chooser = Person.snippet_viewset.chooser_viewset
    for name in ("choose", "choose_results"):
        body = client.get(reverse(chooser.get_url_name(name))).content.decode()
        assert stranger.name not in body
        assert colleague.name in body
    chosen = reverse(chooser.get_url_name("chosen"), args=[stranger.pk])
    assert client.get(chosen, follow=True).status_code == 404
    several = reverse(chooser.get_url_name("chosen_multiple"))
    body = client.get(several, {"id": stranger.pk}).content.decode()
    assert stranger.name not in body


def test_editors_choose_public_people_only(roles, stranger, colleague):
    """Their role has nothing to do with people, but names them in involvements."""
    editor = Client()
    editor.force_login(roles[EDITORS])
    chooser = Person.snippet_viewset.chooser_viewset
    body = editor.get(reverse(chooser.get_url_name("choose"))).content.decode()
    assert colleague.name in body
    assert stranger.name not in body


def test_they_publish_add_and_delete_nothing(client, own):
    data = organisation_data(own, summary_de="Gleich öffentlich?")
    client.post(url(Organisation, "edit", own.pk), data | {"action-publish": "1"})
    own.refresh_from_db()
    assert own.summary_de == "Kurztext ma-18."
    assert client.get(url(Organisation, "add")).status_code == 302
    assert client.post(url(Organisation, "delete", own.pk)).status_code == 302
    assert client.post(url(Organisation, "unpublish", own.pk)).status_code == 302
    assert Organisation.objects.visible().filter(pk=own.pk).exists()


def test_what_the_office_vouches_for_stays(client, own, other, colleague):
    body = client.get(url(Organisation, "edit", own.pk)).content.decode()
    for name in ("verification", "review_due", "parent", "editorial_note", "is_demo"):
        assert f'name="{name}"' not in body
    data = organisation_data(own) | {
        "verification": "confirmed",
        "parent": other.pk,
        "editorial_note": "x",
        "slug_de": "neu",
    }
    client.post(url(Organisation, "edit", own.pk), data)
    draft = Organisation.objects.get(pk=own.pk).get_latest_revision_as_object()
    assert draft.verification != "confirmed"
    assert draft.parent_id is None
    assert draft.slug_de == "ma-18"
    assert "consents-TOTAL_FORMS" not in (
        client.get(url(Person, "edit", colleague.pk)).content.decode()
    )


def test_consents_cannot_be_sent_along(client, colleague):
    membership = colleague.memberships.get()
    data = person_data(colleague, [row(membership, function_de="Neu")])
    forged = nested_form_data(
        {
            "consents": inline_formset(
                [
                    {
                        "field_group": "photo",
                        "legal_basis": "consent",
                        "granted_on": "2026-01-01",
                        "wording_version": "1",
                        "way": "x",
                    }
                ]
            )
        }
    )
    response = client.post(url(Person, "edit", colleague.pk), data | forged)
    assert response.status_code == 302
    draft = Person.objects.get(pk=colleague.pk).get_latest_revision_as_object()
    assert [c.field_group for c in draft.consents.all()] == ["function"]
    assert draft.memberships.get().function_de == "Neu"


def test_functions_elsewhere_are_not_theirs(client, colleague, other):
    """Neither a new one, nor one moved there, nor one taken away."""
    elsewhere = make.membership(colleague, other, "Beirat")
    inside = colleague.memberships.get(organisation__slug_de="ma-18")
    address = url(Person, "edit", colleague.pk)
    for rows in (
        [row(inside), row(elsewhere, function_de="Leitung")],
        [row(inside, organisation=other.pk), row(elsewhere)],
        [row(inside), row(elsewhere, DELETE="on")],
    ):
        response = client.post(address, person_data(colleague, rows))
        assert response.status_code == 200
        assert "nur in Ihrer eigenen Organisation" in response.content.decode()
    rows = [row(inside, function_de="Leitung"), row(elsewhere)]
    assert client.post(address, person_data(colleague, rows)).status_code == 302


def test_a_function_that_ended_is_theirs_no_more(user, own):
    left = make.person("beispielperson-weg")
    Membership.objects.create(
        person=left, organisation=own, function_de="x", year_to=2020
    )
    assert not may_edit(user, left)


# Who decides ---------------------------------------------------------------------------


def test_an_assignment_opens_the_admin_and_its_end_closes_it(user, own, other):
    assert user.groups.get().name == DEPARTMENT
    second = OrganisationEditor.objects.create(user=user, organisation=other)
    second.delete()
    assert user.groups.exists()
    OrganisationEditor.objects.all().delete()
    assert not user.groups.exists()
    assert not may_edit(user, own)
    client = Client()
    client.force_login(user)
    assert client.get(url(Organisation, "edit", own.pk)).status_code == 302


def test_an_inactive_login_may_nothing(user, own, colleague):
    user.is_active = False
    user.save()
    assert not organisations_of(user).exists()
    assert not people_of(user).exists()
    policy = policy_registry.get_by_type(Organisation)
    assert user not in policy.users_with_any_permission_for_instance(["change"], own)


def test_policy_names_who_may(user, own, other, roles_of_network):
    policy = policy_registry.get_by_type(Organisation)
    assert set(policy.users_with_permission_for_instance("change", own)) == {
        user,
        roles_of_network,
    }
    assert set(policy.users_with_permission_for_instance("change", other)) == {
        roles_of_network
    }
    assert list(policy.instances_user_has_permission_for(user, "change")) == [own]
    assert not policy.instances_user_has_permission_for(user, "publish").exists()


@pytest.fixture
def roles_of_network(user) -> Any:
    found = get_user_model().objects.create_user("netz", "netz@example.org", "x")
    found.groups.add(Group.objects.get(name=NETWORK))
    return found


def test_administrators_assign_others_look_on(roles_of_network, own, admin_client):
    network = Client()
    network.force_login(roles_of_network)
    data = {"user": roles_of_network.pk, "organisation": own.pk}
    assert network.get(url(OrganisationEditor, "list")).status_code == 200
    assert network.post(url(OrganisationEditor, "add"), data).status_code == 302
    assert not roles_of_network.organisation_editors.exists()
    assert admin_client.post(url(OrganisationEditor, "add"), data).status_code == 302
    assignment = roles_of_network.organisation_editors.get()
    assert ModelLogEntry.objects.filter(
        object_id=str(assignment.pk), action="wagtail.create"
    ).exists()
