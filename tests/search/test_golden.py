"""Golden queries over the starter content: what people should find is what they find,
with either engine. How the expectations are meant: ``golden/README.md``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from tests.starter import shared_copy

from .golden import judging
from .golden.indexing import answering, starter_names
from .golden.judging import Judged, Names, Row

pytestmark = pytest.mark.django_db

ROWS = [row for language in judging.LANGUAGES for row in judging.rows(language)]
#: Share of all expectations that hold, in per cent; the marked ones do not.
HELD = 91
#: Queries whose first ten may differ between the engines, with the reason.
DIFFERENT: dict[tuple[str, str], str] = {}

Answers = dict[tuple[str, str], Judged]


def _id(row: Row) -> str:
    return f"{row.language}-{row.query[:40]}"


each_row = pytest.mark.parametrize("row", ROWS, ids=_id)


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Names]:
    """The starter content in the database of this module."""
    copy = shared_copy(tmp_path_factory)
    with starter_names(copy, django_db_blocker) as names:
        yield names


def _ask(engine: Engine, names: Names) -> Answers:
    with answering(engine):
        return {(r.language, r.query): judging.judge(r, names) for r in ROWS}


@pytest.fixture(scope="module")
def embedded(starter, tmp_path_factory) -> Answers:
    """What the embedded engine answers."""
    return _ask(EmbeddedEngine(tmp_path_factory.mktemp("golden")), starter)


@pytest.fixture(scope="module")
def elastic(starter, make_elastic_engine) -> Answers:
    """What Elasticsearch answers."""
    return _ask(make_elastic_engine(), starter)


def test_expectations_name_what_there_is(starter):
    named = {
        name
        for row in ROWS
        for expectation in row.expectations
        for group in expectation.wanted
        for name in group
    }
    assert {name for name in named if name not in starter} == set()
    assert len({(row.language, row.query) for row in ROWS}) == len(ROWS)


@each_row
def test_finds_what_people_expect(embedded, row):
    """Exactly the marked expectations do not hold: take the mark off what does."""
    judged = embedded[row.language, row.query]
    wrong = [e.text for e in judged.failed]
    marked = [e.text for e in row.expectations if e.is_open]
    assert wrong == marked, judged.lists


def test_how_much_holds(embedded):
    assert judging.rates(embedded.values())["all"]["rate"] >= HELD / 100


@pytest.mark.elastic
@each_row
def test_both_engines_answer_alike(embedded, elastic, row):
    key = row.language, row.query
    assert (elastic[key].lists == embedded[key].lists) is (key not in DIFFERENT), (
        elastic[key].lists,
        embedded[key].lists,
    )
