"""The connection to Elasticsearch: short patience, and errors in our words."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from .base import IndexDamagedError, IndexMissingError, SearchUnavailableError

#: After a failure, nobody asks a server again for so many seconds.
PAUSE = 3.0
#: Writing may take longer than answering.
WRITE_SECONDS = 30.0


class UnreachableError(SearchUnavailableError):
    """The server does not answer, or not in time, or not like Elasticsearch."""

    hint = "start Elasticsearch, or check HUB_SEARCH_URL"


class Breaker:
    """Keeps a server that is down from costing every visitor the whole time-out.

    After a failure it lets nobody through for a while, then one request as a trial.
    """

    def __init__(self, pause: float = PAUSE) -> None:
        self.pause = pause
        self._until = 0.0
        self._guard = threading.Lock()

    def check(self) -> None:
        """Raise while the server is known to be down."""
        if not self._until:
            return
        with self._guard:
            now = time.monotonic()
            if now < self._until:
                raise UnreachableError("Elasticsearch did not answer a moment ago.")
            if self._until:
                self._until = now + self.pause  # others wait for this trial

    def trip(self) -> None:
        """The server failed."""
        with self._guard:
            self._until = time.monotonic() + self.pause

    def reset(self) -> None:
        """The server answered."""
        if self._until:
            with self._guard:
                self._until = 0.0


class Connection:
    """A client, its breaker, and what its errors mean."""

    def __init__(self, url: str, seconds: float = 2.0, pause: float = PAUSE) -> None:
        self.client = Elasticsearch(
            url,
            request_timeout=seconds,
            max_retries=0,
            retry_on_timeout=False,
            http_compress=False,
        )
        self.writer = self.client.options(request_timeout=max(seconds, WRITE_SECONDS))
        self.breaker = Breaker(pause)

    @contextmanager
    def asking(self) -> Iterator[Elasticsearch]:
        """The client for a question of a visitor."""
        with self._reporting():
            yield self.client

    @contextmanager
    def writing(self) -> Iterator[Elasticsearch]:
        """The client for work in the background."""
        with self._reporting():
            yield self.writer

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        self.breaker.check()
        try:
            yield
        except (TransportError, UnsupportedProductError) as error:
            self.breaker.trip()
            kind = type(error).__name__
            raise UnreachableError(
                f"Elasticsearch does not answer ({kind})."
            ) from error
        except ApiError as error:
            failure = meaning(error.status_code, error.body)
            if isinstance(failure, UnreachableError):
                self.breaker.trip()
            else:
                self.breaker.reset()
            raise failure from error
        self.breaker.reset()

    def close(self) -> None:
        """Let go of all connections."""
        self.client.close()


def meaning(status: int, body: Any) -> SearchUnavailableError:
    """What an answer that is an error says of the index."""
    why = reason(body)
    if status == 404:
        return IndexMissingError(f"Elasticsearch has no such index ({why}).")
    if status in (401, 403):
        return UnreachableError(f"Elasticsearch refuses the login ({why}).")
    if status == 429 or status >= 500:
        return UnreachableError(f"Elasticsearch cannot answer ({status} {why}).")
    return IndexDamagedError(f"Elasticsearch cannot use the index ({why}).")


def reason(body: Any) -> str:
    """The kind of an error; its text could repeat what a person typed."""
    if isinstance(body, Mapping):
        error = body.get("error")
        if isinstance(error, Mapping):
            causes = error.get("root_cause") or [error.get("caused_by") or error]
            return str(causes[0].get("type", "error"))
    return "error"
