"""Engines, and the one that the settings choose."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .base import Engine

SUPPORTED = ("embedded://",)


def get_engine() -> Engine:
    """The engine that ``SEARCH["URL"]`` names, kept for the life of the process."""
    return _make_engine(settings.SEARCH["URL"], str(settings.SEARCH["INDEX_DIR"]))


@lru_cache(maxsize=4)
def _make_engine(url: str, folder: str) -> Engine:
    if url not in SUPPORTED:
        raise ImproperlyConfigured(
            f"HUB_SEARCH_URL={url!r} names no search engine that is supported. "
            f"Supported: {', '.join(SUPPORTED)}"
        )
    from .embedded import EmbeddedEngine

    return EmbeddedEngine(Path(folder))
