"""A folder of small content, and ways to import it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.utils import translation

import pytest

from hub.exchange.importer import Importer
from hub.exchange.problems import ExchangeError
from hub.exchange.report import Report

from .content import content, write

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Report]:
    """The small content, imported once for a whole module; undone after it."""
    folder = write(tmp_path_factory.mktemp("content"), content())
    with django_db_blocker.unblock(), transaction.atomic():
        with translation.override("de"):
            report = Importer(folder).run()
        yield report
        transaction.set_rollback(True)


@pytest.fixture
def load(db, tmp_path) -> Callable[..., Report]:
    """Import rows, or the small content if none are given."""

    def run(rows: Rows | None = None, **options: Any) -> Report:
        dry_run = options.pop("dry_run", False)
        folder = write(tmp_path / "files", content() if rows is None else rows)
        return Importer(folder, **options).run(dry_run=dry_run)

    return run


@pytest.fixture
def complaints(load) -> Callable[..., list[str]]:
    """What an import of these rows complains about."""

    def run(rows: Rows, **options: Any) -> list[str]:
        with pytest.raises(ExchangeError) as caught:
            load(rows, **options)
        return [str(problem) for problem in caught.value.problems]

    return run
