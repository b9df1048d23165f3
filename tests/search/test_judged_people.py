"""Judged questions to people over starter and demo content: those whom a colleague would
name stand first, with either engine. The questions: ``python -m tests.search.experts``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from tests.starter import shared_copy

from .experts import judging
from .golden.indexing import answering, starter_names
from .golden.judging import Names

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
