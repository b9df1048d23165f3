"""What somebody wants to have corrected: read, compared, and written once agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import log

from hub.models import OldAddress, TargetGroup, Topic
from network.choices import SpokenLanguage
from network.models import ChangeRequest, District, Person

#: Plain fields of a person, and relations by the code of their entries.
TEXTS = (
    "name",
    "degrees",
    "bio_de",
    "bio_en",
    "availability_de",
    "availability_en",
    "website",
)
LANGUAGES = "languages"
RELATIONS: dict[str, tuple[type[Any], str]] = {
    "topics": (Topic, "code"),
    "target_groups": (TargetGroup, "code"),
    "districts": (District, "number"),
}
#: What no field of an entry has a place for; for whoever decides.
NOTE = "note"

LABELS = {
    "name": _("Name"),
    "degrees": _("Titel"),
    "bio_de": _("Kurzprofil auf Deutsch"),
    "bio_en": _("Kurzprofil auf Englisch"),
    "availability_de": _("Verfügbarkeit auf Deutsch"),
    "availability_en": _("Verfügbarkeit auf Englisch"),
    "website": _("eigene Website"),
    "languages": _("Sprachen"),
    "topics": _("Themen"),
    "target_groups": _("Zielgruppen"),
    "districts": _("Bezirke"),
    NOTE: _("Was sonst nicht stimmt"),
}


def present(person: Person) -> dict[str, Any]:
    """What the entry says now, as plain values."""
    values: dict[str, Any] = {name: getattr(person, name) or "" for name in TEXTS}
    values[LANGUAGES] = list(person.languages)
    for name, (_model, key) in RELATIONS.items():
        rows = getattr(person, name).all()
        values[name] = sorted(str(getattr(row, key)) for row in rows)
    return values


def changed(person: Person, wished: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the wishes that differ from what the entry says."""
    now = present(person)
    found = {name: wished[name] for name in now if name in wished}
    found = {name: value for name, value in found.items() if value != now[name]}
    note = wished.get(NOTE, "")
    return found | ({NOTE: note} if note else {})


def ask(person: Person, wished: Mapping[str, Any], language: str) -> bool:
    """Keep wishes for review; a later one takes the place of one not yet decided."""
    values = changed(person, wished)
    if not values:
        return False
    ChangeRequest.objects.update_or_create(
        person=person, defaults={"values": values, "language": language}
    )
    return True


def write(person: Person, values: Mapping[str, Any], user: Any = None) -> Person:
    """Put values into the entry and publish it, on top of any draft there is."""
    name_before = person.name
    shown = person.get_latest_revision_as_object() if person.latest_revision else person
    for name in (*TEXTS, LANGUAGES):
        if name in values:
            setattr(shown, name, values[name])
    for name, (model, key) in RELATIONS.items():
        if name in values:
            getattr(shown, name).set(
                model.objects.filter(**{f"{key}__in": values[name]})
            )
    renamed = shown.name != name_before
    if renamed:
        _new_address(shown)
    shown.save_revision(user=user, log_action=True).publish(user=user)
    if renamed:
        # The old name must not go on living in an address that leads here.
        OldAddress.objects.filter(
            content_type=ContentType.objects.get_for_model(Person), object_id=person.pk
        ).delete()
    return Person.objects.get(pk=person.pk)


def _new_address(person: Person) -> None:
    base = slugify(person.name)[:100] or f"person-{person.pk}"
    for code, _language in settings.LANGUAGES:
        others = Person.objects.exclude(pk=person.pk)
        taken = others.filter(**{f"slug_{code}": base}).exists()
        setattr(person, f"slug_{code}", f"{base}-{person.pk}" if taken else base)


# Deciding ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """One field, before and after."""

    label: str
    before: str
    after: str
    is_note: bool = False


def differences(request: ChangeRequest) -> list[Difference]:
    """What a wish would change, in words."""
    now = present(request.person)
    return [
        Difference(
            str(LABELS[name]),
            readable(name, now.get(name, "")),
            readable(name, value),
            name == NOTE,
        )
        for name, value in request.values.items()
        if name in LABELS
    ]


def readable(name: str, value: Any) -> str:
    """A value as people read it."""
    if name == LANGUAGES:
        labels = dict(SpokenLanguage.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)
    if name in RELATIONS:
        model, key = RELATIONS[name]
        rows = model.objects.filter(**{f"{key}__in": list(value)})
        return ", ".join(str(row) for row in rows)
    return str(value)


def accept(request: ChangeRequest, user: Any) -> Person:
    """Write the wishes into the entry."""
    person = write(request.person, request.values, user)
    _decided(request, user, "accepted")
    return person


def reject(request: ChangeRequest, user: Any) -> None:
    """Leave the entry as it is."""
    _decided(request, user, "rejected")


def _decided(request: ChangeRequest, user: Any, how: str) -> None:
    log(request.person, "wagtail.edit", user=user, data={"wish": how})
    request.delete()
