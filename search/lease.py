"""One indexer at a time, across processes and machines.

A row of the database says who may write to the index and until when; it is prolonged
while the work goes on. Why a row and no lock of the system: the same code holds for
SQLite and PostgreSQL, behind a pooler and on several machines, and an operator can see
who holds it. A holder that was killed is recognised on its own machine at once;
elsewhere its time runs out. Whoever was away for too long finds another number in the
row and must not delete what is waiting (see ``outbox``).
"""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from .engines.base import IndexBusyError
from .models import IndexerLease

logger = logging.getLogger(__name__)

#: How long a holder may be silent. Longer than any single request to an engine takes.
DURATION = timedelta(seconds=60)
#: At the end of a rebuild an engine may be busy with itself for longer.
LAST_STEP = timedelta(minutes=15)
#: Seconds between two prolongations while documents are made.
_EVERY = 5.0
_PAUSE = 0.1

Item = TypeVar("Item")


class LeaseHeldError(IndexBusyError):
    """Another indexer is at work; it takes what waits along."""


class LeaseLostError(IndexBusyError):
    """We were silent for too long, and another indexer took over."""


@dataclass
class Lease:
    """The right to write to the index; ``token`` tells it from every other one."""

    token: int
    _renewed: float = field(default_factory=time.monotonic)

    def renew(self, duration: timedelta = DURATION) -> None:
        """Prolong it; raises ``LeaseLostError`` when it is another's by now."""
        changed = IndexerLease.objects.filter(pk=1, token=self.token)
        if not changed.update(expires=Now() + duration):
            raise LeaseLostError("Another indexer has taken over.")
        self._renewed = time.monotonic()

    def kept(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with the lease prolonged from time to time on the way, and for
        longer at the end."""
        for item in items:
            if time.monotonic() - self._renewed > _EVERY:
                self.renew()
            yield item
        self.renew(LAST_STEP)

    def release(self) -> None:
        """Let others write, unless they do so already."""
        own = IndexerLease.objects.filter(pk=1, token=self.token)
        try:
            own.update(holder="", expires=None)
        except DatabaseError:  # then it runs out by itself
            logger.warning("The index stays reserved for up to %s.", DURATION)


def acquire() -> Lease | None:
    """The lease, or nothing if another indexer is at work. Never waits.

    Not within a transaction: what is indexed must be committed, and nobody may have to
    wait for the end of a transaction to learn that the index is busy.
    """
    IndexerLease.objects.get_or_create(pk=1)
    with transaction.atomic(durable=True):
        rows = IndexerLease.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        row = rows.filter(pk=1).annotate(now=Now()).first()
        if row is None or not _is_free(row, row.now):
            return None
        row.token += 1
        IndexerLease.objects.filter(pk=1).update(
            token=row.token, holder=own_name(), expires=Now() + DURATION
        )
    return Lease(row.token)


@contextmanager
def hold(timeout: float) -> Iterator[Lease]:
    """The lease for a piece of work, waiting for another indexer for so many seconds;
    then raises ``LeaseHeldError``."""
    deadline = time.monotonic() + timeout
    while (lease := acquire()) is None:
        if time.monotonic() >= deadline:
            raise LeaseHeldError(f"The index is being written by {holder()}.")
        time.sleep(_PAUSE)
    try:
        yield lease
    finally:
        lease.release()


def holder() -> str:
    """Who is at work, in words; empty when nobody is."""
    name = IndexerLease.objects.filter(pk=1).values_list("holder", flat=True).first()
    return " ".join((name or "").split()[:3])


def _is_free(row: IndexerLease, now: datetime) -> bool:
    if not row.holder or row.expires is None or row.expires <= now:
        return True
    return is_dead(row.holder)


# ---- who we are ----------------------------------------------------------------------


def own_name() -> str:
    """Host, number and start of this process, and where these numbers mean anything."""
    pid = os.getpid()
    return f"{socket.gethostname()} process {pid} {_started(pid)} {_machine()}"


def is_dead(name: str) -> bool:
    """Whether the process of that name ran here and is gone. Of processes elsewhere
    nothing is known: their time has to run out."""
    try:
        pid, started, machine = name.split()[-3:]
        if machine != _machine():
            return False
        return _started(int(pid)) != started
    except ValueError:
        return False


@lru_cache(maxsize=1)
def _machine() -> str:
    """The same for all processes that see each other's numbers, and for no others."""
    parts = [socket.gethostname()]
    for path in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        source = Path(path)
        try:
            parts.append(
                os.readlink(source) if source.is_symlink() else source.read_text()
            )
        except OSError:
            parts.append("")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def _started(pid: int) -> str:
    """When a process began, as the system counts; "gone" when there is none."""
    try:
        # The name of a program may hold blanks and brackets: count from the last one.
        rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return _asked(pid)
    except OSError:
        return "gone"
    return "gone" if rest[0] in "ZX" else rest[19]


def _asked(pid: int) -> str:
    """Where there is no /proc: whether such a process runs at all."""
    if Path("/proc/self/stat").exists():
        return "gone"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return "gone"
    except OSError:
        pass
    return "-"
