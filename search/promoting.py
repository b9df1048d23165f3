"""Recommendations of the editors: which documents come first for a query.

A recommendation counts when the whole query is one of its own, compared by stems.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .models import PromotedResult
from .typed import content_tokens

#: More recommendations than this would be a second list.
MAX_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Promotion:
    """One document to recommend, and why."""

    key: str
    reason: str
    until: date | None


Stems = tuple[str, ...]


class Promotions:
    """All recommendations, by language and query."""

    def __init__(self, rows: Iterable[PromotedResult]) -> None:
        self._by_query: dict[tuple[str, Stems], list[Promotion]] = {}
        for row in rows:
            promotion = Promotion(row.key, row.reason, row.until)
            for query in row.query_list:
                stems = _stems(query, row.language)
                if stems:
                    found = self._by_query.setdefault((row.language, stems), [])
                    found.append(promotion)

    def for_query(self, text: str, language: str) -> list[Promotion]:
        """What to recommend for a query today, at most a few."""
        if not self._by_query:
            return []
        found = self._by_query.get((language, _stems(text, language)), [])
        today = timezone.localdate()
        current = {p.key: p for p in found if p.until is None or p.until >= today}
        return list(current.values())[:MAX_SHOWN]


def _stems(text: str, language: str) -> Stems:
    """The words that count, whatever their order; stop words only when alone."""
    tokens = content_tokens(text, language)
    words = [token for token in tokens if not token.is_stop] or tokens
    return tuple(sorted({token.stem for token in words}))
