"""When a question is also asked by its meaning, and what is asked then."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..engines.asking import Asked, Fusion, Meant, Near, Request, Sort, limited
from ..parsing import ParsedQuery
from ..query import Plan, Query
from ..registry import NETWORK, registry
from . import fusion
from .embedder import Embedder, get_embedder, question_vector
from .fusion import FEWEST, NEAREST, PARTIES, SHORT, WORKS


def asked(
    parsed: ParsedQuery, plan: Plan, sort: Sort, requests: Sequence[Request]
) -> list[Meant]:
    """What is near in meaning, within the limits of each request; nothing when the
    meaning has no say: a list in another order, a single word, only a phrase."""
    if sort is not Sort.RELEVANCE or plan.points is None or plan.words < FEWEST:
        return []
    embedder = get_embedder()
    if embedder is None:
        return []
    return [
        meant(embedder, parsed.text, plan.frame, one, _number(one)) for one in requests
    ]


def _number(request: Request) -> int:
    """How many of the nearest a request looks at."""
    if request.group == NETWORK or _is_within(request, registry.party_kinds()):
        return PARTIES
    if _is_within(request, registry.work_kinds()):
        return WORKS
    return NEAREST


def _is_within(request: Request, kinds: Collection[str]) -> bool:
    return bool(request.scope) and set(request.scope).issubset(kinds)


def guessed(
    parsed: ParsedQuery, plan: Plan, request: Request, limit: int
) -> Meant | None:
    """The nearest there is, for a question whose words stand nowhere."""
    embedder = get_embedder()
    if embedder is None or plan.points is None:
        return None
    return meant(embedder, parsed.text, plan.frame, request, limit)


def meant(
    embedder: Embedder, text: str, frame: Query, request: Request, limit: int
) -> Meant:
    """A text as a question by its meaning, within the frame and what limits a request."""
    within = Asked(query=limited(frame, request), filters=request.filters).narrowed()
    return Meant(question_vector(embedder, text), embedder.model, within, limit)


def fusion_of(plan: Plan, near: Sequence[Near], request: Request) -> Fusion | None:
    """How the words of a plan and what is near become one list. A short question names
    something: where nothing is called so, the list that is shown says so, and the page
    guesses. Who can help is asked all the same."""
    if plan.points is None:
        return None
    is_short = plan.words <= SHORT
    above = plan.steps[0].query if is_short else None
    shares = zip(near, fusion.shares([one.similarity for one in near]), strict=True)
    faint = frozenset(one.key for one, share in shares if share < fusion.FAINT)
    needs_words = is_short and request.limit > 0
    return Fusion(tuple(near), plan.points, above, faint, needs_words)
