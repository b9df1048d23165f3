"""Database and index, compared document by document, in small portions.

Two passes: every object against its documents in the index, and every key of the index
against the objects that may be seen. Neither holds more than a portion in memory, and
the first can stop anywhere and go on from there another time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError

from .documents import SearchDocument, make_key, split_key
from .engines import get_engine
from .indexed import digest
from .models import IndexChange, IndexerLease
from .registry import Source, registry
from .visible import visible_ids

logger = logging.getLogger(__name__)

_PORTION = 200
_KEYS = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that database and index do not agree on."""

    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.problem}: {self.key}"

    @property
    def object(self) -> tuple[str, int]:
        """Kind and id of what the document is about."""
        kind, pk, _language = split_key(self.key)
        return kind, pk


@dataclass
class Found:
    """What a part of the comparison found, and whether it was the last part."""

    differences: list[Difference] = field(default_factory=list)
    is_complete: bool = False


def differences() -> Iterator[Difference]:
    """Everything that differs."""
    for source in registry.sources:
        last = 0
        while portion := _portion(source, last):
            yield from _compare(source, portion)
            last = portion[-1].pk
    yield from _left_over()


def some_differences(is_spent: Callable[[], bool]) -> Found:
    """Go on comparing where the last call ended, until the budget is spent. Objects
    with waiting changes are left out: they differ, and rightly so."""
    found = Found()
    for source, last in _remaining():
        while portion := _portion(source, last):
            found.differences += _compare(source, _settled(source, portion))
            last = portion[-1].pk
            if is_spent():
                _remember(f"{source.kind}:{last}")
                return found
    found.differences += [d for d in _left_over() if not _is_waiting(d)]
    _remember("")
    found.is_complete = True
    return found


# ---- from the database ---------------------------------------------------------------


def _portion(source: Source, after: int) -> list[Any]:
    objects = source.visible().filter(pk__gt=after).order_by("pk")
    return list(objects[:_PORTION])


def _compare(source: Source, objects: list[Any]) -> Iterator[Difference]:
    made: list[SearchDocument] = []
    for obj in list(objects):
        try:
            made += source.documents(obj)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("No search document for %s:%s", source.kind, obj.pk)
            objects = [other for other in objects if other is not obj]
            language = settings.SEARCH["LANGUAGES"][0]
            yield Difference(make_key(source.kind, obj.pk, language), "broken")
    for language in settings.SEARCH["LANGUAGES"]:
        expected = {doc.key: doc for doc in made if doc.language == language}
        keys = [make_key(source.kind, obj.pk, language) for obj in objects]
        known = get_engine().reader(language).digests_of(keys)
        yield from _compare_keys(keys, expected, known)


def _compare_keys(
    keys: Iterable[str], expected: dict[str, SearchDocument], known: dict[str, str]
) -> Iterator[Difference]:
    for key in keys:
        document = expected.get(key)
        if document is None:
            if key in known:
                yield Difference(key, "left over")
        elif key not in known:
            yield Difference(key, "missing")
        elif known[key] != digest(document):
            yield Difference(key, "outdated")


# ---- from the index ------------------------------------------------------------------


def _left_over() -> Iterator[Difference]:
    """Documents of what may not be seen, or is not there at all."""
    for language in settings.SEARCH["LANGUAGES"]:
        keys = (key for key, _digest in get_engine().reader(language).digests())
        while portion := list(islice(keys, _KEYS)):
            yield from _not_visible(portion)


def _not_visible(keys: list[str]) -> Iterator[Difference]:
    by_kind: dict[str, dict[int, str]] = {}
    for key in keys:
        kind, pk, _language = split_key(key)
        by_kind.setdefault(kind, {})[pk] = key
    for kind, found in by_kind.items():
        source = registry.find(kind)
        visible = visible_ids(source, list(found)) if source else set()
        for pk in found.keys() - visible:
            yield Difference(found[pk], "left over")


# ---- where the last part ended ---------------------------------------------------------


def _remaining() -> Iterator[tuple[Source, int]]:
    """Sources not yet compared, each with the last object that was."""
    row = IndexerLease.objects.filter(pk=1).first()
    kind, _, pk = (row.compared if row else "").partition(":")
    sources = registry.sources
    kinds = [source.kind for source in sources]
    start = kinds.index(kind) if kind in kinds else 0
    for position, source in enumerate(sources[start:]):
        yield source, int(pk) if kind in kinds and position == 0 else 0


def _remember(place: str) -> None:
    IndexerLease.objects.update_or_create(pk=1, defaults={"compared": place})


def _settled(source: Source, objects: list[Any]) -> list[Any]:
    rows = IndexChange.objects.of(source.kind, [obj.pk for obj in objects])
    waiting = set(rows.values_list("object_id", flat=True))
    return [obj for obj in objects if obj.pk not in waiting]


def _is_waiting(difference: Difference) -> bool:
    kind, pk = difference.object
    return IndexChange.objects.of(kind, [pk]).exists()
