"""How two lists become one: what has the words, and what means the same. Pure numbers.

Each list gives a document a share from 0 to 1, and the sum orders them. The figures were
chosen by judged questions: ``hub/docs/search.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

#: How much of a place comes from the meaning; the rest comes from the words. The pages
#: that explain the search say "half".
MEANING = 0.5
#: So many of the nearest documents are looked at: in a list, among works that speak for
#: people (each of which brings several), and among their own entries.
NEAREST, WORKS, PARTIES = 30, 15, 50
#: A question of so many words or fewer names something: what has all of them stands above
#: everything else, in the order of the words alone.
SHORT = 3
#: With fewer words than this, the meaning only speaks where the words find nothing.
FEWEST = 2

#: What is hardly nearer than the last one looked at is no hit by itself.
FAINT = 0.2

_TINY = 1e-9


def shares(similarities: Sequence[float]) -> list[float]:
    """From how near documents are to shares: the nearest has 1, the last one nothing.
    How near "near" is, differs from question to question; the order does not."""
    if not similarities:
        return []
    highest, lowest = max(similarities), min(similarities)
    width = highest - lowest + _TINY
    return [(one - lowest + _TINY) / width for one in similarities]


def joined(points: float, most: float, meaning: float) -> float:
    """The share of a document: its points for words out of the most that any has, and
    its share by meaning."""
    words = points / most if most else 0.0
    return (1 - MEANING) * words + MEANING * meaning
