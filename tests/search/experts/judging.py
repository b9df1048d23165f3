"""Asks the judged questions of the answer page and says where the first right one stands.

Django must be set up, starter and demo content in the database and in the engine's index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from search import answers
from search.evaluation.judged import figures
from search.evaluation.reading import read_qrels, read_queries
from search.registry import registry
from tests.search.golden.judging import Names

DATA = Path(__file__).parents[1] / "data"
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, whom a colleague would name, and who was named."""

    name: str
    question: str
    right: frozenset[str]
    found: tuple[str, ...]

    @property
    def place(self) -> int | None:
        """Where the first right answer stands."""
        places = (n for n, key in enumerate(self.found, 1) if key in self.right)
        return next(places, None)


def judge(language: str, names: Names) -> list[Judged]:
    """All questions of a language, as its page answers them from top to bottom."""
    questions = read_queries(DATA / f"experts_{language}.tsv")
    right = read_qrels(DATA / f"experts_{language}_qrels.txt")
    judged = []
    for name, question in questions.items():
        with translation.override(language):
            entries = answers.answer(question, language).entries
        found = tuple(names.of(who.hit) for who in entries)
        judged.append(Judged(name, question, frozenset(right[name]), found))
    return judged


def measures(judged: list[Judged]) -> dict[str, Any]:
    """MRR@10 and the others that ``search_evaluate`` prints."""
    runs = {one.name: one.found for one in judged}
    return figures(runs, {one.name: dict.fromkeys(one.right, 1) for one in judged}, [])


def corpus(language: str, names: Names) -> Iterator[str]:
    """The documents of a language as ``search_evaluate --experts`` reads them."""
    kinds = (*registry.work_kinds(), *registry.party_kinds())
    for source in (registry.source(kind) for kind in kinds):
        for obj in source.visible_in(language):
            for document in source.documents(obj):
                if document.language == language:
                    yield json.dumps(_row(document, names), ensure_ascii=False)


def _row(document: Any, names: Names) -> dict[str, Any]:
    texts = (*document.names, *document.headings, document.summary, document.body)
    people = [
        {
            "key": names.of_key(part.key),
            "role": part.role,
            "year": part.year,
            "basis": part.basis,
        }
        for part in document.parties
    ]
    return {
        "id": document.key,
        "kind": document.kind,
        "title": document.title,
        "text": "\n".join(filter(None, texts)),
        "people": people,
    }
