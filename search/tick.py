"""What the search does again and again."""

from __future__ import annotations

from collections.abc import Callable

from . import maintenance
from .models import SearchEvent
from .outbox import drain


def forget_searches() -> str:
    """Searches past their retention are deleted."""
    return f"{SearchEvent.forget_old()} deleted"


def compare() -> str:
    """Differences between database and index are queued and repaired."""
    drain()
    differences = maintenance.check()
    if differences:
        maintenance.repair(differences)
    return f"{len(differences)} differences repaired"


TASKS: dict[str, Callable[[], str]] = {
    "searches": forget_searches,
    "index": compare,
}
