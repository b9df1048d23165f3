"""Taking German compounds apart with a lexicon.

A compound is split only when it falls into known words completely. A part is known
when its stem is: so one entry covers "Schule", "Schul-", "Schulen", and the linking
elements ("Beteiligungs-", "Kinder-", "Straßen-") need no rules of their own. Of several
ways the one with the fewest parts counts, then the one with the longest last part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

SHORTEST_PART = 4
SHORTEST_COMPOUND = 6
LONGEST_COMPOUND = 60
MOST_PARTS = 5


class Lexicon:
    """Known simple words by stem; short ones only in the very form they are listed."""

    def __init__(
        self,
        stem: Callable[[str], str],
        words: Iterable[str],
        whole: Iterable[str] = (),
    ) -> None:
        self._stem = stem
        self.words = frozenset(words)
        self._whole = frozenset(map(stem, whole))
        self._short = frozenset(
            word for word in self.words if len(word) < SHORTEST_PART
        )
        long_words = (word for word in self.words if len(word) >= SHORTEST_PART)
        self._stems = frozenset(map(stem, long_words))

    def is_simple(self, word: str) -> bool:
        """Is this a word of the lexicon itself, in any inflected form?"""
        stem = self._stem(word)
        return word in self._short or stem in self._stems or stem in self._whole

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound as written in it, or nothing."""
        if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND:
            return ()
        if self.is_simple(word):
            return ()
        return self._best(word, MOST_PARTS, {}) or ()

    def _best(
        self,
        rest: str,
        budget: int,
        known: dict[tuple[str, int], tuple[str, ...] | None],
    ) -> tuple[str, ...] | None:
        key = (rest, budget)
        if key not in known:
            known[key] = self._search(rest, budget, known)
        return known[key]

    def _search(
        self,
        rest: str,
        budget: int,
        known: dict[tuple[str, int], tuple[str, ...] | None],
    ) -> tuple[str, ...] | None:
        if budget < MOST_PARTS and self._is_part(rest):
            return (rest,)
        if budget <= 1:
            return None
        best: tuple[str, ...] | None = None
        for cut in range(3, len(rest) - 2):
            head = rest[:cut]
            if not self._is_part(head, linked=True):
                continue
            tail = self._best(rest[cut:], budget - 1, known)
            if tail and (best is None or len(tail) + 1 < len(best)):
                best = (head, *tail)
        return best

    def _is_part(self, part: str, *, linked: bool = False) -> bool:
        if part in self._short:
            return True
        if linked and part[-1:] == "s" and part[:-1] in self._short:
            return True
        if linked and part[-2:] == "es" and part[:-2] in self._short:
            return True
        return len(part) >= SHORTEST_PART and self._stem(part) in self._stems
