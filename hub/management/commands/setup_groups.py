"""Groups, their permissions and the workflow, as ``hub.roles`` says. Run it any time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from wagtail import hooks
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from hub import roles, viewsets

DEMO_PASSWORD = "mitwirken-probe"  # noqa: S105 (printed, and refused in production)
DEMO_USERS = {
    "redaktion": roles.EDITORS,
    "freigabe": roles.REVIEWERS,
    "netzwerk": roles.NETWORK,
    "admin": None,
}
#: Groups and workflow that Wagtail brings along.
WAGTAILS_GROUPS = ("Editors", "Moderators")


class Command(BaseCommand):
    help = "Legt Gruppen, Rechte und die Prüfung durch die Freigabe an."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--demo-users",
            action="store_true",
            help="legt auch Anmeldungen zum Ausprobieren an (nie im Betrieb)",
        )
        parser.add_argument(
            "--remove-demo-users",
            action="store_true",
            help="löscht die Anmeldungen zum Ausprobieren",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo_users"] and not (settings.DEBUG or settings.HUB_DEMO):
            raise CommandError(
                "Anmeldungen zum Ausprobieren gibt es nur in der Entwicklung "
                "(DEBUG oder HUB_DEMO)."
            )
        # The viewsets, which say who may do what, are found by Wagtail's hooks.
        hooks.search_for_hooks()
        for role in roles.ROLES:
            set_permissions(role)
        set_workflow()
        remove_wagtails_own()
        self.stdout.write(f"Gruppen: {', '.join(roles.ROLES)}")
        if options["remove_demo_users"]:
            get_user_model().objects.filter(username__in=DEMO_USERS).delete()
        if options["demo_users"]:
            self._demo_users()

    def _demo_users(self) -> None:
        for username, role in DEMO_USERS.items():
            make_demo_user(username, role)
        names = ", ".join(DEMO_USERS)
        self.stdout.write(f"Anmeldungen: {names} – Passwort: {DEMO_PASSWORD}")


def set_permissions(role: str) -> None:
    """Give a group exactly the permissions of its role."""
    group, _created = Group.objects.get_or_create(name=role)
    group.permissions.set([*_single(role), *_of_models(role)])
    _set_page_permissions(group, roles.PAGES.get(role, ()))
    _set_media_permissions(group, roles.MEDIA.get(role, ()))


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _single(role: str) -> list[Permission]:
    return [_permission(*name.split(".")) for name in roles.SINGLE.get(role, ())]


def _of_models(role: str) -> list[Permission]:
    return [
        _permission(meta.app_label, get_permission_codename(action, meta))
        for viewset in viewsets.registered
        for meta in [viewset.model._meta]
        for action in sorted(viewset.roles.get(role, ()))
    ]


def _set_page_permissions(group: Group, actions: tuple[str, ...]) -> None:
    root = Page.objects.get(depth=1)
    wanted = [_permission("wagtailcore", f"{action}_page") for action in actions]
    own = GroupPagePermission.objects.filter(group=group)
    own.exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )


def _set_media_permissions(group: Group, actions: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    # Wagtail asks for the rights on its own models, whatever model stands in for them.
    media = (("wagtailimages", "image"), ("wagtaildocs", "document"))
    wanted = [
        permission
        for app, model in media
        for permission in Permission.objects.filter(
            content_type__app_label=app,
            codename__in=[f"{action}_{model}" for action in actions],
        )
    ]
    own = GroupCollectionPermission.objects.filter(group=group)
    own.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def set_workflow() -> None:
    """One workflow for every page in both languages: one reviewer agrees."""
    task, _created = GroupApprovalTask.objects.get_or_create(name=roles.WORKFLOW)
    task.groups.set([Group.objects.get(name=roles.REVIEWERS)])
    workflow, _created = Workflow.objects.get_or_create(name=roles.WORKFLOW)
    WorkflowTask.objects.get_or_create(
        workflow=workflow, task=task, defaults={"sort_order": 0}
    )
    WorkflowPage.objects.update_or_create(
        page=Page.objects.get(depth=1), defaults={"workflow": workflow}
    )


def remove_wagtails_own() -> None:
    """Wagtail's example groups and workflow would only confuse."""
    for group in Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None):
        group.delete()
    unused = Workflow.objects.filter(workflow_pages=None, workflow_states=None)
    for workflow in unused.exclude(name=roles.WORKFLOW):
        tasks = [row.task for row in workflow.workflow_tasks.all()]
        workflow.delete()
        for task in tasks:
            if not task.workflow_tasks.exists() and not task.task_states.exists():
                task.delete()


def make_demo_user(username: str, role: str | None) -> None:
    """A login with a known password; it exists in development only."""
    user, _created = get_user_model().objects.update_or_create(
        username=username,
        defaults={
            "first_name": "Beispielperson",
            "last_name": (role or "Verwaltung"),
            "email": f"{username}@example.org",
            "is_active": True,
            "is_superuser": role is None,
            "is_staff": role is None,
        },
    )
    user.set_password(DEMO_PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name=role) if role else [])
