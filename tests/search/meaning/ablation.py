"""What each part of the search by meaning brings, and which questions it makes worse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.conf import settings

from search.engines.base import Engine
from search.meaning import embedder, fusion, nano, passages, questions
from tests.search.golden.indexing import build
from tests.search.golden.judging import Names

from . import judging

#: A part, and what takes it away or changes it: module, name, value.
PARTS: dict[str, list[tuple[Any, str, Any]]] = {
    "as it is": [],
    "a third by meaning": [(fusion, "MEANING", 1 / 3)],
    "two thirds by meaning": [(fusion, "MEANING", 2 / 3)],
    "short questions name nothing": [(questions, "SHORT", 0)],
    "single words by meaning, too": [(questions, "FEWEST", 1)],
    "what is hardly near, too": [(fusion, "FAINT", 0.0)],
    "the nearest 10 only": [
        (questions, n, 10) for n in ("NEAREST", "WORKS", "PARTIES")
    ],
    "the nearest 100": [(questions, n, 100) for n in ("NEAREST", "WORKS", "PARTIES")],
}
#: What is read otherwise; the index is built anew.
READ: dict[str, list[tuple[Any, str, Any]]] = {
    "without the heads of documents": [(passages, "_head", lambda document, title: "")],
    "vectors not centred": [(nano, "OFF_CENTRE", 0.0)],
}
#: A question counts as worse from so much less.
WORSE = 0.1


def measured(engine: Engine, names: Names) -> dict[str, dict[str, float]]:
    """nDCG@10 of documents and people with each part taken away."""
    found = {}
    for name, changes in PARTS.items():
        with _changed(changes):
            found[name] = _figures(names)
    for name, changes in READ.items():
        with _changed(changes), _another_model():
            build(engine)
            found[name] = _figures(names)
    build(engine)
    return found


@contextmanager
def _changed(changes: list[tuple[Any, str, Any]]) -> Iterator[None]:
    with ExitStack() as stack:
        for module, name, value in changes:
            stack.enter_context(patch.object(module, name, value))
        yield


@contextmanager
def _another_model() -> Iterator[None]:
    """Vectors that were read otherwise are those of another model."""
    embedder.forget()
    with (
        patch.object(nano.NanoEmbedder, "version", "ablation"),
        patch.dict(settings.SEARCH, VECTORS=None),
    ):
        yield
    embedder.forget()


def _figures(names: Names) -> dict[str, float]:
    documents = judging.measure(judging.documents(), names, judging.found_documents)
    people = judging.measure(judging.people(), names, judging.found_people)
    return {
        "documents": documents["all"]["nDCG@10"],
        "exact": documents["exact"]["nDCG@10"],
        "who can help": people["all"]["nDCG@10"],
    }


def worse(names: Names) -> list[dict[str, Any]]:
    """Questions that words alone answer better than words and meaning."""
    found = []
    for asked, ask in (
        (judging.documents(), judging.found_documents),
        (judging.people(), judging.found_people),
    ):
        for question in asked:
            with patch.dict(settings.SEARCH, MEANING="off"):
                words = judging.measure([question], names, ask)["all"]["nDCG@10"]
            both = judging.measure([question], names, ask)["all"]["nDCG@10"]
            if both <= words - WORSE:
                line = {"question": question.name, "text": question.text}
                found.append(line | {"words": words, "both": both})
    return sorted(found, key=lambda line: line["both"] - line["words"])
