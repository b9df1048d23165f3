"""What the embedded engine reads: a searcher of one moment."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import Any as AnyValue

import tantivy

from .. import fields
from ..query import All, Constant, Keys, Query, Step
from ..results import Hit
from . import embedded_parties
from .base import (
    Asked,
    Facets,
    Found,
    IndexDamagedError,
    Match,
    Meant,
    Near,
    Order,
    Reader,
    SearchUnavailableError,
)
from .embedded_query import (
    BY_DATE,
    BY_TITLE,
    KNOWN,
    MARKS,
    NUMBER,
    PARTIES,
    PARTIES_ID,
    STANDING,
    STORED,
    translated,
)
from .showing import make_hit
from .translating import Translator

if TYPE_CHECKING:
    from .embedded_vectors import Nearest, VectorFile, Vectors

_ALL_VALUES = 10_000
#: So many equal matches at most are put in order.
_EQUALS = 5_000
#: So many of the nearest documents are asked for first whether they fit.
_FIRST = 200
#: So few that are what is asked are all looked at.
_FEW = 1_000


@contextmanager
def reporting(
    language: str, meaning: type[SearchUnavailableError] = IndexDamagedError
) -> Iterator[None]:
    """Turn tantivy's errors, and its panics, into ours."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise meaning(f"Index {language}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise meaning(f"Index {language}: {error}") from error


class EmbeddedReader(Reader):
    """A searcher of one moment."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        language: str,
        vectors: Callable[[], VectorFile],
    ) -> None:
        self._searcher = searcher
        self._language = language
        self._vectors = vectors
        #: Several lists of a page ask for the same: how near all documents are.
        self._nearest: tuple[AnyValue, Nearest] | None = None
        self._translate = Translator(translated)

    def find(self, asked: Asked) -> Found:
        query = self._translate(asked.narrowed())
        with reporting(self._language):
            total, matches = self._matches(query, asked, asked.limit)
            if _is_cut_within_equals(asked, total, matches):
                more = min(total - asked.offset, max(_EQUALS, asked.limit))
                _, matches = self._matches(query, asked, more)
        return Found(total, matches[: asked.limit], lambda: self._facets(asked))

    def _matches(
        self, query: tantivy.Query, asked: Asked, limit: int
    ) -> tuple[int, list[Match]]:
        """Total and so many matches, equals in the order of their standing."""
        found = self._searcher.search(
            query, max(limit, 1), offset=asked.offset, **_ordered(asked.order)
        )
        hits = found.hits[:limit]
        addresses = [address for _, address in hits]
        standings = self._searcher.fast_field_values(STANDING, addresses)
        parties = self._parties(addresses, asked.with_parties)
        numbers = self._numbers(addresses) if asked.with_numbers else [0] * len(hits)
        matches = [
            Match(_score(order), int(standing or 0), address, part, number)
            for (order, address), standing, part, number in zip(
                hits, standings, parties, numbers, strict=True
            )
        ]
        if asked.order is Order.SCORE:
            matches.sort(key=lambda match: (-match.score, match.standing))
        return int(found.count), matches  # type: ignore[attr-defined] # not in its stub

    def _numbers(self, addresses: list[AnyValue]) -> list[int]:
        """What stands for the keys of documents."""
        found = self._searcher.fast_field_values(NUMBER, addresses)
        return [int(number or 0) for number in found]

    def nearest(self, asked: Meant) -> list[Near]:
        vectors = self._vectors().read()
        if vectors is None or vectors.model != asked.model:
            return []
        total = self._count(asked.within)
        if not total:
            return []
        near = self._compared(vectors, asked.vector)
        first = max(_FIRST, 4 * asked.limit)
        if total > _FEW:  # most often, enough of the nearest are what is asked
            among = Constant(Keys(near.first(first)), 0.0)
            within = All((asked.within, among))
            found = near.among(self._ids(within, first), asked.limit)
            if len(found) == asked.limit:
                return found
        return near.among(self._ids(asked.within, total), asked.limit)

    def _count(self, query: Query) -> int:
        with reporting(self._language):
            found = self._searcher.search(self._translate(query), 1)
        return int(found.count)  # type: ignore[attr-defined] # not in its stub

    def _compared(self, vectors: Vectors, question: AnyValue) -> Nearest:
        if self._nearest is None or self._nearest[0] is not question:
            self._nearest = (question, vectors.nearest(question))
        return self._nearest[1]

    def _ids(self, within: Query, number: int) -> list[int]:
        """What stands for the keys of so many documents."""
        with reporting(self._language):
            found = self._searcher.search(self._translate(within), number)
            return self._numbers([address for _, address in found.hits])

    def _parties(self, addresses: list[AnyValue], wanted: bool) -> list[str]:
        """Who took part in these documents, when that is asked for."""
        if not wanted:
            return [""] * len(addresses)
        numbers = self._searcher.fast_field_values(PARTIES_ID, addresses)
        return embedded_parties.texts(numbers, addresses, self._read_parties)

    def _read_parties(self, address: AnyValue) -> str:
        kept = _first_bytes(self._searcher.doc(address), PARTIES)
        return kept.decode("utf-8", "surrogatepass")

    def _facets(self, asked: Asked) -> Facets:
        """All counts at once, then those of each facet that has a selection."""
        counts = self._facet_counts(asked.narrowed())
        for name in asked.filters:
            own = self._facet_counts(asked.narrowed(ignore=name))
            counts[name] = own.get(name, {})
        return counts

    def _facet_counts(self, query: Query) -> dict[str, dict[str, int]]:
        wanted = {"facets": {"terms": {"field": fields.FACETS, "size": _ALL_VALUES}}}
        with reporting(self._language):
            answer = self._searcher.aggregate(self._translate(query), wanted)
        counts: dict[str, dict[str, int]] = {}
        for bucket in answer["facets"]["buckets"]:
            name, value = fields.split_facet_token(bucket["key"])
            counts.setdefault(name, {})[value] = int(bucket["doc_count"])
        return counts

    def hits(self, matches: Sequence[Match], step: Step | None) -> list[Hit]:
        with reporting(self._language):
            return [self._hit(match, step) for match in matches]

    def _hit(self, match: Match, step: Step | None) -> Hit:
        document = self._searcher.doc(match.handle)
        key = str(document.get_first(fields.KEY))
        marks = _first_bytes(document, MARKS) if step else b""
        return make_hit(key, match, _stored(document), marks, step)

    def known(self, stems: Collection[str]) -> set[str]:
        frequency = self._searcher.doc_freq
        return {s for s in stems if s and any(frequency(f, s) for f in KNOWN)}

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        with reporting(self._language):
            return self._searcher.terms_with_prefix(fields.SPELLING, prefix)

    def digests(self) -> Iterator[tuple[str, str]]:
        yield from self._digests(tantivy.Query.all_query(), self._searcher.num_docs)

    def digests_of(self, keys: Collection[str]) -> dict[str, str]:
        return dict(self._digests(self._translate(Keys(frozenset(keys))), len(keys)))

    def _digests(self, query: tantivy.Query, limit: int) -> Iterator[tuple[str, str]]:
        with reporting(self._language):
            for _, address in self._searcher.search(query, max(limit, 1)).hits:
                document = self._searcher.doc(address)
                yield str(document.get_first(fields.KEY)), _stored(document)["digest"]


def _is_cut_within_equals(asked: Asked, total: int, matches: Sequence[Match]) -> bool:
    """tantivy breaks ties by place on disk; which of many equals come first is for us
    to say, so all of them are needed."""
    if asked.order is not Order.SCORE or asked.offset + len(matches) >= total:
        return False
    return len(matches) > 1 and matches[-1].score == matches[-2].score


_FIELDS = {
    Order.STANDING: STANDING,
    Order.NEWEST: BY_DATE,
    Order.TITLE: BY_TITLE,
}


def _ordered(order: Order) -> dict[str, AnyValue]:
    if order is Order.SCORE:
        return {}
    return {"order_by_field": _FIELDS[order], "order": tantivy.Order.Asc}


def _score(order_key: object) -> float:
    """A list that is ordered by a field has no scores."""
    return order_key if isinstance(order_key, float) else 1.0


def _first_bytes(document: tantivy.Document, name: str) -> bytes:
    value: AnyValue = document.get_first(name)
    return bytes(value) if value else b""


def _stored(document: tantivy.Document) -> dict[str, AnyValue]:
    try:
        return json.loads(zlib.decompress(_first_bytes(document, STORED)))
    except zlib.error as error:
        raise IndexDamagedError(str(error)) from error
