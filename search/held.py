"""What editors maintain and every search needs, held in memory by each process.

Whatever changes it writes a new stamp into the database, in the transaction of the
change. A process reads the stamps at most every ``SEARCH["STAMP_SECONDS"]`` seconds,
all of them in one query, and builds anew what has another one.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import transaction

from .models import Stamp

Value = TypeVar("Value")

#: Names of stamps: the lists of the editors, what facets call their values, and names of
#: people.
SYNONYMS, PROMOTED, LABELS, NAMES = "synonyms", "promoted", "labels", "names"

#: What is built may need another value that is held.
_guard = threading.RLock()
_read_at = float("-inf")
_stamps: Mapping[str, str] = {}


def touch(name: str) -> None:
    """Say that something changed: everywhere soon, in this process at once."""
    value = uuid.uuid4().hex
    if not Stamp.objects.filter(name=name).update(value=value):
        Stamp.objects.bulk_create(
            [Stamp(name=name, value=value)], ignore_conflicts=True
        )
    look_again()
    # Somebody else in this process may have looked before the change was committed.
    transaction.on_commit(look_again)


def look_again() -> None:
    """Read the stamps at the next use."""
    global _read_at
    _read_at = float("-inf")


def _stamp(name: str) -> str:
    global _read_at, _stamps
    now = time.monotonic()
    if now - _read_at >= settings.SEARCH.get("STAMP_SECONDS", 2):
        _stamps = dict(Stamp.objects.values_list("name", "value"))
        _read_at = now
    return _stamps.get(name, "")


class Held(Generic[Value]):
    """One value, built when it is first needed and whenever its stamp is another."""

    def __init__(self, name: str, build: Callable[[], Value]) -> None:
        self.name = name
        self._build = build
        self._value: tuple[str, Any] | None = None

    def get(self) -> Value:
        """The current value."""
        stamp = _stamp(self.name)
        held = self._value
        if held is None or held[0] != stamp:
            with _guard:
                held = (stamp, self._build())
                self._value = held
        value: Value = held[1]
        return value
