"""What every test can count on."""

import os
import time
from types import SimpleNamespace

from django.core.cache import cache
from django.utils import translation

import pytest


@pytest.fixture(autouse=True)
def _still_windows(monkeypatch):
    """Limits count in windows of the clock, and a test must not fall into two."""
    moment = time.time()
    clock = SimpleNamespace(time=lambda: moment)
    monkeypatch.setattr("hub.ratelimit.time", clock)


@pytest.fixture(autouse=True)
def _clean_state():
    """Reset the active language and the cache: leaked, they fail only in some order."""
    with translation.override("de"):
        cache.clear()
        yield


def require(available: bool, what: str) -> None:
    """Leave a test out where ``what`` is missing; with ``CI=true`` fail instead."""
    if available:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI leaves nothing out")
    pytest.skip(f"{what} is missing")
