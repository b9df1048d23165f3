"""Methods as the finder compares them: what counts is what stands on the German pages,
whatever the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from methods.filters import codes_by_page
from methods.models import MethodPage
from search.held import LABELS, Held

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


class Title(NamedTuple):
    """A method in one language, without its texts."""

    source: int
    title: str
    slug: str
    language: str


@dataclass(frozen=True)
class Methods:
    """All methods there are, seen or not: candidates by their German pages, titles by
    the pages of every language."""

    candidates: Mapping[int, Candidate]
    titles: Mapping[int, Title]


def methods() -> Methods:
    """Held in memory until a method changes; what may be seen is asked each time."""
    return _methods.get()


def candidate(source: int) -> Candidate | None:
    """One method as the finder sees it, by its German page."""
    return methods().candidates.get(source)


def visible_titles(language: str) -> dict[int, int]:
    """Pages of methods that may be seen now, by their German pages: one query."""
    titles = methods().titles
    pages = MethodPage.objects.visible().in_language(language)
    numbers = pages.values_list("pk", flat=True)
    return {titles[pk].source: pk for pk in numbers if pk in titles}


def _read() -> Methods:
    sources = MethodPage.objects.sources()
    rows = list(sources.values(*_COLUMNS))
    numbers = {row["translation_key"]: row["pk"] for row in rows}
    codes = {
        name: codes_by_page(field, list(numbers.values()))
        for name, field in _VOCABULARIES.items()
    }
    titles = MethodPage.objects.filter(translation_key__in=numbers).values_list(
        "pk",
        "translation_key",
        "title",
        "slug",
        "locale__language_code",
        "alias_of__locale__language_code",
    )
    return Methods(
        {row["pk"]: _candidate(row, codes) for row in rows},
        {
            pk: Title(numbers[key], title, slug, alias or own)
            for pk, key, title, slug, own, alias in titles
        },
    )


def _candidate(
    row: Mapping[str, Any], codes: Mapping[str, Mapping[int, list[str]]]
) -> Candidate:
    ranges: dict[str, Any] = {
        name: Range(row[f"{column}_min"], row[f"{column}_max"])
        for name, column in _RANGES.items()
    }
    named: dict[str, Any] = {
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


_methods: Held[Methods] = Held(LABELS, _read)
