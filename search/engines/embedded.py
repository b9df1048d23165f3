"""The embedded engine: tantivy in a folder, no server. With ``embedded_query`` the only
importer of tantivy.

Text reaches tantivy as tokens only; it never parses what a person typed.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any as AnyValue
from typing import ClassVar

import tantivy

from .. import fields
from ..indexed import IndexedDocument, Word
from ..query import Keys, Query, Step
from ..results import Hit
from .base import (
    Add,
    Asked,
    Capability,
    Engine,
    Facets,
    Found,
    IndexBusyError,
    IndexDamagedError,
    IndexUnwritableError,
    Match,
    Order,
    Reader,
    SearchUnavailableError,
)
from .embedded_query import (
    BY_DATE,
    BY_TITLE,
    FROM,
    KNOWN,
    MARKS,
    SCHEMA,
    STANDING,
    STORED,
    UNTIL,
    translate,
)
from .generations import Generation, Generations
from .showing import make_hit

_HEAP = 50_000_000
_ALL_VALUES = 10_000
_SWAPS = 5
#: So many equal matches at most are put in order.
_EQUALS = 5_000


@contextmanager
def _reporting(
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


@contextmanager
def _writing(language: str) -> Iterator[None]:
    """Errors of a disk that is full or must not be written to."""
    with _reporting(language, IndexUnwritableError):
        yield


class EmbeddedEngine(Engine):
    """One tantivy index per language below one folder."""

    name = "embedded"
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability)

    def __init__(self, folder: Path, lock_timeout: float = 2.0) -> None:
        self.folder = Path(folder)
        self.lock_timeout = lock_timeout
        self._open: dict[str, tuple[Generation, tantivy.Index]] = {}
        self._guard = threading.Lock()

    def _generations(self, language: str) -> Generations:
        return Generations(self.folder / language)

    def reader(self, language: str) -> EmbeddedReader:
        """Between reading the pointer and opening what it names, a rebuild may swap
        and drop it: then the pointer has moved on."""
        generations = self._generations(language)
        for _ in range(_SWAPS):
            named = generations.named()
            try:
                return self._reader(language, generations.current())
            except IndexDamagedError:
                if generations.named() == named:
                    raise
        raise IndexBusyError(f"Index {language} is built again and again.")

    def _reader(self, language: str, generation: Generation) -> EmbeddedReader:
        with _reporting(language):
            index = self._index(language, generation)
            _reload(index)
            return EmbeddedReader(index.searcher(), language)

    def _index(self, language: str, generation: Generation) -> tantivy.Index:
        """The open index of a generation; opening is slow, so it is kept."""
        with self._guard:
            known = self._open.get(language)
            if known and known[0] == generation:
                return known[1]
            index = tantivy.Index.open(str(generation.path))
            index.config_reader("manual")
            self._open[language] = (generation, index)
            return index

    def write(
        self,
        language: str,
        documents: Sequence[IndexedDocument],
        removals: Collection[str],
    ) -> None:
        generations = self._generations(language)
        with _writing(language), generations.lock(self.lock_timeout):
            current = generations.current()
            with _reporting(language):
                index = self._index(language, current)
            with _writer(index) as writer:
                for key in removals:
                    writer.delete_documents_by_term(fields.KEY, key)
                for document in documents:
                    writer.delete_documents_by_term(fields.KEY, document.key)
                    writer.add_document(_to_tantivy(document))

    @contextmanager
    def building(self, language: str) -> Iterator[Add]:
        generations = self._generations(language)
        with _writing(language), generations.lock(timeout=60.0):
            with generations.create() as path:
                index = tantivy.Index(SCHEMA, path=str(path))
                with _writer(index) as writer:
                    yield lambda document: _add(writer, document)
            generations.activate(path)

    def discard(self, language: str) -> None:
        """Give up an index: it is missing from now on, and built anew when needed."""
        self._generations(language).forget()

    def close(self) -> None:
        with self._guard:
            self._open.clear()


def _reload(index: tantivy.Index) -> None:
    """Look for what was written. That needs a lock on disk: where the disk turned
    read-only, nothing can have been written, and what is open goes on answering."""
    try:
        index.reload()
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """A writer that commits at the end, or leaves the index as it was."""
    writer = index.writer(_HEAP, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    writer.commit()
    writer.wait_merging_threads()


def _add(writer: tantivy.IndexWriter, document: IndexedDocument) -> None:
    writer.add_document(_to_tantivy(document))


def _to_tantivy(indexed: IndexedDocument) -> tantivy.Document:
    document = tantivy.Document.from_dict(
        {
            fields.KEY: indexed.key,
            fields.FACETS: indexed.facets,
            FROM: indexed.visible_from,
            UNTIL: indexed.visible_until,
            STANDING: indexed.standing,
            BY_TITLE: indexed.by_title,
            BY_DATE: indexed.by_date,
            STORED: zlib.compress(json.dumps(indexed.stored).encode(), 6),
            MARKS: indexed.marks,
        },
        SCHEMA,
    )
    for name, words in indexed.words.items():
        if words:
            document.add_pre_tokenized_text(name, _pre_tokenized(words))
    return document


def _pre_tokenized(words: Sequence[Word]) -> tantivy.PreTokenizedString:
    # Offsets are not indexed; only text and position count.
    tokens = [tantivy.Token(word.text, word.position, 0, 0) for word in words]
    return tantivy.PreTokenizedString("", tokens)


class EmbeddedReader(Reader):
    """A searcher of one moment."""

    def __init__(self, searcher: tantivy.Searcher, language: str) -> None:
        self._searcher = searcher
        self._language = language

    def find(self, asked: Asked) -> Found:
        query = translate(asked.narrowed())
        with _reporting(self._language):
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
        matches = [
            Match(_score(order), int(standing or 0), address)
            for (order, address), standing in zip(hits, standings, strict=True)
        ]
        if asked.order is Order.SCORE:
            matches.sort(key=lambda match: (-match.score, match.standing))
        return int(found.count), matches  # type: ignore[attr-defined] # not in its stub

    def _facets(self, asked: Asked) -> Facets:
        """All counts at once, then those of each facet that has a selection."""
        counts = self._facet_counts(asked.narrowed())
        for name in asked.filters:
            own = self._facet_counts(asked.narrowed(ignore=name))
            counts[name] = own.get(name, {})
        return counts

    def _facet_counts(self, query: Query) -> dict[str, dict[str, int]]:
        wanted = {"facets": {"terms": {"field": fields.FACETS, "size": _ALL_VALUES}}}
        with _reporting(self._language):
            answer = self._searcher.aggregate(translate(query), wanted)
        counts: dict[str, dict[str, int]] = {}
        for bucket in answer["facets"]["buckets"]:
            name, value = fields.split_facet_token(bucket["key"])
            counts.setdefault(name, {})[value] = int(bucket["doc_count"])
        return counts

    def hits(self, matches: Sequence[Match], step: Step | None) -> list[Hit]:
        with _reporting(self._language):
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
        with _reporting(self._language):
            return self._searcher.terms_with_prefix(fields.SPELLING, prefix)

    def digests(self) -> Iterator[tuple[str, str]]:
        yield from self._digests(tantivy.Query.all_query(), self._searcher.num_docs)

    def digests_of(self, keys: Collection[str]) -> dict[str, str]:
        return dict(self._digests(translate(Keys(frozenset(keys))), len(keys)))

    def _digests(self, query: tantivy.Query, limit: int) -> Iterator[tuple[str, str]]:
        with _reporting(self._language):
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
