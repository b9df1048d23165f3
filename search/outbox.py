"""Changes on their way into the index: written with the change, drained after it.

Rows are drained in order, at least once; doing it twice changes nothing. A failure
never breaks a request and loses nothing: the rows stay.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from .documents import SearchDocument, make_key
from .engines import get_engine
from .engines.base import SearchUnavailableError
from .models import MAX_ATTEMPTS, IndexChange
from .registry import Source, registry

logger = logging.getLogger(__name__)

BATCH = 200


# ---- in ------------------------------------------------------------------------------


def enqueue(source: Source, ids: Iterable[int], *, deleted: bool = False) -> None:
    """Note that objects of a kind changed. What may not be seen (any more) counts as
    a removal and is left out of every answer from this moment on."""
    wanted = list(dict.fromkeys(pk for pk in ids if pk))
    if not wanted:
        return
    visible = set() if deleted else visible_ids(source, wanted)
    IndexChange.objects.bulk_create(
        [
            IndexChange(kind=source.kind, object_id=pk, is_removal=pk not in visible)
            for pk in wanted
        ],
        batch_size=500,
    )
    _drain_after_commit()


def visible_ids(source: Source, ids: Sequence[int]) -> set[int]:
    """Those of the ids that everyone may see now: one query."""
    return set(source.visible().filter(pk__in=ids).values_list("pk", flat=True))


def _drain_after_commit() -> None:
    """Once per transaction: rows first, the index when they are safe."""
    if settings.SEARCH["DRAIN"] != "commit":
        return
    if any(entry[1] is _drain_quietly for entry in connection.run_on_commit):
        return
    transaction.on_commit(_drain_quietly, robust=True)


def _drain_quietly() -> None:
    try:
        drain()
    except SearchUnavailableError as error:
        logger.warning("%s Changes wait in the outbox. Run: %s", error, error.hint)
    except (ImproperlyConfigured, DatabaseError, OSError):
        logger.exception("Search index not updated; changes wait in the outbox.")


# ---- out -----------------------------------------------------------------------------


@dataclass
class _Batch:
    """What a batch of rows means for each language."""

    rows: list[IndexChange]
    documents: dict[str, list[SearchDocument]] = field(default_factory=dict)
    removals: dict[str, set[str]] = field(default_factory=dict)
    failed: dict[tuple[str, int], str] = field(default_factory=dict)

    def add(self, kind: str, pk: int, documents: Iterable[SearchDocument]) -> None:
        """An object's documents; where it has none, its key is removed."""
        made = {document.language: document for document in documents}
        for language in settings.SEARCH["LANGUAGES"]:
            if language in made:
                self.documents.setdefault(language, []).append(made[language])
            else:
                key = make_key(kind, pk, language)
                self.removals.setdefault(language, set()).add(key)


def drain(limit: int | None = None) -> int:
    """Bring waiting changes into the index; returns how many rows were done."""
    if not IndexChange.objects.waiting().exists():
        return 0
    _require_indexes()
    done = last = 0
    while limit is None or done < limit:
        waiting = IndexChange.objects.waiting().filter(pk__gt=last)
        rows = list(waiting[:BATCH])
        if not rows:
            break
        last = rows[-1].pk
        done += _drain_batch(rows)
    return done


def _require_indexes() -> None:
    """Without an index to write to, making documents is work for nothing."""
    for language in settings.SEARCH["LANGUAGES"]:
        get_engine().reader(language)


def _drain_batch(rows: list[IndexChange]) -> int:
    batch = _collect(rows)
    _write(batch)
    good = [r.pk for r in rows if (r.kind, r.object_id) not in batch.failed]
    IndexChange.objects.filter(pk__in=good).delete()
    _put_aside(batch)
    return len(good)


def _collect(rows: list[IndexChange]) -> _Batch:
    """Load the changed objects, kind by kind, as they are now."""
    batch = _Batch(rows)
    by_kind: dict[str, set[int]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, set()).add(row.object_id)
    for kind, ids in by_kind.items():
        _collect_kind(batch, kind, ids)
    return batch


def _collect_kind(batch: _Batch, kind: str, ids: set[int]) -> None:
    source = registry.find(kind)
    found = {}
    if source:  # a kind that is gone has no documents any more
        found = {obj.pk: obj for obj in source.visible().filter(pk__in=ids)}
    for pk in sorted(ids):
        obj = found.get(pk)
        try:
            documents = list(source.documents(obj)) if source and obj else []
        except Exception as error:  # one broken object must not stop the others
            logger.exception("No search document for %s:%s", kind, pk)
            batch.failed[kind, pk] = f"{type(error).__name__}: {error}"
            continue
        batch.add(kind, pk, documents)


def _write(batch: _Batch) -> None:
    engine = get_engine()
    for language in settings.SEARCH["LANGUAGES"]:
        documents = batch.documents.get(language, [])
        removals = batch.removals.get(language, set())
        if documents or removals:
            engine.apply(language, documents, sorted(removals))


def _put_aside(batch: _Batch) -> None:
    """Count failures; after some, a row waits for a person to look at it."""
    for row in batch.rows:
        error = batch.failed.get((row.kind, row.object_id))
        if error is None:
            continue
        attempts = row.attempts + 1
        IndexChange.objects.filter(pk=row.pk).update(
            attempts=F("attempts") + 1,
            error=error[:2000],
            is_dead=attempts >= MAX_ATTEMPTS,
        )
