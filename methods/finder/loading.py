"""Methods as the finder compares them, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from methods.filters import codes_by_page
from methods.models import MethodPage

from .candidate import Candidate, Range

#: Ranges of a candidate and the columns they come from.
_RANGES = {
    "people": "group_size",
    "minutes": "session_minutes",
    "weeks": "lead_time_weeks",
    "cost": "cost_eur",
    "staff_hours": "staff_hours",
}
_COLUMNS = (
    "pk",
    "levels",
    "formats",
    "recruitment",
    "effort",
    "conflict",
    "is_standing",
    "translation_key",
    *(f"{column}_{end}" for column in _RANGES.values() for end in ("min", "max")),
)
#: Vocabularies of a candidate and the fields they come from.
_VOCABULARIES = {
    "goals": "goals",
    "groups": "target_groups",
    "measures": "inclusion_measures",
}


def candidates(
    translation_keys: Collection[Any],
) -> tuple[list[Candidate], dict[int, Any]]:
    """Candidates, and their translation keys by the numbers of their German pages, which
    are the keys of the candidates. What counts is what stands on the German pages,
    whatever the language: four queries."""
    pages = MethodPage.objects.sources().filter(translation_key__in=translation_keys)
    rows = list(pages.values(*_COLUMNS))
    numbers = [row["pk"] for row in rows]
    codes = {
        name: codes_by_page(field, numbers) for name, field in _VOCABULARIES.items()
    }
    found = [_candidate(row, codes) for row in rows]
    return found, {row["pk"]: row["translation_key"] for row in rows}


def _candidate(
    row: Mapping[str, Any], codes: Mapping[str, Mapping[int, list[str]]]
) -> Candidate:
    ranges = {
        name: Range(row[f"{column}_min"], row[f"{column}_max"])
        for name, column in _RANGES.items()
    }
    named = {
        name: frozenset(by_page.get(row["pk"], ())) for name, by_page in codes.items()
    }
    return Candidate(
        key=row["pk"],
        levels=frozenset(row["levels"]),
        formats=frozenset(row["formats"]),
        recruitment=frozenset(row["recruitment"]),
        effort=row["effort"],
        conflict=row["conflict"],
        is_standing=row["is_standing"],
        **ranges,
        **named,
    )
