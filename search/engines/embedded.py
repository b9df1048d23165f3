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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import tantivy

from .. import fields
from ..indexed import IndexedDocument, Reading, Word, number_of
from .base import (
    Add,
    Capability,
    Engine,
    IndexBusyError,
    IndexDamagedError,
    IndexUnwritableError,
)
from .embedded_query import (
    BY_DATE,
    BY_TITLE,
    FROM,
    MARKS,
    NUMBER,
    PARTIES,
    PARTIES_ID,
    SCHEMA,
    STANDING,
    STORED,
    UNTIL,
)
from .embedded_reader import EmbeddedReader, reporting
from .generations import Generation, Generations

if TYPE_CHECKING:
    from .embedded_vectors import VectorFile

#: Bytes of documents that wait in memory for the next segment of an index. An index that
#: is built anew gets few segments, as each is looked through for every word of a query.
_HEAP, _BUILDING_HEAP = 50_000_000, 300_000_000
_SWAPS = 5
#: Folder of a generation that holds its vectors.
_VECTORS = "vectors"


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
        self._vectors: dict[Path, VectorFile] = {}
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
            vectors = partial(self._vector_file, generation.path)
            return EmbeddedReader(index.searcher(), language, vectors)

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

    def _vector_file(self, generation: Path) -> VectorFile:
        """The vectors of a generation. Where nobody searches by meaning, what reads them
        is not even loaded."""
        from .embedded_vectors import VectorFile

        with self._guard:
            if generation not in self._vectors:
                gone = [path for path in self._vectors if not path.exists()]
                for path in gone:
                    del self._vectors[path]
                self._vectors[generation] = VectorFile(generation / _VECTORS)
            return self._vectors[generation]

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
            self._write_vectors(current.path, documents, removals)

    def _write_vectors(
        self,
        generation: Path,
        documents: Sequence[IndexedDocument],
        removals: Collection[str],
    ) -> None:
        model = _model(documents)
        if model or (generation / _VECTORS).exists():
            read = {document.key: document.readings for document in documents}
            self._vector_file(generation).change(model, read, removals)

    @contextmanager
    def building(self, language: str) -> Iterator[Add]:
        generations = self._generations(language)
        with _writing(language), generations.lock(timeout=60.0):
            with generations.create() as path:
                index = tantivy.Index(SCHEMA, path=str(path))
                read: dict[str, Sequence[Reading]] = {}
                models: set[str] = set()

                def add(document: IndexedDocument) -> None:
                    writer.add_document(_to_tantivy(document))
                    if document.readings:
                        read[document.key] = document.readings
                        models.add(document.model)

                with _writer(index, _BUILDING_HEAP) as writer:
                    yield add
                if read:
                    self._vector_file(path).write(min(models), read)
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
            self._vectors.clear()


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


def _model(documents: Sequence[IndexedDocument]) -> str:
    """The model that read some of the documents; all were read by the same one."""
    return next((document.model for document in documents if document.readings), "")


def _to_tantivy(indexed: IndexedDocument) -> tantivy.Document:
    document = tantivy.Document.from_dict(
        {
            fields.KEY: indexed.key,
            fields.FACETS: indexed.facets,
            FROM: indexed.visible_from,
            UNTIL: indexed.visible_until,
            NUMBER: indexed.number,
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
