"""Which searches were made, without who made them. Written in batches, after the
response; what a crash loses is not missed."""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from dataclasses import dataclass
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
#: A click may come before its search is written; it waits for it so many seconds.
_PATIENCE = 120.0
_MAX_CLICKS = 200
_TOKEN = re.compile(r"[\w-]{8,24}")


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody followed a hit: the lot number of the page, and the place of the hit."""

    token: str
    rank: int
    at: float


_buffer: list[SearchEvent] = []
_clicks: list[Click] = []
_guard = threading.Lock()
_last = time.monotonic()


def record(state: State, language: str, total: int) -> str:
    """Remember a search for the next batch, unless it may name somebody. Returns the lot
    number of the page, by which a click finds its search; empty when none is kept."""
    query = " ".join(state.query.casefold().split())
    if not query or len(query) > _MAX_QUERY or state.page > 1:
        return ""
    if not is_loggable(query):
        return ""
    filters = {name: list(values) for name, values in state.filters.items()}
    if state.kind:
        filters["art"] = [state.kind]
    token = secrets.token_urlsafe(12)
    event = SearchEvent(
        query=query,
        language=language,
        filters=filters,
        result_count=total,
        token=token,
    )
    with _guard:
        _buffer.append(event)
    return token


def record_click(token: str, rank: str) -> bool:
    """Remember which place was clicked; anything odd is dropped."""
    if not (_TOKEN.fullmatch(token) and rank.isascii() and rank.isdigit()):
        return False
    place = int(rank[:6])
    if not 1 <= place <= 1000:
        return False
    with _guard:
        if len(_clicks) < _MAX_CLICKS:
            _clicks.append(Click(token, place, time.monotonic()))
    return True


def flush() -> None:
    """Write everything remembered so far."""
    global _last
    with _guard:
        events, _buffer[:] = list(_buffer), []
        clicks, _clicks[:] = list(_clicks), []
        _last = time.monotonic()
    try:
        SearchEvent.objects.bulk_create(events)
        late = [click for click in clicks if not _write_click(click)]
    except DatabaseError:
        logger.warning("Search events not written.")
        return
    with _guard:
        _clicks.extend(late)


def _write_click(click: Click) -> bool:
    """Whether the click needs no further try. The first click of a page counts; its
    number goes, so that nothing leads from one row to anything else."""
    rows = SearchEvent.objects.filter(token=click.token)
    if rows.update(clicked_rank=click.rank, token=""):
        return True
    return time.monotonic() - click.at > _PATIENCE


def flush_when_due(**kwargs: Any) -> None:
    """After a response: write when there is enough or it is old enough."""
    is_late = time.monotonic() - _last > SECONDS
    if len(_buffer) >= BATCH or (is_late and (_buffer or _clicks)):
        flush()


def connect() -> None:
    """Write batches when responses are done."""
    request_finished.connect(flush_when_due, dispatch_uid="search.flush_events")
