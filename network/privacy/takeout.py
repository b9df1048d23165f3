"""Everything that is kept about somebody, to look at and to take along (Art. 15, 20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.models import Person

#: Numbers of ours that say nothing to anybody.
_OURS = frozenset({"latest_revision", "live_revision", "person"})


def data(person: Person) -> dict[str, Any]:
    """The entry and all rows that belong to it, whatever their kind: found by the keys
    of the database, so that nothing added later is forgotten."""
    found: dict[str, Any] = {person._meta.model_name: _values(person)}
    for relation in person._meta.related_objects:
        rows = _rows(person, relation)
        if rows:
            found[relation.related_model._meta.model_name] = rows
    return found


def _rows(person: Person, relation: Any) -> list[dict[str, Any]]:
    model = relation.related_model
    if relation.field.name == "stand_in":
        return []
    rows = model._base_manager.filter(**{relation.field.name: person.pk})
    return [_values(row) for row in rows]


def _values(row: models.Model) -> dict[str, Any]:
    return {name: value for name, _label, value in _fields(row)}


def _fields(row: models.Model) -> Iterator[tuple[str, str, Any]]:
    meta = row._meta
    for field in (*meta.concrete_fields, *meta.many_to_many):
        if field.primary_key or field.name in _OURS or _is_shadow(row, field):
            continue
        label = str(field.verbose_name)
        yield field.name, label[:1].upper() + label[1:], _plain(row, field)


def _is_shadow(row: models.Model, field: Any) -> bool:
    """The column of no language stands beside those of each language."""
    return hasattr(type(row), f"{field.name}_de")


def _plain(row: models.Model, field: Any) -> Any:
    if field.many_to_many:
        return [str(entry) for entry in getattr(row, field.name).all()]
    if field.is_relation:
        other = getattr(row, field.name)
        return str(other) if other is not None else None
    value = field.value_from_object(row)
    if field.choices and value not in (None, ""):
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(field, "stream_block"):
        return value.get_prep_value() if value else []
    if isinstance(field, models.FileField):
        return str(value)
    return value


# To look at ---------------------------------------------------------------------------------


def tables(person: Person) -> list[dict[str, Any]]:
    """The same as tables for people: heading and lines of name and value."""
    found = [_table(person._meta.verbose_name, person)]
    for relation in person._meta.related_objects:
        if relation.field.name == "stand_in":
            continue
        model = relation.related_model
        for row in model._base_manager.filter(**{relation.field.name: person.pk}):
            found.append(_table(model._meta.verbose_name, row))
    return found


def _table(heading: Any, row: models.Model) -> dict[str, Any]:
    lines = [(label, _readable(value)) for _name, label, value in _fields(row)]
    return {"heading": str(heading), "lines": [line for line in lines if line[1]]}


def _readable(value: Any) -> str:
    if value is True or value is False:
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if hasattr(value, "isoformat"):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)
