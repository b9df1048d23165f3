"""The embedded engine: tantivy in a folder, no server. With ``embedded_query`` and
``embedded_reader`` the only importer of tantivy.

Text reaches tantivy as tokens only; it never parses what a person typed.
"""

from __future__ import annotations

import json
import shutil
import threading
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import tantivy

from .. import fields
from ..indexed import IndexedDocument, Word
from .base import (
    Add,
    Capability,
    Engine,
    IndexBusyError,
    IndexDamagedError,
    IndexUnwritableError,
)
from .embedded_parties import number_of
from .embedded_query import (
    BY_DATE,
    BY_TITLE,
    FROM,
    MARKS,
    PARTIES,
    PARTIES_ID,
    SCHEMA,
    STANDING,
    STORED,
    UNTIL,
)
from .embedded_reader import EmbeddedReader, reporting
from .generations import Generation, Generations

#: Bytes of documents that wait in memory for the next segment of an index. An index that
#: is built anew gets few segments, as each is looked through for every word of a query.
_HEAP, _BUILDING_HEAP = 50_000_000, 300_000_000
_SWAPS = 5


@contextmanager
def _writing(language: str) -> Iterator[None]:
    """Errors of a disk that is full or must not be written to."""
    with reporting(language, IndexUnwritableError):
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
        with reporting(language):
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
            with reporting(language):
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
                with _writer(index, _BUILDING_HEAP) as writer:
                    yield lambda document: _add(writer, document)
            generations.activate(path)

    def discard(self, language: str) -> None:
        """Give up an index: it is missing from now on, and built anew when needed."""
        self._generations(language).forget()

    def drop_all(self) -> None:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

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
def _writer(index: tantivy.Index, heap: int = _HEAP) -> Iterator[tantivy.IndexWriter]:
    """A writer that commits at the end, or leaves the index as it was."""
    writer = index.writer(heap, 1)
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
            PARTIES: indexed.parties.encode("utf-8", "surrogatepass"),
            PARTIES_ID: number_of(indexed.parties),
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
