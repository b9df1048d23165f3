"""The Elasticsearch engine. With ``elastic_query`` and ``elastic_client`` the only
importer of elasticsearch.

A rebuild fills a new generation and moves the alias (``elastic_generations``). There is
no lock here: documents are written whole and by key, and that there is one indexer at a
time is the database's business, which all machines share (``search.lease``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from typing import Any, ClassVar

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from ..indexed import IndexedDocument
from ..results import Hit
from .base import (
    Add,
    Asked,
    Capability,
    DocumentsRejectedError,
    Engine,
    Found,
    IndexMissingError,
    Meant,
    Near,
    Page,
    Reader,
)
from .elastic_client import PAUSE, Connection, meaning, reason
from .elastic_documents import action, hit_of, removal
from .elastic_generations import ElasticGenerations
from .elastic_query import (
    CARD,
    KNOWN,
    MARKS,
    TEXT,
)
from .elastic_reader import ElasticReader
from .elastic_search import nearest_body, read_found, read_near, search_body
from .recent import RecentWords

logger = logging.getLogger(__name__)

#: Small requests: vectors make them large, and a server with little memory refuses those.
_CHUNK, _CHUNK_BYTES = 500, 4_000_000
#: Status of a document that the server will not take.
_REFUSED = 400


class ElasticEngine(Engine):
    """An index per language and generation on one server or cluster."""

    name = "elastic"
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability)

    def __init__(
        self,
        url: str,
        prefix: str = "drehscheibe",
        seconds: float = 2.0,
        pause: float = PAUSE,
    ) -> None:
        self.prefix = prefix
        self.connection = Connection(url, seconds, pause)
        self.generations = ElasticGenerations(self.connection, prefix)
        self._known = RecentWords()

    def alias(self, language: str) -> str:
        """What is read and written: the generation of the versions of this code."""
        return self.generations.alias(language)

    # ---- reading ---------------------------------------------------------------------

    def reader(self, language: str) -> ElasticReader:
        return ElasticReader(self, language)

    def find_many(self, asked: Sequence[tuple[Reader, Asked]]) -> list[Found]:
        answers = self._searched(
            (reader, search_body(question, reader.translate))  # type: ignore[attr-defined]
            for reader, question in asked
        )
        return [
            read_found(answer, question)
            for answer, (_, question) in zip(answers, asked, strict=True)
        ]

    def nearest_many(self, asked: Sequence[tuple[Reader, Meant]]) -> list[list[Near]]:
        bodies = ((reader, nearest_body(question)) for reader, question in asked)
        return [read_near(answer) for answer in self._searched(bodies)]

    def _searched(
        self, asked: Iterable[tuple[Reader, Mapping[str, Any]]]
    ) -> list[Mapping[str, Any]]:
        """One search for each reader, in one round trip."""
        languages: list[str] = []
        lines: list[Mapping[str, Any]] = []
        for reader, body in asked:
            language = reader.language  # type: ignore[attr-defined]
            languages.append(language)
            lines += [{"index": self.alias(language)}, body]
        return self.msearch(lines, languages)

    def msearch(
        self, lines: Sequence[Mapping[str, Any]], languages: Sequence[str]
    ) -> list[Mapping[str, Any]]:
        """Several searches in one round trip."""
        answers = self._asked_twice(
            lambda client: client.msearch(searches=lines)["responses"]
        )
        for language, answer in zip(languages, answers, strict=True):
            self._require(language, answer)
        return answers

    def load_many(self, pages: Sequence[Page]) -> list[list[Hit]]:
        wanted = [
            {
                "_index": self.alias(reader.language),  # type: ignore[attr-defined]
                "_id": match.handle,
                "_source": [CARD, TEXT, MARKS] if step else [CARD],
            }
            for reader, matches, step in pages
            for match in matches
        ]
        if not wanted:
            return [[] for _ in pages]
        found = self._asked_twice(lambda client: client.mget(docs=wanted)["docs"])
        documents = iter(found)
        return [
            [
                hit_of(match, document["_source"], step)
                for match, document in zip(matches, documents, strict=False)
                if document.get("found")  # else removed a moment ago
            ]
            for _, matches, step in pages
        ]

    def known_many(self, stems: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
        """A page asks for the same words several times; the server once."""
        known: dict[str, set[str]] = {}
        asked: dict[str, list[str]] = {}
        for code, some in stems.items():
            words = {stem for stem in some if stem}
            known[code], new = self._known.of(code, words)
            if new:
                asked[code] = new
        if asked:
            answers = self._known_many(asked)
            self._known.add(asked, answers)
            for code, found in answers.items():
                known[code] |= found
        return known

    def _known_many(self, asked: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
        """A made-up document of these words; the server says who else has them."""
        known: dict[str, set[str]] = {code: set() for code in asked}
        documents = [
            {
                "_index": self.alias(code),
                "doc": dict.fromkeys(KNOWN, " ".join(words)),
                "fields": list(KNOWN),
                "term_statistics": True,
                "field_statistics": False,
                "positions": False,
                "offsets": False,
            }
            for code, words in asked.items()
        ]
        answers = self._asked_twice(
            lambda client: client.mtermvectors(docs=documents)["docs"]
        )
        for code, answer in zip(asked, answers, strict=True):
            self._require(code, answer)
            for vector in answer["term_vectors"].values():
                terms = vector["terms"].items()
                known[code] |= {term for term, seen in terms if seen.get("doc_freq")}
        return known

    def _asked_twice(
        self, ask: Callable[[Elasticsearch], list[Mapping[str, Any]]]
    ) -> list[Mapping[str, Any]]:
        """Answers; once more where a generation was swapped while it was being read."""
        with self.connection.asking() as client:
            answers = ask(client)
            if any("error" in answer for answer in answers):
                answers = ask(client)
        return answers

    def _require(self, language: str, answer: Mapping[str, Any]) -> None:
        """Raise what an answer that is an error means."""
        if "error" not in answer:
            return
        error = answer["error"]
        missing = "index_not_found" in json.dumps(error)
        status = 404 if missing else int(answer.get("status", 500))
        failure = meaning(status, answer)
        if isinstance(failure, IndexMissingError):
            failure = self.generations.absence(language)
        raise failure

    # ---- writing ---------------------------------------------------------------------

    def write(
        self,
        language: str,
        documents: Sequence[IndexedDocument],
        removals: Collection[str],
    ) -> None:
        target = self.alias(language)
        actions = [removal(target, key) for key in removals]
        actions += [action(target, document) for document in documents]
        self._write(language, actions, refresh=True)
        self._known.clear()

    def _write(
        self, language: str, actions: Sequence[dict[str, Any]], *, refresh: bool
    ) -> None:
        """Write in parts; what is removed may be gone already."""
        refused: dict[str, str] = {}
        with self.connection.writing() as client:
            results = streaming_bulk(
                client,
                actions,
                chunk_size=_CHUNK,
                max_chunk_bytes=_CHUNK_BYTES,
                raise_on_error=False,
                refresh=refresh,
                require_alias=True,  # never makes an index by writing to it
            )
            for _, item in results:
                outcome = next(iter(item.values()))
                if outcome["status"] == _REFUSED:
                    refused[outcome["_id"]] = reason(outcome)
                else:
                    self._require(language, outcome)
        if refused:
            raise DocumentsRejectedError(refused)

    @contextmanager
    def building(self, language: str) -> Iterator[Add]:
        index = self.generations.create(language)
        waiting: list[dict[str, Any]] = []

        def add(document: IndexedDocument) -> None:
            waiting.append(action(f"{index}.new", document))
            if len(waiting) >= _CHUNK:
                flush()

        def flush() -> None:
            try:
                self._write(language, waiting, refresh=False)
            except DocumentsRejectedError as error:  # a comparison will name them
                logger.error("Left out of the new index: %s", error.reasons)
            waiting.clear()

        try:
            yield add
            flush()
            self.generations.activate(language, index)
            self._known.clear()
        except BaseException:
            self.generations.drop(index)
            raise

    def drop_all(self) -> None:
        self.generations.drop_all()

    def close(self) -> None:
        self.connection.close()
