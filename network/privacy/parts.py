"""What would be shown of somebody, group by group: exactly that, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from network.choices import FieldGroup, OrganisationKind
from network.models import Membership, Organisation, Person
from network.privacy import wishes

#: Which fields belong to which group; others show what no field of the entry holds.
FIELDS: dict[str, tuple[str, ...]] = {
    FieldGroup.FUNCTION: ("name", "degrees"),
    FieldGroup.PROFILE: (
        "bio_de",
        "bio_en",
        "availability_de",
        "availability_en",
        "topics",
        "target_groups",
        "districts",
    ),
    FieldGroup.LANGUAGES: ("languages",),
    FieldGroup.WEBSITE: ("website",),
}


@dataclass
class Part:
    """One group of data: what it shows, the box to agree, the fields to change it."""

    group: str
    label: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    box: Any = None
    fields: list[Any] = field(default_factory=list)
    explicit: Any = None
    photo: Any = None
    is_shown: bool = False
    until: Any = None

    @property
    def has_errors(self) -> bool:
        return any(entry.errors for entry in self.fields)

    @property
    def inputs(self) -> list[tuple[Any, bool]]:
        """Fields, and whether they are several boxes."""
        return [(entry, hasattr(entry.field, "choices")) for entry in self.fields]


def functions(person: Person) -> list[Membership]:
    """Functions in organisations everyone may see; also before anything is shown."""
    rows = person.memberships.all()
    seen = set(Organisation.objects.visible().values_list("pk", flat=True))
    return [row for row in rows if row.organisation_id in seen]


def is_sensitive(person: Person) -> bool:
    """Whether an affiliation reveals religion, health or orientation."""
    return any(
        row.organisation.is_sensitive or row.organisation.kind == OrganisationKind.FAITH
        for row in functions(person)
    )


def parts(person: Person, boxes: Any = None, entry: Any = None) -> list[Part]:
    """All groups. ``boxes``: the form with the boxes; ``entry``: that with the fields."""
    ends = _ends(person)
    values = wishes.present(person)
    allowed = person.allowed_groups()
    found = []
    for group in FieldGroup.values:
        part = Part(group, str(FieldGroup(group).label), _rows(person, group, values))
        part.is_shown = group in allowed
        part.until = ends.get(group) if part.is_shown else None
        part.photo = person.photo if group == FieldGroup.PHOTO else None
        if boxes is not None:
            part.box = boxes[f"agree_{group}"]
            if group == FieldGroup.FUNCTION and "explicit" in boxes.fields:
                part.explicit = boxes["explicit"]
        if entry is not None:
            part.fields = [entry[name] for name in FIELDS.get(group, ())]
        found.append(part)
    return found


def _ends(person: Person) -> dict[str, Any]:
    """The day on which each group's consent ends."""
    found: dict[str, Any] = {}
    for row in person.consents.all():
        if row.withdrawn_on is None and row.expires_on:
            last = found.get(row.field_group)
            found[row.field_group] = max(filter(None, (last, row.expires_on)))
    return found


def _rows(person: Person, group: str, values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in _texts(person, group, values) if text]


def _texts(
    person: Person, group: str, values: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    if group == FieldGroup.FUNCTION:
        yield _("Name"), str(person)
        for row in functions(person):
            function = row.function or row.function_de or ""
            yield _("Funktion"), f"{function}, {row.organisation.label}"
        return
    if group == FieldGroup.CONTACT:
        yield _("Kontakt"), _("ein Formular auf Ihrer Seite, ohne Ihre Adresse")
        return
    if group == FieldGroup.TOGETHER:
        yield (
            _("oft zusammen mit"),
            _("Menschen und Stellen, mit denen Sie an Fällen gearbeitet haben"),
        )
        return
    for name in FIELDS.get(group, ()):
        yield str(wishes.LABELS[name]), wishes.readable(name, values[name])
