"""A corpus in a real engine, in a folder or under a prefix that goes afterwards."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured

from ..documents import SearchDocument
from ..engines import EMBEDDED, make_engine
from ..engines.base import Engine, Prepare, Request
from ..indexed import prepare_all
from ..meaning import questions
from ..meaning.embedder import get_embedder, problem
from ..meaning.readings import read_at_once
from ..parsing import parse
from ..planning import plan, read
from ..results import Hit
from ..synonyms import shipped

KIND = "text"
#: So many documents are ranked; a page shows ten.
DEPTH, PAGE = 100, 10
#: Building an index takes longer than a page may.
_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """An engine that holds a corpus; numbers lead back to the corpus's own ids."""

    engine: Engine
    language: str
    names: list[str]
    index_seconds: float = 0.0
    by_meaning: bool = False

    def hits(self, text: str, limit: int = DEPTH) -> tuple[Hit, ...]:
        """What a query finds, by the way a query takes on the site."""
        parsed = parse(text)
        reader = self.engine.reader(self.language)
        words = read(parsed.text, self.language, reader, shipped(self.language))
        made = plan(parsed, self.language, words)
        request = Request(
            language=self.language, steps=made.steps, limit=limit, with_facets=False
        )
        if self.by_meaning:
            for meant in questions.asked(parsed, made, request.sort, [request]):
                near = reader.nearest(meant)
                fusion = questions.fusion_of(made, near, request)
                request = replace(request, fusion=fusion)
        return self.engine.search(request).hits

    def ranked(self, text: str, limit: int = DEPTH) -> list[str]:
        """Ids of the documents that a query finds, in order."""
        return [self.names[hit.object_id] for hit in self.hits(text, limit)]

    def finds(self, query: str, name: str) -> bool:
        """Whether a document is among the first ten hits."""
        return name in self.ranked(query, PAGE)


@contextmanager
def _engine(name: str) -> Iterator[Engine]:
    """The engine to measure, gone afterwards with all it holds."""
    url = EMBEDDED if name == "embedded" else name
    prefix = f"evaluate-{uuid4().hex[:10]}"
    with tempfile.TemporaryDirectory(prefix="search-evaluate-") as folder:
        engine = make_engine(url, Path(folder), prefix, _SECONDS)
        try:
            yield engine
        finally:
            engine.drop_all()
            engine.close()


@contextmanager
def filled(
    engine_name: str,
    language: str,
    rows: Iterable[Mapping[str, Any]],
    fields: Iterable[str] = ("title", "text"),
    by_meaning: bool = False,
) -> Iterator[Corpus]:
    """An index of these rows, for as long as the block lasts; on request read by the
    model of the settings."""
    names: list[str] = []
    prepared = _reading() if by_meaning else prepare_all
    with _engine(engine_name) as engine:
        begun = time.perf_counter()
        documents = _documents(rows, frozenset(fields), language, names)
        engine.rebuild(language, documents, prepared)
        seconds = time.perf_counter() - begun
        yield Corpus(engine, language, names, seconds, by_meaning)


def _reading() -> Prepare:
    embedder = get_embedder()
    if embedder is None:
        raise ImproperlyConfigured(f"No model reads: {problem() or 'switched off'}")
    return read_at_once(embedder)


def _documents(
    rows: Iterable[Mapping[str, Any]],
    fields: frozenset[str],
    language: str,
    names: list[str],
) -> Iterator[SearchDocument]:
    for number, row in enumerate(rows):
        names.append(str(row["id"]))
        yield SearchDocument(
            kind=_kind(row.get("kind")),
            object_id=number,
            language=language,
            title=(row.get("title") or "") if "title" in fields else "",
            url=f"/{number}/",
            body=(row.get("text") or "") if "text" in fields else "",
        )


def _kind(kind: str | None) -> str:
    """A kind is part of a document's key, where a colon would part it."""
    return (kind or KIND).replace(":", "-")
