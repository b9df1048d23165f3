"""Which words an index behind a network knows, for a moment.

One page asks for the words of one query several times. What another process writes
meanwhile is noticed a moment later; a word that is new or gone until then only changes
which spellings are tried.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

SECONDS = 2.0
_MOST = 10_000


class RecentWords:
    """Words of each language, and whether they are known, as asked a moment ago."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._words: dict[tuple[str, str], tuple[float, bool]] = {}

    def of(self, language: str, words: Collection[str]) -> tuple[set[str], list[str]]:
        """The known ones among the words, and those that are to be asked for."""
        least = time.monotonic() - self.seconds
        known, new = set(), []
        for word in words:
            moment, is_known = self._words.get((language, word), (-1.0, False))
            if moment <= least:
                new.append(word)
            elif is_known:
                known.add(word)
        return known, new

    def add(
        self, asked: Mapping[str, Collection[str]], known: Mapping[str, Collection[str]]
    ) -> None:
        """Keep an answer."""
        if len(self._words) > _MOST:
            self.clear()
        now = time.monotonic()
        for language, words in asked.items():
            there = known[language]
            for word in words:
                self._words[language, word] = (now, word in there)

    def clear(self) -> None:
        """The index changed."""
        self._words = {}
