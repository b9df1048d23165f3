"""What every test can count on."""

import os

from django.core.cache import cache
from django.utils import translation

import pytest


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
