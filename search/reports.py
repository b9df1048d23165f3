"""What was searched most, and what without finding anything: figures for editors.

A query counts once it was asked on several different days, and only when it names
nobody: what was written down before a name was known is left out as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Avg, Count, F, Max, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from .models import SearchEvent
from .privacy import is_loggable

#: Rows of a report.
MAX_ROWS = 200
#: Periods that a report can show, in days.
PERIODS = (7, 30, 90)


class Report(StrEnum):
    """The reports there are, as written in addresses."""

    EMPTY = "ohne-ergebnis"
    MOST = "meistgesucht"


@dataclass(frozen=True, slots=True)
class Row:
    """One query in one language."""

    query: str
    language: str
    searches: int
    days: int
    results: int
    clicks: int
    mean_rank: float | None

    @property
    def click_share(self) -> int:
        """Searches after which a hit was followed, in percent."""
        return round(100 * self.clicks / self.searches)


def rows(report: Report, days: int, language: str = "") -> list[Row]:
    """The rows of a report, most frequent first: one query to the database."""
    since = timezone.now() - timedelta(days=days)
    events = SearchEvent.objects.filter(created__gte=since)
    if language:
        events = events.filter(language=language)
    if report is Report.EMPTY:
        # With a filter it may be the filter that left nothing.
        events = events.filter(result_count=0, filters={})
    found = (
        events.values("query", "language")
        .annotate(
            searches=Count("pk"),
            days=Count(TruncDate("created"), distinct=True),
            results=Max("result_count", filter=Q(filters={}), default=0),
            clicks=Count("clicked_rank"),
            mean_rank=Avg(F("clicked_rank")),
        )
        .filter(days__gte=settings.SEARCH.get("EVENT_MIN_DAYS", 2))
        .order_by("-searches", "query", "language")[: 2 * MAX_ROWS]
    )
    shown = (Row(**values) for values in found if is_loggable(values["query"]))
    return list(shown)[:MAX_ROWS]
