"""What a search answers, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from .documents import split_key
from .query import Marks

if TYPE_CHECKING:
    from .reasons import Who

#: Values of a facet that show at once.
FOLD_AFTER = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document, rendered from the index alone."""

    key: str
    score: float
    title: str
    url: str
    summary: str = ""
    snippet: SafeString = SafeString("")  # noqa: RUF009 (an immutable str)
    names: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    changed: date | None = None
    is_person: bool = False
    #: No word of the title or text matched as it stands.
    is_near: bool = False
    #: Not found by its words: it means what was asked.
    is_meant: bool = False
    #: How near its best passage is in meaning; nothing where that was not asked.
    similarity: float | None = None

    @property
    def is_private(self) -> bool:
        """Left out of lists for machines: people, and what was invented for trying."""
        return self.is_person or bool(self.details.get("demo"))

    @property
    def kind(self) -> str:
        return split_key(self.key)[0]

    @property
    def object_id(self) -> int:
        return split_key(self.key)[1]

    @property
    def language(self) -> str:
        return split_key(self.key)[2]


@dataclass(frozen=True, slots=True)
class PromotedHit:
    """A hit that editors recommend for a query, and why in a few words."""

    hit: Hit
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet, how many hits choosing it gives, and whether it is."""

    name: str
    value: str
    label: str
    count: int
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet with its values, the most frequent first."""

    name: str
    label: str
    values: tuple[FacetCount, ...]

    @property
    def first(self) -> tuple[FacetCount, ...]:
        """Values shown at once: the first few and every selected one. A fold with a
        single value would take as much room as the value."""
        if len(self.values) <= FOLD_AFTER + 1:
            return self.values
        return tuple(
            value
            for place, value in enumerate(self.values)
            if place < FOLD_AFTER or value.is_selected
        )

    @property
    def rest(self) -> tuple[FacetCount, ...]:
        """Values behind "more"."""
        first = set(self.first)
        return tuple(value for value in self.values if value not in first)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal while typing. ``marks`` are the stretches of the text that were
    typed; ``also`` is another name that was, when the text itself holds nothing of it."""

    text: str
    url: str
    kind: str
    label: str
    is_person: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    also: str = ""
    also_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of hits with everything around it."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    step: str = "all"
    marks: Marks | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)
    facets: tuple[FacetGroup, ...] = ()
    spelling: str = ""
    other_languages: Mapping[str, int] = field(default_factory=dict)
    #: The first who can help with the same question, when asked for.
    people: tuple[Who, ...] = ()
    #: Recommended by editors, above the first page and never in ``hits``.
    promoted: tuple[PromotedHit, ...] = ()
    #: Other terms that were looked for as well.
    also: tuple[str, ...] = ()
    #: Where no entry has the words: what comes nearest in meaning.
    guesses: tuple[Hit, ...] = ()
    #: Near in meaning, and there in another language only.
    foreign: tuple[Hit, ...] = ()
