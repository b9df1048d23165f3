"""Two engines kept alike: one answers, the other when the first cannot.

Both get every change. When one of them does not take it, the other does all the same,
and the failure is raised: the change stays in the outbox and is written to both once
more, which changes nothing where it was written already. So nothing is lost, and what
is to be hidden stays hidden (the outbox says so) until both have forgotten it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from ..indexed import IndexedDocument
from ..query import Step
from ..results import Hit
from .asking import Answer, Asked, Found, Match, Request
from .base import (
    Add,
    Engine,
    IndexBusyError,
    IndexMissingError,
    Meant,
    Near,
    Reader,
    SearchUnavailableError,
)
from .embedded import EmbeddedEngine

logger = logging.getLogger(__name__)

#: Seconds between two lines in the log about the same thing.
_QUIET = 60.0
_DIFFERS = "differs"

Result = TypeVar("Result")


class PairedEngine(Engine):
    """``first`` answers while it can, ``second`` (an index on disk) else."""

    name = "paired"

    def __init__(self, first: Engine, second: EmbeddedEngine) -> None:
        self.first = first
        self.second = second
        self.capabilities = first.capabilities & second.capabilities  # type: ignore[misc]
        self._said = -_QUIET

    @property
    def parts(self) -> tuple[Engine, ...]:
        return (self.first, self.second)

    # ---- reading ---------------------------------------------------------------------

    def reader(self, language: str) -> Reader:
        return PairedReader(self, language)

    def search_many(
        self, requests: Sequence[Request], opened: Mapping[str, Reader] | None = None
    ) -> list[Answer]:
        # Which engine answers is decided for each question: open readers do not count.
        return self.either(lambda engine: engine.search_many(requests))

    def nearest_many(self, asked: Sequence[tuple[Reader, Meant]]) -> list[list[Near]]:
        codes = [reader.language for reader, _ in asked]  # type: ignore[attr-defined]
        questions = [question for _, question in asked]

        def ask(engine: Engine) -> list[list[Near]]:
            readers = map(engine.reader, codes)
            return engine.nearest_many(list(zip(readers, questions, strict=True)))

        return self.either(ask)

    def known_many(self, stems: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
        return self.either(lambda engine: engine.known_many(stems))

    def either(self, ask: Callable[[Engine], Result]) -> Result:
        """The first engine's answer; when it has none, the second's."""
        try:
            return ask(self.first)
        except SearchUnavailableError as error:
            self._say(error)
            failure = error
        try:
            return ask(self.second)
        except SearchUnavailableError as error:
            raise failure from error

    def _say(self, error: SearchUnavailableError) -> None:
        now = time.monotonic()
        if now - self._said >= _QUIET:
            self._said = now
            logger.warning("The index beside answers: %s Do: %s", error, error.hint)

    def verify(self, language: str) -> None:
        """One of both is enough to go on: it gets the changes, and they wait for the
        other."""
        self.either(lambda engine: engine.verify(language))

    # ---- writing ---------------------------------------------------------------------

    def write(
        self,
        language: str,
        documents: Sequence[IndexedDocument],
        removals: Collection[str],
    ) -> None:
        try:
            self.second.write(language, documents, removals)
        except IndexBusyError:
            raise
        except (SearchUnavailableError, OSError) as error:
            self._give_up(language, error)
        self.first.write(language, documents, removals)

    def _give_up(self, language: str, error: Exception) -> None:
        """A second index that takes no changes must not answer with what was once
        true, nor keep the first from going on. It counts as missing and is built anew
        when there is room again."""
        logger.error("The index beside is given up: %s", error)
        self.second.discard(language)

    @contextmanager
    def building(self, language: str) -> Iterator[Add]:
        with ExitStack() as stack:
            adders = [
                stack.enter_context(engine.building(language))
                for engine in (self.second, self.first)
            ]

            def add(document: IndexedDocument) -> None:
                for each in adders:
                    each(document)

            yield add

    def drop_all(self) -> None:
        for part in self.parts:
            part.drop_all()

    def close(self) -> None:
        self.first.close()
        self.second.close()


class PairedReader(Reader):
    """Asks the first engine, and from its first failure on the second."""

    def __init__(self, engine: PairedEngine, language: str) -> None:
        self._engine = engine
        self.language = language
        self._reader: Reader | None = None

    def _ask(self, ask: Callable[[Reader], Result]) -> Result:
        if self._reader is not None:
            return ask(self._reader)

        def asked(engine: Engine) -> Result:
            reader = engine.reader(self.language)
            result = ask(reader)
            self._reader = reader
            return result

        return self._engine.either(asked)

    def find(self, asked: Asked) -> Found:
        return self._ask(lambda reader: reader.find(asked))

    def hits(self, matches: Sequence[Match], step: Step | None) -> list[Hit]:
        return self._ask(lambda reader: reader.hits(matches, step))

    def nearest(self, asked: Meant) -> list[Near]:
        return self._ask(lambda reader: reader.nearest(asked))

    def known(self, stems: Collection[str]) -> set[str]:
        return self._ask(lambda reader: reader.known(stems))

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        return self._ask(lambda reader: reader.vocabulary(prefix))

    def near_many(self, words: Mapping[str, int]) -> dict[str, dict[str, int]]:
        return self._ask(lambda reader: reader.near_many(words))

    def digests(self) -> Iterator[tuple[str, str]]:
        """Of both: what only one of them has, or has otherwise, differs."""
        beside = self._beside(lambda reader: dict(reader.digests()))
        for key, digest in self._first.digests():
            yield key, _same(digest, beside.pop(key, None))
        yield from ((key, _DIFFERS) for key in beside)

    def digests_of(self, keys: Collection[str]) -> dict[str, str]:
        found = self._first.digests_of(keys)
        beside = self._beside(lambda reader: reader.digests_of(keys))
        return {
            key: _same(found.get(key), beside.get(key)) for key in {*found, *beside}
        }

    @property
    def _first(self) -> Reader:
        return self._engine.first.reader(self.language)

    def _beside(self, ask: Callable[[Reader], dict[str, str]]) -> dict[str, str]:
        """What the second has; when it is missing, it is to be built, not compared."""
        try:
            return ask(self._engine.second.reader(self.language))
        except IndexMissingError:
            return ask(self._first)


def _same(one: str | None, other: str | None) -> str:
    return one if one is not None and one == other else _DIFFERS
