"""Passages that wait are read by the model, after the index is up to date.

The search by words never waits for this. A document whose passages were all read is queued
once more, and the next drain brings its vectors into the index.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)

from ..documents import SearchDocument
from ..engines.base import SearchUnavailableError
from ..models import PassageVector
from ..registry import registry
from .embedder import Embedder, get_embedder
from .passages import passages_of
from .readings import Place, place_of, vectors_of

logger = logging.getLogger(__name__)

#: So many objects are read before their vectors are kept.
_OBJECTS = 8
#: Texts that the model gets at once.
_TEXTS = 16


def is_waiting() -> bool:
    """Whether there is anything to read, and somebody who can."""
    # The model is loaded only for something: to look is quicker.
    return PassageVector.objects.waiting().exists() and get_embedder() is not None


def fill(seconds: float | None = None, stop: Callable[[], bool] = lambda: False) -> int:
    """Read what waits, until nothing does or the time is over; returns how many passages
    were read. Documents are queued for the index (``outbox``)."""
    embedder = get_embedder()
    if embedder is None:
        return 0
    deadline = None if seconds is None else time.monotonic() + seconds
    done = 0
    while not stop() and (deadline is None or time.monotonic() < deadline):
        number = _fill_some(embedder)
        if not number:
            break
        done += number
    return done


def _fill_some(embedder: Embedder) -> int:
    """Some objects; returns how many rows there are less that wait."""
    first = PassageVector.objects.waiting().values_list("kind", "object_id")
    objects = list(dict.fromkeys(first[: _OBJECTS * _TEXTS]))[:_OBJECTS]
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, pk in objects:
        ids[kind].append(pk)
    return sum(_fill_kind(embedder, kind, some) for kind, some in ids.items())


def _fill_kind(embedder: Embedder, kind: str, ids: list[int]) -> int:
    rows = list(PassageVector.objects.of(kind, ids).waiting())
    texts = _texts(kind, ids)
    there = [row for row in rows if (_place(row), row.digest) in texts]
    vectors = _vectors(embedder, [texts[_place(row), row.digest] for row in there])
    for row, vector in zip(there, vectors, strict=True):
        row.vector, row.model = vector, embedder.model
    with transaction.atomic():
        gone = {row.pk for row in rows} - {row.pk for row in there}
        PassageVector.objects.forget(sorted(gone))
        PassageVector.objects.bulk_update(there, ["vector", "model"])
        _queue(kind, ids)
    return len(rows)


def _place(row: PassageVector) -> Place:
    return row.kind, row.object_id, row.language


def _texts(kind: str, ids: list[int]) -> dict[tuple[Place, str], str]:
    """Passages of objects as they are now."""
    return {
        (place_of(document), passage.digest): passage.text
        for document in _documents(kind, ids)
        for passage in passages_of(document)
    }


def _documents(kind: str, ids: list[int]) -> Iterable[SearchDocument]:
    source = registry.find(kind)
    objects = source.visible().filter(pk__in=ids) if source else ()
    for obj in objects:
        try:
            yield from source.documents(obj) if source else ()
        except (OperationalError, InterfaceError):
            raise  # the database, not the object
        except Exception:  # what makes no document is the business of the outbox
            logger.exception("No search document for %s:%s", kind, obj.pk)


def _vectors(embedder: Embedder, texts: list[str]) -> list[bytes]:
    found: list[bytes] = []
    for start in range(0, len(texts), _TEXTS):
        found += vectors_of(embedder, texts[start : start + _TEXTS])
    return found


def _queue(kind: str, ids: list[int]) -> None:
    from ..outbox import drained_later, enqueue  # which starts what is here

    source = registry.find(kind)
    if source:
        with drained_later():  # whoever fills, drains
            enqueue(source, ids)


# ---- in development, without a worker ------------------------------------------------


_busy = threading.Lock()


def start_soon() -> None:
    """Read what waits in a thread of this process, unless one is at it already."""
    if not is_waiting() or _busy.locked():
        return
    threading.Thread(target=_run, name="search-by-meaning", daemon=True).start()


def _run(*args: Any) -> None:
    from ..outbox import drain

    if not _busy.acquire(blocking=False):
        return
    try:
        while fill(seconds=5.0):
            drain()
    except (DatabaseError, SearchUnavailableError) as error:
        logger.warning("Passages wait to be read by the model: %s", error)
    finally:
        _busy.release()
        close_old_connections()
        connection.close()
