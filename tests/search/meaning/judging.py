"""Asks the judged questions of this folder and measures what the site answers.

Django must be set up, starter and demo content in the database and in the engine's index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.utils import translation

from search import answers
from search.evaluation.judged import figures
from search.evaluation.reading import read_qrels, read_table
from search.meaning import questions
from search.registry import CONTENT
from search.registry import NETWORK as NETWORK_GROUP
from search.service import first_hits
from search.session import open_search
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


def nearest_documents(question: Question, names: Names) -> list[str]:
    """The same by meaning alone."""
    return _nearest(question, names, CONTENT)


def nearest_people(question: Question, names: Names) -> list[str]:
    """People and organisations whose own documents are nearest in meaning."""
    return _nearest(question, names, NETWORK_GROUP)


def _nearest(question: Question, names: Names, group: str) -> list[str]:
    search = open_search(question.language)
    state = State(query=question.text, group=group)
    parsed = search.parse(question.text)
    plan, request = search.plan(parsed), search.request(state, 0)
    asked = questions.guessed(parsed, plan, request, 2 * DEPTH)
    near = search.reader.nearest(asked) if asked else []
    found = [_told(names.of_key(one.key.rpartition(":")[0])) for one in near]
    return list(dict.fromkeys(found))[:DEPTH]


Ask = Callable[[Question, Names], list[str]]


def ways() -> Iterator[tuple[str, Ask, Ask]]:
    """Words alone, meaning alone, and both as the site does, one after the other."""
    with patch.dict(settings.SEARCH, MEANING="off"):
        yield "words", found_documents, found_people
    yield "meaning", nearest_documents, nearest_people
    yield "both", found_documents, found_people


def found_people(question: Question, names: Names) -> list[str]:
    """Stable ids of those the pages of answers name, from top to bottom."""
    found: list[str] = []
    page = pages = 1
    with translation.override(question.language):
        while page <= pages and len(found) < DEPTH:
            shown = answers.answer(question.text, question.language, page=page)
            found += [names.of(who.hit) for who in shown.entries]
            page, pages = page + 1, shown.pages
    return found[:DEPTH]


def measure(
    questions: Sequence[Question],
    names: Names,
    ask: Ask,
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
