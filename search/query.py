"""The query as a tree of plain values, which each engine translates.

``search.ladder`` builds it from what a person typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from . import fields
from .analysis import Token


@dataclass(frozen=True, slots=True)
class Term:
    """One token in one field."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other in one field."""

    field: str
    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Tokens that begin so; every match scores the same."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Tokens at most ``distance`` letters away; every match scores the same."""

    field: str
    text: str
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Any:
    """At least ``minimum`` of these. With ``tie``, the best one counts in full and
    the others by that share; without, all scores add up."""

    children: tuple[Query, ...]
    minimum: int = 1
    tie: float | None = None
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class All:
    """All ``children``; ``optional`` ones only add to the score; none of ``without``."""

    children: tuple[Query, ...] = ()
    optional: tuple[Query, ...] = ()
    without: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Constant:
    """Matches like its child and always scores the same."""

    child: Query
    score: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Documents with any of these values of a facet; does not score."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, all with the same score."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Exactly these documents."""

    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class VisibleAt:
    """Documents whose time of visibility includes this second since 1970."""

    second: int


Query: TypeAlias = (
    Term
    | Phrase
    | Prefix
    | Fuzzy
    | Any
    | All
    | Constant
    | Filter
    | Everything
    | Keys
    | VisibleAt
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What to highlight in the text of a hit."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    #: Word and the distance up to which its relatives are marked.
    fuzzy: tuple[tuple[str, int], ...] = ()
    #: Stems that are marked only where they follow each other.
    phrases: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder: its name, its query, what it marks in texts, how far its
    hits stand above those of later steps, and the score from which a hit of this step
    holds the words as they were typed."""

    name: str
    query: Query
    marks: Marks
    bonus: float = fields.TIER
    exact_from: float = 0.0

    @property
    def is_fuzzy(self) -> bool:
        """Whether it also asks for other spellings of words that the index knows."""
        return self.name.startswith("distance-")


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of one search, from strict to generous. ``frame`` are phrases and
    exclusions, which hold in every step; ``points`` finds what has any of the words, and
    gives each as many points as in the first steps."""

    steps: tuple[Step, ...]
    tokens: tuple[Token, ...] = ()
    frame: Query = Everything()
    points: Query | None = None

    @property
    def words(self) -> int:
        """How many words say something."""
        return sum(not token.is_stop for token in self.tokens)
