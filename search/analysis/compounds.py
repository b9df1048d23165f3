"""Taking German compounds apart with a lexicon.

A compound is split only when it falls into known words completely. Of each word the
lexicon knows the forms it takes inside a compound: "Schule" as "schul", "schule",
"schulen"; "Beteiligung" with its linking s; plurals, with or without umlaut. Of several
ways the one with the fewest parts counts, then the one with the longest first part.
A word of the lexicon, in any form, is simple and is left whole.

A list marks words by a hyphen: "fahr-" only stands before another, "-gerecht" only last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

SHORTEST_COMPOUND = 6
LONGEST_COMPOUND = 60
SHORTEST_PART = 3
MOST_PARTS = 5

_LINKS = ("", "s", "es", "n", "en", "e", "er", "ns", "ens")
_ENDINGS = ("", "e", "n", "en", "er", "ern", "s", "es", "em", "ens", "nen", "se", "sen")
# "laufende" is a participle, "Jahresende" and "Wochenende" are ends.
_PARTICIPLE = frozenset(("ende", "enden", "endem", "ender", "endes"))
# "systematisch", "thematische": no table.
_ADJECTIVE = frozenset(("tisch", "tische", "tischen", "tischer", "tisches", "tischem"))
# "gemeinsame", "langsam": no seed.
_SUFFIX = frozenset(("same", "samen", "samer", "sames", "samem"))
# Forms that are more often the beginning of something else ("zugewiesen").
_NEVER_FIRST = frozenset(("zuge", "iden", "tran", "weis", "pann"))

_Parts = tuple[str, ...] | None


class Lexicon:
    """Known simple words in all the forms they take inside and outside compounds."""

    def __init__(
        self,
        fold: Callable[[str], str],
        words: Iterable[str],
        whole: Iterable[str] = (),
    ) -> None:
        self._fold = fold
        self._first: set[str] = set()
        self._last: set[str] = set()
        self._whole = {form for word in whole for form in _forms(fold(word), _ENDINGS)}
        for word in words:
            self.learn(word)

    def learn(self, entry: str) -> None:
        """Add a simple word, in the notation of the lists."""
        word = self._fold(entry.strip("-"))
        if entry.endswith("-"):
            self._first.add(word)
            return
        self._last.update(_forms(word, _ENDINGS))
        if not entry.startswith("-"):
            self._first.update(_forms(word, _LINKS))
            self._first.update(_shortened(word))
            self._first.difference_update(_NEVER_FIRST)

    def is_simple(self, word: str) -> bool:
        """Is this a word of the lexicon itself, in any inflected form?"""
        folded = self._fold(word)
        return folded in self._last or folded in self._whole

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound as written in it, or nothing."""
        if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND:
            return ()
        folded = self._fold(word)
        if folded in self._last or folded in self._whole or len(folded) != len(word):
            return ()
        parts = self._best(folded, MOST_PARTS, {})
        if parts is None:
            return ()
        ends = [sum(map(len, parts[: count + 1])) for count in range(len(parts))]
        return tuple(
            word[end - len(part) : end] for part, end in zip(parts, ends, strict=True)
        )

    def _best(
        self, rest: str, budget: int, known: dict[tuple[str, int], _Parts]
    ) -> _Parts:
        """Split what is left of a word; ``known`` keeps what was tried before."""
        key = (rest, budget)
        if key not in known:
            known[key] = self._search(rest, budget, known)
        return known[key]

    def _search(
        self, rest: str, budget: int, known: dict[tuple[str, int], _Parts]
    ) -> _Parts:
        if budget < MOST_PARTS and rest in self._last:
            return (rest,)
        if budget <= 1:
            return None
        best: _Parts = None
        for cut in range(SHORTEST_PART, len(rest) - SHORTEST_PART + 1):
            head = rest[:cut]
            if head not in self._first or _is_no_seam(head, rest[cut:]):
                continue
            tail = self._best(rest[cut:], budget - 1, known)
            # Of equals the longest first part: its linking s is no beginning.
            if tail and (best is None or len(tail) < len(best)):
                best = (head, *tail)
        return best


def _is_no_seam(head: str, tail: str) -> bool:
    if tail in _PARTICIPLE:
        linked = head.endswith("s") and not head.endswith("ss")
        return not linked and head not in {"woche", "wochen"}
    if tail in _ADJECTIVE:
        return head[-1] in "an"
    return tail in _SUFFIX


def _forms(word: str, endings: tuple[str, ...]) -> set[str]:
    """Return a word with each ending; a final e, or a Latin um, gives way to it."""
    forms = {word + ending for ending in endings}
    if word.endswith("e") and not word.endswith("ee"):
        forms.update(word[:-1] + ending for ending in endings if ending)
    elif word.endswith("um") and len(word) > 4:
        forms.update((word[:-2] + "en", word[:-2] + "a"))
    elif word.endswith("ma"):
        forms.add(word[:-1] + "en")
    return forms


def _shortened(word: str) -> set[str]:
    """Return what is left when a final e is dropped: "Schul-", "Sprach-"."""
    return (
        {word[:-1]} if word.endswith("e") and len(word) > SHORTEST_PART + 1 else set()
    )
