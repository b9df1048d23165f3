"""From our query tree to an engine's own query objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ..query import Query

Native = TypeVar("Native")


class Translator(Generic[Native]):
    """Turns query trees into an engine's query objects. The steps of a search share most
    of their parts, so each part is translated once."""

    def __init__(
        self, translated: Callable[[Query, Translator[Native]], Native]
    ) -> None:
        self._translated = translated
        #: By identity, which is quicker than by value; the part itself keeps its id.
        self._done: dict[int, tuple[object, Native]] = {}

    def __call__(self, query: Query) -> Native:
        known = self._done.get(id(query))
        if known is None:
            known = (query, self._translated(query, self))
            self._done[id(query)] = known
        return known[1]

    def all(self, queries: Sequence[Query]) -> list[Native]:
        """Several parts."""
        return [self(query) for query in queries]
