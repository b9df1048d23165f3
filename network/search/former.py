"""Departments that were merged: who looks for the old name finds what it is today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models.signals import pre_save

from network.models import Organisation

#: Where an organisation keeps what it was part of.
_BEFORE = "_successor_before"


def former_names(record: Organisation) -> list[str]:
    """What the departments were called that are part of this one now, by however many
    steps. One query for each step."""
    found: list[str] = []
    seen, merged = {record.pk}, [record.pk]
    while merged:
        before = Organisation.objects.visible().filter(successor__in=merged)
        former = list(before.exclude(pk__in=seen).order_by("pk"))
        found += [name for one in former for name in _names(one)]
        merged = [one.pk for one in former]
        seen.update(merged)
    return list(dict.fromkeys(found))


def _names(record: Organisation) -> Iterator[str]:
    in_languages = (getattr(record, f"name_{code}") for code, _ in settings.LANGUAGES)
    names = (record.code, record.short_name, *record.alias_list, *in_languages)
    yield from filter(None, names)


def heirs(record: Organisation) -> list[Organisation]:
    """What a department became part of, and what it was part of before it was saved:
    the one gains its names, the other loses them."""
    found: list[Organisation] = []
    before = Organisation.objects.filter(pk=getattr(record, _BEFORE, None)).first()
    for after in (record.successor, before):
        while after is not None and after not in (record, *found):
            found.append(after)
            after = after.successor
    return found


def _remember(sender: type, instance: Organisation, **_signal: Any) -> None:
    """What a department is part of as long as it is not saved."""
    saved = Organisation.objects.filter(pk=instance.pk)
    setattr(instance, _BEFORE, saved.values_list("successor", flat=True).first())


def connect() -> None:
    """Called once when the app is ready."""
    pre_save.connect(
        _remember, sender=Organisation, dispatch_uid="network.former_successor"
    )
