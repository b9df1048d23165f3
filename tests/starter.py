"""The whole starter content, loaded once a test run by whoever needs it first.

Loading takes long, so the first test that has it in its database leaves a copy of the
database for all others, those of other processes, too.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction

from hub.exchange.importer import Importer
from search import held

STARTER = Path(settings.BASE_DIR) / "hub" / "starter"


def shared_copy(tmp_path_factory) -> Path:
    """Where the copy of this run lies, for all its processes."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return folder / "starter.sqlite3"


def keep(copy: Path) -> None:
    """Leave a copy of the database as it is now, within a transaction, too."""
    if copy.exists() or connection.vendor != "sqlite":
        return
    half = copy.with_suffix(f".{os.getpid()}")
    half.write_bytes(_database().serialize())
    half.rename(copy)


@contextmanager
def starter_content(copy: Path) -> Iterator[None]:
    """The database holds the starter content meanwhile, and then what it held before."""
    if not copy.exists():
        _load(copy)
    before = _database().serialize()
    _replace(copy.read_bytes())
    try:
        yield
    finally:
        _replace(before)


def _load(copy: Path) -> None:
    with transaction.atomic():
        Importer(STARTER).run()
        keep(copy)
        transaction.set_rollback(True)
    cache.clear()


def _replace(content: bytes) -> None:
    with sqlite3.connect(":memory:") as source:
        source.deserialize(content)
        source.backup(_database())
    source.close()
    cache.clear()
    held.look_again()
    ContentType.objects.clear_cache()


def _database() -> sqlite3.Connection:
    connection.ensure_connection()
    return connection.connection
