"""Runs judged queries through a real engine in a folder that goes afterwards."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..documents import SearchDocument
from ..engines.base import Engine, Request
from ..ladder import build, content_tokens
from ..parsing import parse

KIND = "text"
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Corpus:
    """An engine that holds a corpus; numbers lead back to the corpus's own ids."""

    engine: Engine
    language: str
    names: list[str]

    def ranked(self, text: str, depth: int = DEPTH) -> list[str]:
        """Ids of the documents that a query finds, in order."""
        parsed = parse(text)
        tokens = content_tokens(parsed.text, self.language)
        stems = {token.stem for token in tokens if not token.is_stop}
        reader = self.engine.reader(self.language)
        plan = build(parsed, self.language, stems - reader.known(stems))
        request = Request(
            language=self.language, steps=plan.steps, limit=depth, with_facets=False
        )
        return [self.names[hit.object_id] for hit in self.engine.search(request).hits]


def engine_for(name: str, folder: Path) -> Engine:
    """The engine to measure."""
    if name != "embedded":
        raise ValueError(f"No engine '{name}' to measure; there is: embedded.")
    from ..engines.embedded import EmbeddedEngine

    return EmbeddedEngine(folder)


def measure(
    engine_name: str,
    language: str,
    rows: Iterable[Mapping[str, Any]],
    fields: Iterable[str],
    work: Callable[[Corpus], Any],
) -> tuple[Any, int, float]:
    """Index a corpus, do the work on it; returns its result, size and seconds."""
    names: list[str] = []
    with tempfile.TemporaryDirectory(prefix="search-evaluate-") as folder:
        engine = engine_for(engine_name, Path(folder))
        begun = time.perf_counter()
        engine.rebuild(language, _documents(rows, set(fields), language, names))
        seconds = time.perf_counter() - begun
        result = work(Corpus(engine, language, names))
        engine.close()
    return result, len(names), seconds


def _documents(
    rows: Iterable[Mapping[str, Any]],
    fields: set[str],
    language: str,
    names: list[str],
) -> Iterator[SearchDocument]:
    for number, row in enumerate(rows):
        names.append(str(row["id"]))
        yield SearchDocument(
            kind=str(row.get("kind") or KIND),
            object_id=number,
            language=language,
            title=str(row.get("title", "")) if "title" in fields else "",
            url=f"/{number}/",
            body=str(row.get("text", "")) if "text" in fields else "",
        )


def run_queries(
    corpus: Corpus, queries: Mapping[str, str]
) -> tuple[dict[str, list[str]], list[float]]:
    """Every query once, with its time."""
    runs, seconds = {}, []
    for name, text in queries.items():
        begun = time.perf_counter()
        runs[name] = corpus.ranked(text)
        seconds.append(time.perf_counter() - begun)
    return runs, seconds
