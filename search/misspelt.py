"""How far a word may be from what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .analysis import Token

#: Letters a word needs before one or two of them may differ. Of four letters, most
#: other words are words of their own.
MIN_FUZZY = {1: 5, 2: 8}


def letters_of(token: Token) -> int:
    """Letters that may be mistyped; a code or number is another one when it differs."""
    return len(token.fuzzy) if token.fuzzy.isalpha() else 0


def distance_of(token: Token) -> int:
    """How many letters of a word may be mistyped, by its length."""
    letters = letters_of(token)
    return max((d for d, least in MIN_FUZZY.items() if letters >= least), default=0)


@dataclass(frozen=True)
class Spelling:
    """What is known of how words are spelt."""

    unknown: frozenset[str]
    certain: frozenset[str]
    near: Mapping[str, Sequence[Token]]

    def most(self, token: Token) -> int:
        """How many letters of a word may ever differ: none of a certain one."""
        return 0 if token.exact in self.certain else distance_of(token)

    def relatives(self, token: Token, distance: int) -> Sequence[Token]:
        """Words of the index that are so near."""
        return [
            other
            for other in self.near.get(token.exact, ())
            if OSA.distance(token.fuzzy, other.fuzzy) <= distance
        ]
