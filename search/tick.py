"""What the search does again and again."""

from __future__ import annotations

import time
from collections.abc import Callable

from . import maintenance
from .models import SearchEvent
from .outbox import drain_waiting

#: So many seconds each time; a large site is compared in several parts.
SECONDS = 20.0


def forget_searches() -> str:
    """Searches past their retention are deleted."""
    return f"{SearchEvent.forget_old()} deleted"


def compare() -> str:
    """What is missing is built; differences between database and index are repaired."""
    if numbers := maintenance.ensure():
        return f"built anew: {sum(numbers.values())} documents"
    drain_waiting()
    deadline = time.monotonic() + SECONDS
    number, is_complete = maintenance.compare(lambda: time.monotonic() >= deadline)
    rest = "" if is_complete else "; the next time goes on from here"
    return f"{number} differences repaired{rest}"


TASKS: dict[str, Callable[[], str]] = {
    "searches": forget_searches,
    "index": compare,
}
