"""The parts of the search benchmark that need Django, each in a process of its own:
``python -m tests.bench.search_work fill|documents|baseline|index|queries …``.

Each prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.search_settings")

import django

django.setup()

from casestudies.models import CaseStudyPage
from search.documents import SearchDocument
from search.engines import get_engine
from search.indexed import prepare_all
from search.meaning.embedder import get_embedder
from search.meaning.passages import passages_of
from search.meaning.readings import read_at_once
from search.registry import registry
from search.session import open_search
from search.state import State
from tests.bench import search_corpus as corpus
from tests.bench.search_load import percentile

_CHUNK = 200
LANGUAGES = ("de", "en")


def clear(options: argparse.Namespace) -> dict[str, Any]:
    """Take away what an earlier run made."""
    corpus.clear()
    for path in options.folder.glob("documents-*.pickle"):
        path.unlink()
    return {}


def fill(options: argparse.Namespace) -> dict[str, Any]:
    """Cases from one number to another."""
    begin = time.monotonic()
    corpus.fill(options.data, options.begin, options.end)
    return {"seconds": time.monotonic() - begin}


def documents(options: argparse.Namespace) -> dict[str, Any]:
    """Search documents of what was filled in, made by the real sources."""
    begin = time.monotonic()
    made = 0
    for language in LANGUAGES:
        path = _file(options.folder, language, options.end)
        with path.open("wb") as target:
            for document in _documents(language, options.begin):
                pickle.dump(document, target)
                made += 1
    return {"seconds": time.monotonic() - begin, "documents": made}


def _documents(language: str, begin: int) -> Iterator[SearchDocument]:
    """Of the first part everything, of the others the new cases alone."""
    for source in registry.sources:
        found = source.visible_in(language)
        if begin and source.model is not CaseStudyPage:
            continue
        if begin:
            found = found.filter(path__gt=corpus.path_of(begin))
        for entry in found.iterator(chunk_size=_CHUNK):
            made = source.documents(entry)
            yield from (document for document in made if document.language == language)


def _file(folder: Path, language: str, end: int) -> Path:
    return folder / f"documents-{language}-{end:07}.pickle"


def _made(folder: Path, language: str, size: int) -> Iterator[SearchDocument]:
    """All documents of the corpus of a size."""
    last = _file(folder, language, size)
    for path in sorted(folder.glob(f"documents-{language}-*.pickle")):
        if path > last:
            return
        with path.open("rb") as source:
            while True:
                try:
                    yield pickle.load(source)
                except EOFError:
                    break


def baseline(options: argparse.Namespace) -> dict[str, Any]:
    """Index all cases with Wagtail's own search."""
    from tests.bench.search_baseline import build

    seconds, number = build()
    return {"seconds": seconds, "documents": number}


def index(options: argparse.Namespace) -> dict[str, Any]:
    """Build the indexes of the engine that the environment names."""
    engine, model = get_engine(), get_embedder()
    prepared = read_at_once(model) if model else prepare_all
    seconds, number, size, passages = 0.0, 0, 0, 0
    for language in LANGUAGES:
        begin = time.monotonic()
        documents = _made(options.folder, language, options.end)
        number += engine.rebuild(language, documents, prepared)
        seconds += time.monotonic() - begin
        for document in _made(options.folder, language, options.end):
            size += len(f"{document.title}{document.summary}{document.body}".encode())
            passages += len(passages_of(document)) if model else 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "documents": number,
        "bytes": size,
        "passages": passages,
        "peak": peak,
    }


def queries(options: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds of questions to the engine: ten hits, snippets and all facets."""
    asked = options.queries.read_text().splitlines()
    found = []
    end = time.monotonic() + options.seconds
    for text in asked:
        begin = time.perf_counter()
        open_search("de").answers(State(query=text), 10)
        found.append((time.perf_counter() - begin) * 1000)
        if time.monotonic() > end:
            break
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: percentile(found, share) for name, share in shares.items()}


PARTS = {
    part.__name__: part for part in (clear, fill, documents, baseline, index, queries)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--begin", type=int, default=0)
    parser.add_argument("--end", type=int, default=0)
    options = parser.parse_args()
    print(json.dumps(PARTS[options.part](options)))


if __name__ == "__main__":
    main()
