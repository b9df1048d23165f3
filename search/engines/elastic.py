"""The Elasticsearch engine. With ``elastic_query`` and ``elastic_client`` the only
importer of elasticsearch.

Each language has one alias, whose name carries the versions of fields and analysis; it
points to one generation. A rebuild fills a new one and moves the alias. There is no
lock here: documents are written whole and by key, and that there is one indexer at a
time is the database's business, which all machines share (``search.lease``).
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import uuid4

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
    IndexOutdatedError,
    Page,
    Reader,
    SearchUnavailableError,
)
from .elastic_client import PAUSE, Connection, meaning, reason
from .elastic_documents import action, hit_of, removal
from .elastic_query import (
    CARD,
    KNOWN,
    MARKS,
    SETTINGS,
    TEXT,
    mapping,
)
from .elastic_reader import ElasticReader
from .elastic_search import read_found, search_body
from .generations import versions
from .recent import RecentWords

logger = logging.getLogger(__name__)

PREFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_CHUNK, _CHUNK_BYTES = 500, 10_000_000
_MERGE_SECONDS = 600.0
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
        if not PREFIX.fullmatch(prefix):
            raise ValueError("An index prefix has small letters, digits and hyphens.")
        self.prefix = prefix
        self.connection = Connection(url, seconds, pause)
        self._known = RecentWords()

    # ---- names -----------------------------------------------------------------------

    def alias(self, language: str) -> str:
        """What is read and written: the generation of the versions of this code."""
        safe = re.sub(r"[^a-z0-9.-]", "-", versions().lower())
        return f"{self.prefix}_{language}.{safe}"

    def _pattern(self, language: str) -> str:
        return f"{self.prefix}_{language}_*"

    # ---- reading ---------------------------------------------------------------------

    def reader(self, language: str) -> ElasticReader:
        return ElasticReader(self, language)

    def find_many(self, asked: Sequence[tuple[Reader, Asked]]) -> list[Found]:
        languages = [reader.language for reader, _ in asked]  # type: ignore[attr-defined]
        lines: list[Mapping[str, Any]] = []
        for code, (_, question) in zip(languages, asked, strict=True):
            lines += [{"index": self.alias(code)}, search_body(question)]
        answers = self.msearch(lines, languages)
        return [
            read_found(answer, question)
            for answer, (_, question) in zip(answers, asked, strict=True)
        ]

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
            failure = self._absence(language)
        raise failure

    def _absence(self, language: str) -> SearchUnavailableError:
        """Why there is no index to read: none at all, or one of another version."""
        name = f"{self.prefix}_{language}."
        with self.connection.asking() as client:
            indexes = client.indices.get_alias(index=self._pattern(language))
        aliases = [a for i in indexes.values() for a in i["aliases"]]
        found = [alias for alias in aliases if alias.startswith(name)]
        if not found:
            return IndexMissingError(f"No index {language} yet.")
        return IndexOutdatedError(
            f"Index {language} has version {found[0].removeprefix(name)}, "
            f"needed is {versions()}."
        )

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
        index = self._create(language)
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
            self._activate(language, index)
            self._known.clear()
        except BaseException:
            self._drop(index)
            raise

    def _create(self, language: str) -> str:
        """A new, empty generation that nobody reads yet."""
        moment = f"{int(time.time())}-{uuid4().hex[:8]}"
        index = self._pattern(language).replace("*", moment)
        with self.connection.writing() as client:
            client.indices.create(
                index=index,
                settings=SETTINGS,
                mappings=mapping(versions()),
                aliases={f"{index}.new": {}},
            )
        return index

    def _activate(self, language: str, index: str) -> None:
        """Point to a finished generation, in one step; then drop all others, also what
        somebody left half built. Not in the same step: while an index is being removed,
        the server still sends questions to it."""
        with self.connection.writing() as client:
            patient = client.options(request_timeout=_MERGE_SECONDS)
            patient.indices.forcemerge(index=index, max_num_segments=1)
            indexes = client.indices.get_alias(index=self._pattern(language))
            name = f"{self.prefix}_{language}."
            past = [
                {"remove": {"index": other, "alias": alias}}
                for other, content in indexes.items()
                for alias in content["aliases"]
                if other != index and alias.startswith(name)
            ]
            client.indices.update_aliases(
                actions=[
                    {"add": {"index": index, "alias": self.alias(language)}},
                    {"remove": {"index": index, "alias": f"{index}.new"}},
                    *past,
                ]
            )
            others = [other for other in indexes if other != index]
            if others:
                client.indices.delete(index=others, ignore_unavailable=True)

    def _drop(self, index: str) -> None:
        """Best effort: the next rebuild drops what is left."""
        try:
            with self.connection.writing() as client:
                client.indices.delete(index=index, ignore_unavailable=True)
        except Exception:  # noqa: S110 (the first failure is the one to report)
            pass

    def drop_all(self) -> None:
        """Remove every index of this prefix."""
        with self.connection.writing() as client:
            names = list(client.indices.get_alias(index=f"{self.prefix}_*"))
            if names:
                client.indices.delete(index=names)

    def close(self) -> None:
        self.connection.close()
