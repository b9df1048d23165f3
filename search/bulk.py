"""Many changes at once (an import): one note for everything instead of one for each.

While a bulk change runs, signals only remember that something changed; at its end every
visible object and every object that has gone is queued once, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .registry import registry


class BulkChange:
    """A running bulk change; ``finish`` inside its transaction queues the result."""

    def __init__(self) -> None:
        self.is_dirty = False

    def finish(self) -> None:
        """Queue everything once if anything changed."""
        if not self.is_dirty:
            return
        from .lists import touch_all
        from .outbox import enqueue

        touch_all()
        token = _running.set(None)
        try:
            for source in registry.sources:
                ids = source.model._default_manager.order_by().values_list(
                    "pk", flat=True
                )
                enqueue(source, list(ids))
        finally:
            _running.reset(token)


_running: ContextVar[BulkChange | None] = ContextVar("bulk_change", default=None)


@contextmanager
def bulk_change() -> Iterator[BulkChange]:
    """Hold signals back. Wrap it *around* the transaction: Wagtail sends some of its
    signals after commit."""
    change = BulkChange()
    token = _running.set(change)
    try:
        yield change
    finally:
        _running.reset(token)


def is_held() -> bool:
    """Whether a bulk change runs; remembers that something changed meanwhile."""
    change = _running.get()
    if change is None:
        return False
    change.is_dirty = True
    return True
