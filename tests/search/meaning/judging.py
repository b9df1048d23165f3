"""Asks the judged questions of this folder and measures what the site answers.

Django must be set up, starter and demo content in the database and in the engine's index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation

from search import answers
from search.evaluation.judged import figures
from search.evaluation.reading import read_qrels, read_table
from search.registry import CONTENT
from search.service import first_hits
from search.state import State
from tests.search.golden.judging import Names

HERE = Path(__file__).parent
DEPTH = 10
#: What stands in the list of contents only.
NETWORK = ("organisations/", "people/")
EASY = "easy_texts/"


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question with what its answers are worth."""

    name: str
    language: str
    text: str
    kind: str
    grades: dict[str, int]


def documents() -> list[Question]:
    """Questions to documents. Who stands in the other list is not counted here."""
    found = _questions("queries.tsv", "qrels.txt", "kind")
    for one in found:
        for name in [name for name in one.grades if name.startswith(NETWORK)]:
            del one.grades[name]
    return [one for one in found if one.grades]


def people() -> list[Question]:
    """Questions "who can help"."""
    return _questions("questions.tsv", "questions_qrels.txt")


def _questions(table: str, judged: str, *more: str) -> list[Question]:
    grades = read_qrels(HERE / judged)
    return [
        Question(
            row["id"],
            row["language"],
            row["text"],
            row.get("kind", ""),
            grades[row["id"]],
        )
        for row in read_table(HERE / table, ("id", "language", "text", *more))
    ]


def found_documents(question: Question, names: Names) -> list[str]:
    """Stable ids of the first contents; an easy text stands for what it is about."""
    state = State(query=question.text, group=CONTENT)
    with translation.override(question.language):
        hits = first_hits(state, question.language, 2 * DEPTH)
    found = [_told(names.of(hit)) for hit in hits]
    return list(dict.fromkeys(found))[:DEPTH]


def _told(name: str) -> str:
    if not name.startswith(EASY):
        return name
    return name.removeprefix(EASY).rpartition("/")[0]


def found_people(question: Question, names: Names) -> list[str]:
    """Stable ids of those the page of answers names, from top to bottom."""
    with translation.override(question.language):
        entries = answers.answer(question.text, question.language).entries
    return [names.of(who.hit) for who in entries][:DEPTH]


def measure(
    questions: Sequence[Question],
    names: Names,
    ask: Callable[[Question, Names], list[str]],
) -> dict[str, dict[str, float]]:
    """Figures over all questions, by language and by kind. An answer that nobody has is
    an empty list and counts as nothing found."""
    runs = {one.name: ask(one, names) for one in questions}
    groups: dict[str, list[Question]] = defaultdict(list)
    for one in questions:
        for group in ("all", one.language, one.kind):
            if group:
                groups[group].append(one)
    return {
        group: {"questions": len(some)}
        | figures(
            {one.name: runs[one.name] for one in some},
            {one.name: one.grades for one in some},
            [],
        )
        for group, some in groups.items()
    }
