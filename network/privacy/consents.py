"""Giving and taking back consent. Whatever is taken back is hidden at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log

from network.choices import FieldGroup, LegalBasis
from network.models import Consent, Person
from network.privacy import wording


def ask_again_days() -> int:
    return int(settings.HUB_PRIVACY["ASK_AGAIN_DAYS"])


def set_consents(
    person: Person, wanted: Collection[str], *, way: str, explicit: bool
) -> None:
    """Exactly these groups from now on: new ones are given, others taken back."""
    with transaction.atomic():
        withdraw(person, [group for group in FieldGroup.values if group not in wanted])
        for group in wanted:
            _give(person, group, way, explicit and group == FieldGroup.FUNCTION)
        log(person, "wagtail.edit", data={"consents": sorted(wanted), "way": way})


def _give(person: Person, group: str, way: str, explicit: bool) -> None:
    """A new row, unless one that says the same lasts for a while."""
    today = timezone.localdate()
    if _lasts(person, group, explicit, today + timedelta(days=ask_again_days())):
        _retract_explicit(person, group, explicit)
        return
    consent = Consent(
        person=person,
        field_group=group,
        legal_basis=LegalBasis.CONSENT,
        granted_on=today,
        wording_version=wording.VERSION,
        way=way,
        is_explicit=explicit,
    )
    consent.clean()
    consent.save()
    _retract_explicit(person, group, explicit)


def _lasts(person: Person, group: str, explicit: bool, day: Any) -> bool:
    rows = _valid(person).filter(field_group=group, legal_basis=LegalBasis.CONSENT)
    return any(
        (row.expires_on is None or row.expires_on > day)
        and (row.is_explicit or not explicit)
        for row in rows
    )


def _retract_explicit(person: Person, group: str, explicit: bool) -> None:
    """Somebody may agree to being named, and no longer to a sensitive affiliation."""
    if explicit or group != FieldGroup.FUNCTION:
        return
    for row in _valid(person).filter(field_group=group, is_explicit=True):
        row.is_explicit = False
        row.save(update_fields=["is_explicit"])


def withdraw(person: Person, groups: Collection[str]) -> int:
    """Take back consents; what rests on a public office ends by objecting only."""
    today = timezone.localdate()
    rows = (
        _valid(person)
        .filter(field_group__in=list(groups))
        .exclude(legal_basis=LegalBasis.OFFICE)
    )
    number = 0
    for row in rows:
        row.withdrawn_on = today
        row.save(update_fields=["withdrawn_on"])
        number += 1
    return number


def _valid(person: Person) -> Any:
    return Consent.objects.valid().filter(person_id=person.pk)


def mark_adult(person: Person) -> None:
    """Somebody declared to be of age; a draft that is open must not take it back."""
    person.is_adult = True
    person.save(update_fields=["is_adult"])
    draft = person.latest_revision
    if draft is not None:
        draft.content["is_adult"] = True
        draft.save(update_fields=["content"])


def hide(person: Person) -> None:
    """Nothing of the person shows from this moment on; consents stay as they are."""
    _mark(person, hidden_since=timezone.localdate())


def show_again(person: Person) -> None:
    """Undo hiding; an objection stays what it is."""
    if not person.objected_on:
        _mark(person, hidden_since=None)


def object_to(person: Person) -> None:
    """Nothing is shown, and no public office is a basis any more."""
    today = timezone.localdate()
    with transaction.atomic():
        for row in _valid(person):
            row.withdrawn_on = today
            row.save(update_fields=["withdrawn_on"])
        _mark(person, hidden_since=today, objected_on=today)


def _mark(person: Person, **values: Any) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
    log(person, "wagtail.edit", data={"by": "person", "marked": sorted(values)})
