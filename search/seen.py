"""Whether what an index found may still be seen: asked of the database, in one query for
each kind on a page."""

from __future__ import annotations

from collections.abc import Iterable

from .documents import split_key
from .outbox import enqueue
from .registry import registry
from .results import Hit
from .visible import visible_ids


def invisible(hits: tuple[Hit, ...]) -> frozenset[str]:
    """Keys of hits that may not be seen (any more); their removal is queued. One query
    for each kind on the page."""
    return invisible_keys(hit.key for hit in hits)


def visible_hits(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Those of the hits that everyone may see, in their order."""
    found = tuple(hits)
    gone = invisible(found)
    return tuple(hit for hit in found if hit.key not in gone)


def invisible_keys(shown: Iterable[str]) -> frozenset[str]:
    """The same for keys."""
    by_kind: dict[str, dict[int, list[str]]] = {}
    for key in shown:
        kind, pk, _language = split_key(key)
        by_kind.setdefault(kind, {}).setdefault(pk, []).append(key)
    gone: set[str] = set()
    for kind, keys in by_kind.items():
        source = registry.find(kind)
        visible = visible_ids(source, list(keys)) if source else set()
        missing = [pk for pk in keys if pk not in visible]
        gone.update(key for pk in missing for key in keys[pk])
        if source and missing:
            enqueue(source, missing)
    return frozenset(gone)
