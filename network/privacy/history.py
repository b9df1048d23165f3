"""An older version of a person must never bring back what the person ended since."""

from __future__ import annotations

from typing import Any

from modelcluster.models import get_serializable_data_for_fields

from network.privacy.wording import OWN_WAYS


def with_current_will(person: Any, content: dict[str, Any]) -> dict[str, Any]:
    """The content of a version, with what the person decided meanwhile: whatever was
    taken back or hidden stays so, what was given by the person's own link stays given."""
    from network.models import Consent

    current = {row.pk: row for row in Consent.objects.filter(person_id=person.pk)}
    kept = [
        _current(entry, current.get(entry.get("pk")))
        for entry in content.get("consents", [])
        if entry.get("pk") is None or entry["pk"] in current
    ]
    named = {entry.get("pk") for entry in kept}
    own = [
        get_serializable_data_for_fields(row)
        for pk, row in current.items()
        if pk not in named and row.way in OWN_WAYS
    ]
    marks = {
        name: _date(getattr(person, name)) for name in ("hidden_since", "objected_on")
    }
    return {**content, **marks, "consents": [*kept, *own]}


def _current(entry: dict[str, Any], row: Any) -> dict[str, Any]:
    if row is None:
        return entry
    known = {"reminded_on": _date(row.reminded_on)}
    if row.withdrawn_on:
        known["withdrawn_on"] = _date(row.withdrawn_on)
    if not row.is_explicit:
        known["is_explicit"] = False
    return {**entry, **known}


def _date(value: Any) -> str | None:
    return value.isoformat() if value else None
