"""A department's own editors: what is theirs, and nobody else's.

Roles hold for a whole model (``hub.roles``). Beside them, whoever is assigned to an
organisation (``OrganisationEditor``) may see and change that organisation and its
people. Publishing, consents and everything the office vouches for stay with the office.

Other code asks ``may_edit(user, party)`` or filters by ``organisations_of(user)``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from hub.roles import DEPARTMENT
from network.models import Organisation, OrganisationEditor, Person

#: What an assignment allows with an entry that is there. No more.
OWN_ACTIONS = frozenset({"view", "change"})


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Organisations whose entries a user keeps; of an inactive user, none."""
    if not getattr(user, "is_active", False) or not user.pk:
        return Organisation.objects.none()
    rows = OrganisationEditor.objects.filter(user_id=user.pk)
    return Organisation.objects.filter(pk__in=rows.values("organisation"))


def people_of(user: Any) -> QuerySet[Person]:
    """People with a function today in an organisation the user keeps."""
    year = timezone.localdate().year
    today = Q(memberships__year_to__isnull=True) | Q(memberships__year_to__gte=year)
    theirs = Q(memberships__organisation__in=organisations_of(user).values("pk"))
    found = Person.objects.filter(today & theirs)
    return Person.objects.filter(pk__in=found.values("pk"))


def may_edit(user: Any, party: Organisation | Person) -> bool:
    """Whether a user may change the entry of an organisation or a person."""
    policy = POLICIES[type(party)]
    return policy.user_has_permission_for_instance(user, "change", party)


class OwnEntriesPolicy(ModelPermissionPolicy):
    """Roles as ever, and for those who are assigned, their own entries."""

    def __init__(self, model: type[Model], own: Any) -> None:
        super().__init__(model)
        self.own = own

    def _by_role(self, user: Any, actions: Collection[str]) -> bool:
        return any(
            super(OwnEntriesPolicy, self).user_has_permission(user, action)
            for action in actions
        )

    def user_has_permission(self, user: Any, action: str) -> bool:
        """With some entries at least: views ask for the instance, too."""
        if self._by_role(user, [action]):
            return True
        return action in OWN_ACTIONS and organisations_of(user).exists()

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        if self._by_role(user, [action]):
            return True
        return action in OWN_ACTIONS and self.own(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet:
        if self._by_role(user, actions):
            return self.model._default_manager.all()
        if OWN_ACTIONS.isdisjoint(actions):
            return self.model._default_manager.none()
        return self.own(user)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet:
        users = super().users_with_any_permission(actions)
        if OWN_ACTIONS.isdisjoint(actions):
            return users
        assigned = OrganisationEditor.objects.values("user")
        active = get_user_model().objects.filter(is_active=True)
        return active.filter(Q(pk__in=users.values("pk")) | Q(pk__in=assigned))

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Any
    ) -> QuerySet:
        by_role = super().users_with_any_permission(actions)
        if OWN_ACTIONS.isdisjoint(actions):
            return by_role
        assigned = [
            row.user_id
            for row in OrganisationEditor.objects.select_related("user")
            if self.own(row.user).filter(pk=instance.pk).exists()
        ]
        active = get_user_model().objects.filter(is_active=True)
        return active.filter(Q(pk__in=by_role.values("pk")) | Q(pk__in=assigned))


POLICIES: dict[type[Model], OwnEntriesPolicy] = {
    Organisation: OwnEntriesPolicy(Organisation, organisations_of),
    Person: OwnEntriesPolicy(Person, people_of),
}


# The group that opens the admin ---------------------------------------------------------


def _join_group(instance: OrganisationEditor, raw: bool = False, **_kw: Any) -> None:
    """Who is assigned may sign in to the admin."""
    if not raw:
        instance.user.groups.add(Group.objects.get_or_create(name=DEPARTMENT)[0])


def _leave_group(instance: OrganisationEditor, **_kw: Any) -> None:
    """Who is assigned to nothing any more leaves the group."""
    if not OrganisationEditor.objects.filter(user_id=instance.user_id).exists():
        through = get_user_model().groups.through
        through.objects.filter(
            user_id=instance.user_id, group__name=DEPARTMENT
        ).delete()


def register() -> None:
    """Called once, before anything asks for a policy."""
    for model, policy in POLICIES.items():
        register_permission_policy(model, policy)
    post_save.connect(_join_group, sender=OrganisationEditor)
    post_delete.connect(_leave_group, sender=OrganisationEditor)
