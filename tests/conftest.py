"""What every test can count on."""

import hashlib
import os
import sqlite3
import tempfile
import time
from functools import cache as once
from pathlib import Path
from types import SimpleNamespace

from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.db.backends.signals import connection_created
from django.utils import translation

import pytest

from search import held

# A migrated database is kept ----------------------------------------------------------


@once
def _kept_database() -> Path:
    """Where the migrated SQLite database of these migrations is kept. To migrate takes
    longer than most test files, and every worker of every run needs it."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    name = f"drehscheibe-tests-{digest.hexdigest()[:16]}.sqlite3"
    return Path(tempfile.gettempdir(), name)


def _fill(connection, **kwargs) -> None:
    """Fill an empty database in memory from the one that is kept."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        return
    is_new = not connection.introspection.table_names()
    if is_new and _kept_database().exists():
        with sqlite3.connect(_kept_database()) as kept:
            kept.backup(connection.connection)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Before the database is made."""
    connection_created.connect(_fill, dispatch_uid="tests.kept_database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After it was made: keep it for the next worker."""
    if connection.vendor != "sqlite" or _kept_database().exists():
        return
    part = _kept_database().with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), sqlite3.connect(part) as kept:
        connection.ensure_connection()
        connection.connection.backup(kept)
    part.replace(_kept_database())


@pytest.fixture(autouse=True)
def _still_windows(monkeypatch):
    """Limits count in windows of the clock, and a test must not fall into two."""
    moment = time.time()
    clock = SimpleNamespace(time=lambda: moment)
    monkeypatch.setattr("hub.ratelimit.time", clock)


@pytest.fixture(autouse=True)
def _clean_state():
    """Reset the active language, the cache and what is held in memory: leaked, they fail
    only in some order."""
    with translation.override("de"):
        cache.clear()
        held.look_again()
        yield


def require(available: bool, what: str) -> None:
    """Leave a test out where ``what`` is missing; with ``CI=true`` fail instead."""
    if available:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI leaves nothing out")
    pytest.skip(f"{what} is missing")
