"""An engine that holds what the database has, and answers for the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.core.management import call_command
from django.utils import translation

from search import held, maintenance
from search.engines.base import Engine
from search.meaning import filling, readings
from search.models import IndexChange
from tests.starter import starter_content

from .judging import LANGUAGES, Names

EMBEDDED = "embedded"


@contextmanager
def answering(engine: Engine) -> Iterator[Engine]:
    """Index everything, with what the model of the settings reads, and let this engine
    answer instead of that of the settings."""
    held.look_again()
    # What is expected here must not change on the day a review is due.
    with patch("hub.searching.OVERDUE_WEIGHT", 1.0):
        build(engine)
    with patch("search.session.get_engine", lambda: engine):
        yield engine
    held.look_again()


def build(engine: Engine) -> None:
    """Index everything, with what the model reads; what nobody shipped, it reads now."""
    for _ in range(2):
        for language in LANGUAGES:
            documents = maintenance.all_documents(language)
            engine.rebuild(language, documents, readings.prepared)
        if not filling.fill():
            return


@contextmanager
def starter_names(
    copy: Path, blocker: Any, *, with_demo: bool = False
) -> Iterator[Names]:
    """Starter content, on request with what was invented beside it, in the database of a
    module's tests: the names of everything."""
    with blocker.unblock(), translation.override("de"), starter_content(copy):
        if with_demo:
            call_command("load_demo", verbosity=0)
        IndexChange.objects.all().delete()
        yield Names()


@contextmanager
def engine_named(name: str, folder: Path) -> Iterator[Engine]:
    """``embedded``, or an Elasticsearch by its address; gone without a trace after."""
    if name == EMBEDDED:
        from search.engines.embedded import EmbeddedEngine

        yield EmbeddedEngine(folder)
        return
    from search.engines.elastic import ElasticEngine

    engine = ElasticEngine(name, prefix=f"golden-{uuid4().hex[:12]}", seconds=20.0)
    try:
        yield engine
    finally:
        engine.drop_all()
        engine.close()
