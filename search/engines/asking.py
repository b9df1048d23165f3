"""What engines are asked and what they answer, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import Any, NamedTuple

from .. import fields
from ..indexed import weight_of
from ..query import All, Constant, Filter, Keys, Query, Step, VisibleAt
from ..results import Hit

#: Scores that differ by less are equal: engines add up in another order.
_DIGITS = 3

Facets = Mapping[str, Mapping[str, int]]


class Sort(StrEnum):
    """Orders of a result list, as written in addresses."""

    RELEVANCE = "passung"
    NEWEST = "neueste"
    TITLE = "a-z"


class Order(Enum):
    """Orders of an index. All but ``SCORE`` are total: no two documents are equal."""

    SCORE = "score"
    STANDING = "standing"
    NEWEST = "by_date"
    TITLE = "by_title"


@dataclass(frozen=True, slots=True)
class Meant:
    """A question by its meaning: the vector of a model, what a document must be, and how
    many of the nearest are wanted."""

    vector: Any
    model: str
    within: Query
    limit: int


class Near(NamedTuple):
    """A document near in meaning: how near, and the stretch of its text that is nearest
    (none for its head)."""

    key: str
    similarity: float
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Fusion:
    """How a list of words and one of meaning become one: what is near, what gives points
    for words, and, for short questions, what stands above all else. ``faint`` are keys
    of what is near, but not near enough to be there without the words. With
    ``needs_words`` nothing is found where nothing has the words."""

    near: tuple[Near, ...]
    points: Query
    above: Query | None = None
    faint: frozenset[str] = frozenset()
    needs_words: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine."""

    language: str
    steps: tuple[Step, ...]
    #: Selected facet values: OR within a facet, AND across.
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Kinds that are asked at all; none means all, or all of a group.
    scope: tuple[str, ...] = ()
    group: str = ""
    #: Keys that must not show, whatever the index says.
    hidden: frozenset[str] = frozenset()
    now: int = 0
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    with_facets: bool = True
    #: Also the best matches of the whole list, with who took part in them.
    with_parties: bool = False
    #: Also what means the same; only where hits are in the order of their scores.
    fusion: Fusion | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found: one page of hits, the total, counts per facet."""

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    step: Step | None
    #: The best matches of the list, when asked for with their parties.
    matches: tuple[Match, ...] = ()
    #: Ranks are shares of the best one, by words and meaning, and no sums of points.
    is_fused: bool = False


#: What is answered where there is nothing to be asked.
NOTHING = Answer((), 0, {}, None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one step of a request asks of an index, in one go."""

    #: Everything but the selected facet values.
    query: Query
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: Order = Order.SCORE
    offset: int = 0
    limit: int = 0
    with_facets: bool = False
    with_parties: bool = False
    #: Also the numbers that stand for the keys of the matches.
    with_numbers: bool = False

    def narrowed(self, ignore: str = "") -> Query:
        """The query with the selected values, of all facets or of all but one."""
        chosen = tuple(
            Constant(Filter(name, values), 0.0)
            for name, values in self.filters.items()
            if values and name != ignore
        )
        return All((self.query, *chosen)) if chosen else self.query


@dataclass(frozen=True, slots=True)
class Match:
    """A document that matched: its score, its standing, the engine's handle on it, and
    on request who took part in it (``search.parties``) and the number of its key."""

    score: float
    standing: int
    handle: Any
    parties: str = ""
    number: int = 0
    #: The passage that is near in meaning, and whether nothing else found it.
    near: Near | None = None
    is_meant: bool = False
    #: What lists and people are ordered by; by itself the score times the weight.
    rank: float = field(default=-1.0, compare=False)

    def __post_init__(self) -> None:
        if self.rank < 0:
            object.__setattr__(self, "rank", _ranked(self.score, self.standing))


def _ranked(score: float, standing: int) -> float:
    """The weight counts within a tier, never across tiers."""
    tiers, rest = divmod(score, fields.TIER)
    return round(tiers * fields.TIER + rest * weight_of(standing), _DIGITS)


@dataclass(frozen=True, slots=True)
class Found:
    """How many matched, the wanted stretch of them, and the counts of all facets (each
    ignoring its own selection), which an engine may work out when they are read."""

    total: int
    matches: Sequence[Match]
    facets: Callable[[], Facets]


def counting(request: Request) -> Request:
    """The same request when only its total matters."""
    return replace(request, offset=0, limit=0, with_facets=False, fusion=None)


def limited(query: Query, request: Request) -> Query:
    """A query within the scope and the visibility of a request."""
    limits: list[Query] = []
    if request.scope:
        limits.append(Filter(fields.KIND, request.scope))
    elif request.group:
        limits.append(Filter(fields.GROUP, (request.group,)))
    if request.now:
        limits.append(VisibleAt(request.now))
    hidden = (Keys(request.hidden),) if request.hidden else ()
    return All((query, *(Constant(limit, 0.0) for limit in limits)), without=hidden)
