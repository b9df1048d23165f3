"""What every engine can do. The way of a search is the same for all of them.

An engine offers readers and writes documents; ``Engine.search`` climbs the steps of a
plan, counts facets and cuts out the page. What an engine cannot do, it does not list
among its capabilities.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from .. import fields
from ..documents import SearchDocument
from ..query import All, Constant, Filter, Keys, Query, Step, VisibleAt
from ..results import Hit

#: So many of the best documents are ranked again with the documents' own weight.
RERANK = 200


class Capability(StrEnum):
    """Things that an engine may or may not be able to do."""

    PHRASES = "phrases"
    FUZZY = "fuzzy"
    FACETS = "facets"
    SPELLING = "spelling"
    SUGGEST = "suggest"


class SearchUnavailableError(Exception):
    """The search cannot answer now; browsing goes on. ``hint`` says what to run."""

    hint = "manage.py search_index rebuild"


class IndexMissingError(SearchUnavailableError):
    """No index has been built for this language."""


class IndexOutdatedError(SearchUnavailableError):
    """The index was built by another version of the analysis or of its fields."""


class IndexDamagedError(SearchUnavailableError):
    """The index is there and cannot be read."""


class IndexBusyError(SearchUnavailableError):
    """Somebody else is writing; the work stays in the outbox."""

    hint = "manage.py search_index drain"


class Sort(StrEnum):
    """Orders of a result list, as written in addresses."""

    RELEVANCE = "passung"
    NEWEST = "neueste"


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine."""

    language: str
    steps: tuple[Step, ...]
    #: Selected facet values: OR within a facet, AND across.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Kinds that are asked at all; none means all.
    scope: tuple[str, ...] = ()
    #: Keys that must not show, whatever the index says.
    hidden: frozenset[str] = frozenset()
    now: int = 0
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    with_facets: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found: one page of hits, the total, counts per facet."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    step: Step | None


@dataclass(frozen=True, slots=True)
class Match:
    """A document that matched: its score, its weight, and the engine's handle on it."""

    score: float
    weight: float
    handle: Any

    @property
    def rank(self) -> float:
        """The weight counts within a tier, never across tiers."""
        tiers, rest = divmod(self.score, fields.TIER)
        return tiers * fields.TIER + rest * self.weight


class Reader(ABC):
    """A consistent view on one language's index."""

    @abstractmethod
    def count(self, query: Query) -> int:
        """How many documents match."""

    @abstractmethod
    def top(self, query: Query, limit: int, sort: Sort) -> list[Match]:
        """The first matches in order."""

    @abstractmethod
    def facet_counts(self, query: Query) -> dict[str, dict[str, int]]:
        """Matches per facet and value."""

    @abstractmethod
    def hits(self, matches: Sequence[Match], step: Step | None) -> list[Hit]:
        """Load matches; with a step, with its snippets."""

    @abstractmethod
    def known(self, stems: Collection[str]) -> set[str]:
        """Those of the stems that any document has."""

    @abstractmethod
    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Words of the index that begin so, with their number of documents."""

    @abstractmethod
    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and fingerprint of every document."""


class Engine(ABC):
    """An index per language with one writer."""

    name: ClassVar[str]
    capabilities: ClassVar[frozenset[Capability]]

    @abstractmethod
    def reader(self, language: str) -> Reader:
        """The current index; raises ``SearchUnavailableError`` when there is none."""

    @abstractmethod
    def apply(
        self,
        language: str,
        documents: Iterable[SearchDocument],
        removals: Iterable[str] = (),
    ) -> None:
        """Write documents and remove keys; doing it twice changes nothing."""

    @abstractmethod
    def rebuild(self, language: str, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the current one, then swap; returns its size."""

    @abstractmethod
    def close(self) -> None:
        """Forget open indexes."""

    def search(self, request: Request) -> Answer:
        """Answer a request from the first step that finds enough."""
        reader = self.reader(request.language)
        query, step, total = self._climb(reader, request)
        matches = self._page(reader, query, request, total)
        facets = self._facets(reader, request, step) if request.with_facets else {}
        hits = reader.hits(matches, step)
        return Answer(tuple(hits), total, facets, step)

    def count(self, request: Request) -> int:
        """How many documents a request finds."""
        return self._climb(self.reader(request.language), request)[2]

    def _climb(
        self, reader: Reader, request: Request
    ) -> tuple[Query, Step | None, int]:
        """Go from strict to generous until a step is not thin."""
        found: tuple[Query, Step | None, int] = (All(), None, 0)
        for position, step in enumerate(request.steps):
            query = restricted(tiered(request.steps, position), request)
            total = reader.count(query)
            if total > found[2] or found[1] is None:
                found = (query, step, total)
            if total >= fields.THIN:
                break
        return found

    def _page(
        self, reader: Reader, query: Query, request: Request, total: int
    ) -> list[Match]:
        """One page. Engines set memory aside for what is asked for, and the offset is
        user input: never ask for more than there is."""
        if request.offset >= total:
            return []
        end = min(request.offset + request.limit, total)
        if request.sort is Sort.NEWEST:
            return reader.top(query, end, request.sort)[request.offset :]
        matches = reader.top(query, min(max(end, RERANK), total), request.sort)
        head = sorted(matches[:RERANK], key=lambda match: -match.rank)
        return [*head, *matches[RERANK:]][request.offset : end]

    def _facets(
        self, reader: Reader, request: Request, step: Step | None
    ) -> dict[str, dict[str, int]]:
        """Counts of all facets; a selected facet ignores its own selection."""
        if step is None:
            return {}
        tree = tiered(request.steps, request.steps.index(step))
        counts = reader.facet_counts(restricted(tree, request))
        for name in request.filters:
            own = reader.facet_counts(restricted(tree, request, ignore=name))
            counts[name] = own.get(name, {})
        return counts


def tiered(steps: Sequence[Step], position: int) -> Query:
    """The query of a step, with the hits of stricter steps lifted above the others."""
    above = tuple(Constant(step.query, step.bonus) for step in steps[:position])
    if not above:
        return steps[position].query
    return All((steps[position].query,), optional=above)


def restricted(query: Query, request: Request, ignore: str = "") -> Query:
    """A query within the scope, filters and visibility of a request."""
    limits: list[Query] = [
        Filter(name, values)
        for name, values in request.filters.items()
        if values and name != ignore
    ]
    if request.scope:
        limits.append(Filter(fields.KIND, request.scope))
    if request.now:
        limits.append(VisibleAt(request.now))
    hidden = (Keys(request.hidden),) if request.hidden else ()
    return All((query, *(Constant(limit, 0.0) for limit in limits)), without=hidden)
