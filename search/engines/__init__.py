"""Engines, and the one that the settings choose."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .base import Engine

EMBEDDED = "embedded://"
SUPPORTED = (EMBEDDED, "http://host:port", "https://user:password@host:port")


def get_engine() -> Engine:
    """The engine that ``SEARCH["URL"]`` names, kept for the life of the process."""
    search = settings.SEARCH
    return _kept_engine(
        search["URL"],
        str(search["INDEX_DIR"]),
        search.get("PREFIX", "drehscheibe"),
        search.get("TIMEOUT", 2.0),
        search.get("FALLBACK", ""),
    )


@lru_cache(maxsize=4)
def _kept_engine(
    url: str, folder: str, prefix: str, seconds: float, fallback: str
) -> Engine:
    engine = make_engine(url, Path(folder), prefix, seconds)
    if not fallback:
        return engine
    if fallback != "embedded" or url == EMBEDDED:
        raise ImproperlyConfigured(
            f"HUB_SEARCH_FALLBACK={fallback!r} is not possible: beside Elasticsearch "
            "it may be 'embedded', else it stays empty."
        )
    from .embedded import EmbeddedEngine
    from .paired import PairedEngine

    return PairedEngine(engine, EmbeddedEngine(Path(folder)))


def make_engine(
    url: str, folder: Path, prefix: str = "drehscheibe", seconds: float = 2.0
) -> Engine:
    """An engine of its own: embedded in a folder, or indexes with a prefix on the
    Elasticsearch server of the address. Its libraries are imported only then."""
    if url == EMBEDDED:
        from .embedded import EmbeddedEngine

        return EmbeddedEngine(folder)
    if not _is_server(url):
        raise ImproperlyConfigured(
            f"HUB_SEARCH_URL={_without_login(url)!r} names no search engine that is "
            f"supported. Supported: {', '.join(SUPPORTED)}"
        )
    from .elastic import ElasticEngine

    try:
        return ElasticEngine(_with_port(url), prefix, seconds)
    except ValueError as error:
        raise ImproperlyConfigured(f"HUB_SEARCH_PREFIX: {error}") from error


def _is_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname or parts.port)
    except ValueError:
        return False


def _with_port(url: str) -> str:
    """The client wants a port in any case."""
    parts = urlsplit(url)
    if parts.port:
        return url
    port = 443 if parts.scheme == "https" else 80
    return parts._replace(netloc=f"{parts.netloc}:{port}").geturl()


def _without_login(url: str) -> str:
    """An address as it may be printed."""
    return url.rpartition("@")[2] if "@" in url else url
