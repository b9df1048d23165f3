"""Taking German compounds apart with a lexicon.

A compound is split only when it falls into known words completely. Of each word the
lexicon knows the forms it takes inside a compound: "Schule" as "schul", "schule",
"schulen"; "Beteiligung" with its linking s; plurals, with or without umlaut. Of several
ways the one with the fewest parts counts, then the one with the plainest forms: so
"Gebäude-reinigung" wins over "Gebäuder-einigung".
A word of the lexicon, in any form, is simple and is left whole.

A list marks words by a hyphen: "fahr-" only stands before another, "-gerecht" only last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

SHORTEST_COMPOUND = 6
LONGEST_COMPOUND = 60
SHORTEST_PART = 3
MOST_PARTS = 5

# Linking elements and endings, and how far each makes a form less plain.
_LINKS = {"": 0, "s": 0, "n": 0, "en": 0, "es": 0, "e": 1, "ns": 1, "ens": 1, "er": 2}
_ENDINGS = {"": 0} | dict.fromkeys(
    ("e", "n", "en", "er", "ern", "s", "es", "em", "ens", "nen", "se", "sen"), 1
)
_ENDINGS_AFTER_E = {"": 0, "n": 1, "s": 1, "r": 1, "m": 1}
# "laufende" is a participle, "Jahresende" and "Wochenende" are ends.
_PARTICIPLE = frozenset(("ende", "enden", "endem", "ender", "endes"))
# "systematisch", "thematische": no table.
_ADJECTIVE = frozenset(("tisch", "tische", "tischen", "tischer", "tisches", "tischem"))
# "gemeinsame" is no seed, "auszugehen" no marriage.
_SUFFIX = frozenset(("same", "samen", "samer", "sames", "samem", "ehen"))
# Forms that are more often the beginning of something else ("zugewiesen").
_NEVER_FIRST = frozenset(("zuge", "iden", "tran", "weis", "pann"))

_EACH_PART = 10
_Split = tuple[int, tuple[str, ...]] | None


class Lexicon:
    """Known simple words in all the forms they take inside and outside compounds."""

    def __init__(
        self,
        fold: Callable[[str], str],
        words: Iterable[str],
        whole: Iterable[str] = (),
    ) -> None:
        self._fold = fold
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._whole: set[str] = set()
        for word in whole:
            self._whole.update(_forms(fold(word)))
        for word in words:
            self.learn(word)

    def learn(self, entry: str) -> None:
        """Add a simple word, in the notation of the lists."""
        word = self._fold(entry.strip("-"))
        if entry.endswith("-"):
            self._first[word] = 0
            return
        _add(self._last, _forms(word))
        if not entry.startswith("-"):
            _add(self._first, _linked(word))

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
        found = self._best(folded, MOST_PARTS, {})
        if found is None:
            return ()
        parts = []
        start = 0
        for part in found[1]:
            parts.append(word[start : start + len(part)])
            start += len(part)
        return tuple(parts)

    def _best(
        self, rest: str, budget: int, known: dict[tuple[str, int], _Split]
    ) -> _Split:
        """Split what is left of a word; ``known`` keeps what was tried before."""
        key = (rest, budget)
        if key not in known:
            known[key] = self._search(rest, budget, known)
        return known[key]

    def _search(
        self, rest: str, budget: int, known: dict[tuple[str, int], _Split]
    ) -> _Split:
        if budget < MOST_PARTS and rest in self._last:
            return self._last[rest], (rest,)
        if budget <= 1:
            return None
        best: _Split = None
        for cut in range(SHORTEST_PART, len(rest) - SHORTEST_PART + 1):
            head, tail = rest[:cut], rest[cut:]
            cost = self._first.get(head)
            if cost is None or _is_no_seam(head, tail):
                continue
            found = self._best(tail, budget - 1, known)
            if found is None:
                continue
            cost += _EACH_PART + found[0]
            if best is None or cost < best[0]:
                best = cost, (head, *found[1])
        return best


def _is_no_seam(head: str, tail: str) -> bool:
    if tail in _PARTICIPLE:
        linked = head.endswith("s") and not head.endswith("ss")
        return not linked and head not in {"woche", "wochen"}
    if tail in _ADJECTIVE:
        return head[-1] in "an"
    return tail in _SUFFIX


def _add(known: dict[str, int], forms: dict[str, int]) -> None:
    for form, cost in forms.items():
        known[form] = min(cost, known.get(form, cost))


def _forms(word: str) -> dict[str, int]:
    """Return a word with each ending it may have at the end of a compound."""
    endings = _ENDINGS_AFTER_E if word.endswith("e") else _ENDINGS
    return {word + ending: cost for ending, cost in endings.items()} | _latin(word)


def _linked(word: str) -> dict[str, int]:
    """Return a word with each linking element; "Schul-" drops its e."""
    forms = {word + link: cost for link, cost in _LINKS.items()} | _latin(word)
    if word.endswith("e") and len(word) > SHORTEST_PART + 1:
        forms[word[:-1]] = 1
    return {form: cost for form, cost in forms.items() if form not in _NEVER_FIRST}


def _latin(word: str) -> dict[str, int]:
    if word.endswith("um") and len(word) > 4:
        return {word[:-2] + "en": 1, word[:-2] + "a": 1}
    return {word[:-1] + "en": 1} if word.endswith("ma") else {}
