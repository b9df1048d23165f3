"""What every engine can do. The way of a search is the same for all of them.

An engine offers readers and writes documents; ``Engine.search_many`` climbs the steps
of all plans together, so that a page costs few round trips where the index is behind a
network, and cuts out the pages. What an engine cannot do, it does not list among its
capabilities.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AbstractContextManager
from enum import StrEnum
from itertools import islice
from typing import ClassVar, TypeAlias

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ..documents import SearchDocument
from ..indexed import IndexedDocument, prepare_all
from ..query import Everything, Step
from ..results import Hit
from .asking import (
    Answer,
    Asked,
    Facets,
    Found,
    Match,
    Meant,
    Near,
    Order,
    Request,
    Sort,
    counting,
    limited,
)
from .climbing import RERANK
from .fusing import climb_for

__all__ = [
    "RERANK",
    "Answer",
    "Asked",
    "Capability",
    "Engine",
    "Facets",
    "Found",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "IndexOutdatedError",
    "IndexUnwritableError",
    "Match",
    "Meant",
    "Near",
    "Order",
    "Reader",
    "Request",
    "SearchUnavailableError",
    "Sort",
    "counting",
    "limited",
]


class Capability(StrEnum):
    """Things that an engine may or may not be able to do."""

    PHRASES = "phrases"
    FUZZY = "fuzzy"
    FACETS = "facets"
    SPELLING = "spelling"
    SUGGEST = "suggest"
    MEANING = "meaning"


class SearchUnavailableError(Exception):
    """The search cannot answer now; browsing goes on. ``hint`` says what to run."""

    hint = "manage.py search_index rebuild"


class IndexMissingError(SearchUnavailableError):
    """No index has been built for this language."""


class IndexOutdatedError(SearchUnavailableError):
    """The index was built by another version of the analysis or of its fields."""


class IndexDamagedError(SearchUnavailableError):
    """The index is there and cannot be read."""


class IndexUnwritableError(SearchUnavailableError):
    """What is there can be read, but nothing can be written; it stays in the outbox."""

    hint = "make room on the disk or allow writing, then manage.py search_index drain"


class DocumentsRejectedError(Exception):
    """The engine works, but will not take some documents: their keys, and why. All
    others were written."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(f"{len(reasons)} documents were rejected.")
        self.reasons = dict(reasons)


class IndexBusyError(SearchUnavailableError):
    """Somebody else is writing; the work stays in the outbox."""

    hint = "manage.py search_index drain"


class Reader(ABC):
    """A consistent view on one language's index."""

    @abstractmethod
    def find(self, asked: Asked) -> Found:
        """Total, matches in order, and facets."""

    @abstractmethod
    def hits(self, matches: Sequence[Match], step: Step | None) -> list[Hit]:
        """Load matches; with a step, with its snippets. What is gone is left out."""

    def nearest(self, asked: Meant) -> list[Near]:
        """The documents nearest in meaning, the nearest first: of those that were read by
        this model and fit what is asked. None where nothing was read."""
        return []

    @abstractmethod
    def known(self, stems: Collection[str]) -> set[str]:
        """Those of the stems that any document has."""

    @abstractmethod
    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        """Words of the index that begin so, with their number of documents."""

    def near(self, word: str, distance: int) -> dict[str, int]:
        """Words of the index at most so many letters away that begin with the same
        letter, with their number of documents."""
        return self.near_many({word: distance})[word]

    def near_many(self, words: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """The same for several words with their distances; engines behind a network in
        one round trip."""
        return {word: self._near(word, distance) for word, distance in words.items()}

    def _near(self, word: str, distance: int) -> dict[str, int]:
        vocabulary = dict(self.vocabulary(word[:1]))
        found = extract(
            word,
            vocabulary.keys(),
            scorer=OSA.distance,
            score_cutoff=distance,
            limit=20,
        )
        return {near: vocabulary[near] for near, _, _ in found}

    @abstractmethod
    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and fingerprint of every document."""

    def digests_of(self, keys: Collection[str]) -> dict[str, str]:
        """Fingerprints of these documents, as far as they are there."""
        wanted = frozenset(keys)
        return {key: found for key, found in self.digests() if key in wanted}


#: Matches to load, and the step whose snippets they get.
Page: TypeAlias = tuple[Reader, Sequence[Match], Step | None]
#: Takes one document of an index that is being built.
Add: TypeAlias = Callable[[IndexedDocument], None]
#: Makes of documents what is written; the vectors of a model may come along.
Prepare: TypeAlias = Callable[[Iterable[SearchDocument]], Iterable[IndexedDocument]]


class Engine(ABC):
    """An index per language with one writer."""

    name: ClassVar[str]
    capabilities: ClassVar[frozenset[Capability]]

    @abstractmethod
    def reader(self, language: str) -> Reader:
        """The current index; raises ``SearchUnavailableError`` when there is none."""

    @property
    def parts(self) -> tuple[Engine, ...]:
        """The engines that this one is made of."""
        return (self,)

    def verify(self, language: str) -> None:
        """Raise ``SearchUnavailableError`` unless the index can be read now."""
        self.reader(language).find(Asked(Everything()))

    @abstractmethod
    def write(
        self,
        language: str,
        documents: Sequence[IndexedDocument],
        removals: Collection[str],
    ) -> None:
        """Write documents and remove keys; doing it twice changes nothing."""

    @abstractmethod
    def building(self, language: str) -> AbstractContextManager[Add]:
        """A new index beside the current one: takes documents; swaps at the end, or
        leaves nothing behind after an error."""

    def apply(
        self,
        language: str,
        documents: Iterable[SearchDocument],
        removals: Iterable[str] = (),
        prepared: Prepare = prepare_all,
    ) -> None:
        """Analyse and write documents, and remove keys."""
        self.write(language, list(prepared(documents)), list(removals))

    def rebuild(
        self,
        language: str,
        documents: Iterable[SearchDocument],
        prepared: Prepare = prepare_all,
    ) -> int:
        """Build a new index beside the current one, then swap; returns its size."""
        number = 0
        with self.building(language) as add:
            for number, document in enumerate(prepared(documents), start=1):  # noqa: B007
                add(document)
        return number

    @abstractmethod
    def drop_all(self) -> None:
        """Remove every index of this engine."""

    @abstractmethod
    def close(self) -> None:
        """Forget open indexes."""

    def find_many(self, asked: Sequence[tuple[Reader, Asked]]) -> list[Found]:
        """Ask several things at once; engines behind a network in one round trip."""
        return [reader.find(question) for reader, question in asked]

    def nearest_many(self, asked: Sequence[tuple[Reader, Meant]]) -> list[list[Near]]:
        """Ask for what is near several times at once, likewise."""
        return [reader.nearest(question) for reader, question in asked]

    def load_many(self, pages: Sequence[Page]) -> list[list[Hit]]:
        """Load several pages at once, likewise."""
        return [reader.hits(matches, step) for reader, matches, step in pages]

    def known_many(self, stems: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
        """Known stems of several languages at once, likewise."""
        return {code: self.reader(code).known(some) for code, some in stems.items()}

    def search(self, request: Request) -> Answer:
        """Answer a request from the first step that finds enough."""
        return self.search_many([request])[0]

    def search_many(
        self, requests: Sequence[Request], opened: Mapping[str, Reader] | None = None
    ) -> list[Answer]:
        """Answer several requests together, step by step; with the readers that are
        already open, by language."""
        readers = dict(opened or {})
        for request in requests:
            if request.language not in readers:
                readers[request.language] = self.reader(request.language)
        climbs = [climb_for(request) for request in requests]
        while waiting := [climb for climb in climbs if not climb.is_done]:
            asked = [(climb, climb.asked()) for climb in waiting]
            found = iter(
                self.find_many(
                    [
                        (readers[climb.request.language], question)
                        for climb, questions in asked
                        for question in questions
                    ]
                )
            )
            for climb, questions in asked:
                climb.take(list(islice(found, len(questions))))
        pages: list[Page] = [
            (readers[climb.request.language], climb.page(), climb.step_shown)
            for climb in climbs
        ]
        loaded = self.load_many(pages)
        return [climb.answer(hits) for climb, hits in zip(climbs, loaded, strict=True)]
