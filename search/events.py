"""Which searches were made, without who made them. Written in batches, after the
response; what a crash loses is not missed."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError

from .models import SearchEvent
from .privacy import is_loggable
from .state import State

logger = logging.getLogger(__name__)

#: Rows written at once, or after so many seconds.
BATCH, SECONDS = 20, 10.0
_MAX_QUERY = 200

_buffer: list[SearchEvent] = []
_guard = threading.Lock()
_last = time.monotonic()


def record(state: State, language: str, total: int) -> None:
    """Remember a search for the next batch, unless it may name somebody."""
    query = " ".join(state.query.casefold().split())
    if not query or len(query) > _MAX_QUERY or state.page > 1:
        return
    if not is_loggable(query):
        return
    filters = {name: list(values) for name, values in state.filters.items()}
    if state.kind:
        filters["art"] = [state.kind]
    event = SearchEvent(
        query=query, language=language, filters=filters, result_count=total
    )
    with _guard:
        _buffer.append(event)


def flush() -> None:
    """Write everything remembered so far."""
    global _last
    with _guard:
        events, _buffer[:] = list(_buffer), []
        _last = time.monotonic()
    if not events:
        return
    try:
        SearchEvent.objects.bulk_create(events)
    except DatabaseError:
        logger.warning("Search events not written.")


def flush_when_due(**kwargs: Any) -> None:
    """After a response: write when there is enough or it is old enough."""
    if len(_buffer) >= BATCH or (_buffer and time.monotonic() - _last > SECONDS):
        flush()


def connect() -> None:
    """Write batches when responses are done."""
    request_finished.connect(flush_when_due, dispatch_uid="search.flush_events")
