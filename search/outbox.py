"""Changes on their way into the index: written with the change, drained after it.

What the indexer relies on, and nothing else:

- A row commits together with its change. Whoever sees the row sees the change.
- Only rows that were seen *before* an object was loaded are deleted after it was
  written. A change that comes meanwhile has a row of its own and is written again.
- An object is always written as it is now, with all of its rows at once: rows of one
  object cannot overtake each other.
- One indexer at a time (``lease``). One that was away for too long does not delete
  rows but queues what it wrote once more.
- Writing a document twice changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from .engines import get_engine
from .engines.base import SearchUnavailableError
from .lease import Lease, LeaseLostError, acquire, holder
from .meaning import filling
from .models import IndexChange
from .registry import Source, registry
from .visible import visible_ids
from .writing import Batch

logger = logging.getLogger(__name__)

BATCH = 200
_CHUNK = 500

#: After a save, the index gets so many seconds; the next round takes up the rest.
COMMIT_SECONDS = 5.0
#: A failure that took longer than the first is not tried again at every save, but only
#: after the second: nobody waits twice for an engine that does not answer.
_SLOW, _QUIET = 1.0, 30.0


# ---- in ------------------------------------------------------------------------------


def enqueue(source: Source, ids: Iterable[int], *, deleted: bool = False) -> None:
    """Note that objects of a kind changed. What may not be seen (any more) counts as
    a removal and is left out of every answer from this moment on."""
    wanted = list(dict.fromkeys(pk for pk in ids if pk))
    for start in range(0, len(wanted), _CHUNK):
        _enqueue(source, wanted[start : start + _CHUNK], deleted)
    if wanted:
        drain_soon()


def _enqueue(source: Source, ids: list[int], deleted: bool) -> None:
    # First the removals, then what is visible: whatever is visible now has outlived
    # every removal that was already there. One of another transaction, not yet
    # committed, stays as it is: rather hidden for a moment than shown for one.
    removals = [] if deleted else list(_removals(source, ids))
    visible = set() if deleted else visible_ids(source, ids)
    IndexChange.objects.bulk_create(
        [
            IndexChange(kind=source.kind, object_id=pk, is_removal=pk not in visible)
            for pk in ids
        ]
    )
    outlived = [row for row, pk in removals if pk in visible]
    if outlived:
        _lift(outlived)


def _removals(source: Source, ids: list[int]) -> Iterator[tuple[int, int]]:
    rows = IndexChange.objects.of(source.kind, ids).filter(is_removal=True)
    yield from rows.order_by().values_list("pk", "object_id")


def _lift(rows: list[int]) -> None:
    """Turn removals into plain changes: what they hid may be seen again. Rows that
    another transaction is busy with stay; nobody waits for them."""
    with transaction.atomic():
        free = IndexChange.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        found = list(free.filter(pk__in=rows).order_by("pk").values_list("pk"))
        IndexChange.objects.filter(pk__in=[pk for (pk,) in found]).update(
            is_removal=False
        )


def requeue(objects: Iterable[tuple[str, int]]) -> None:
    """Queue objects by kind and id, also of kinds that nobody registers any more."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in objects:
        by_kind.setdefault(kind, []).append(pk)
    for kind, ids in by_kind.items():
        source = registry.find(kind)
        if source:
            enqueue(source, sorted(ids))
            continue
        IndexChange.objects.bulk_create(
            IndexChange(kind=kind, object_id=pk, is_removal=True) for pk in sorted(ids)
        )


# ---- after a commit ------------------------------------------------------------------


_is_later: ContextVar[bool] = ContextVar("drained_later", default=False)


@contextmanager
def drained_later() -> Iterator[None]:
    """For a command that brings everything into the index itself, at its end."""
    token = _is_later.set(True)
    try:
        yield
    finally:
        _is_later.reset(token)


def drain_soon() -> None:
    """Once per transaction: rows first, the index when they are safe."""
    if settings.SEARCH["DRAIN"] != "commit" or _is_later.get():
        return
    if any(entry[1] is _drain_quietly for entry in connection.run_on_commit):
        return
    transaction.on_commit(_drain_quietly, robust=True)


_quiet_until = 0.0


def _drain_quietly() -> None:
    """The change is safe; whatever happens to the index, nobody's save may fail or
    hang for it. What is left waits for the next commit, ``tick`` or a command."""
    global _quiet_until
    start = time.monotonic()
    if start < _quiet_until:
        return
    try:
        with _impatient():
            drain(seconds=COMMIT_SECONDS)
            filling.start_soon()
    except Exception as error:
        if time.monotonic() - start > _SLOW:
            _quiet_until = time.monotonic() + _QUIET
        if isinstance(error, SearchUnavailableError):
            logger.warning("%s Changes wait in the outbox. Run: %s", error, error.hint)
        else:
            logger.exception("Search index not updated; changes wait in the outbox.")


@contextmanager
def _impatient() -> Iterator[None]:
    """On SQLite, do not wait long for another writer of the database."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5.0)
    _wait_for_database(_SLOW)
    try:
        yield
    finally:
        _wait_for_database(usual)


def _wait_for_database(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


# ---- out -----------------------------------------------------------------------------


@dataclass
class _Budget:
    """How much one drain may do: so many rows, so long, until it is told to stop."""

    limit: int | None
    deadline: float | None
    stop: Callable[[], bool]
    done: int = 0

    def is_spent(self) -> bool:
        return (
            self.stop()
            or (self.limit is not None and self.done >= self.limit)
            or (self.deadline is not None and time.monotonic() >= self.deadline)
        )


def drain(
    limit: int | None = None,
    *,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Bring waiting changes into the index; returns how many rows were done.

    When another indexer is at work, nothing is done: it looks for new rows once more
    *after* it gave the lease back, so it finds those that were refused meanwhile.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    budget = _Budget(limit, deadline, stop)
    while not budget.is_spent() and IndexChange.objects.due().exists():
        lease = acquire()
        if lease is None:
            logger.debug("The index is being written by %s.", holder())
            break
        try:
            _drain_with(lease, budget)
        except LeaseLostError as error:
            logger.warning("%s What was written is queued once more.", error)
        finally:
            lease.release()
    return budget.done


def drain_waiting() -> int:
    """Bring in what waits now; whoever goes on writing must not keep a rebuild, a
    repair or a tick from its end. What comes meanwhile is for the next drain."""
    return drain(limit=IndexChange.objects.count())


def _drain_with(lease: Lease, budget: _Budget) -> None:
    _require_indexes()
    while not budget.is_spent():
        rows = list(IndexChange.objects.due()[:BATCH])
        if not rows:
            return
        budget.done += _drain_batch(rows, lease)


def _require_indexes() -> None:
    """Without an index to write to, making documents is work for nothing."""
    for language in settings.SEARCH["LANGUAGES"]:
        get_engine().verify(language)


def _drain_batch(due: list[IndexChange], lease: Lease) -> int:
    batch = Batch(_with_siblings(due))
    batch.load()
    lease.renew()
    batch.write()
    try:
        with transaction.atomic():
            lease.renew()
            return batch.finish()
    except LeaseLostError:
        # Another indexer may have written newer states before ours arrived.
        requeue(batch.objects)
        raise


def _with_siblings(due: list[IndexChange]) -> list[IndexChange]:
    """All rows of the objects in question, also those that wait for a later try or
    were put aside: what is written now outdates them."""
    ids: dict[str, set[int]] = {}
    for row in due:
        ids.setdefault(row.kind, set()).add(row.object_id)
    return [
        row
        for kind, numbers in ids.items()
        for row in IndexChange.objects.of(kind, sorted(numbers)).order_by("pk")
    ]
