"""One request on its way from strict to generous.

It asks nothing itself: it says what to ask next and takes what was found, so that
several requests can climb together.
"""

from __future__ import annotations

from collections.abc import Sequence

from .. import fields
from ..query import All, Constant, Everything, Filter, Keys, Query, Step, VisibleAt
from ..results import Hit
from .asking import NOTHING, Answer, Asked, Found, Match, Order, Request, Sort, limited

#: So many of the best documents are ranked again with the documents' own weight.
RERANK = 200

#: Engines set memory aside for what is asked for, and the offset is user input: beyond
#: this, the total is asked first, and then never for more than there is.
_SURE = 1_000


class Climb:
    """One request on its way from strict to generous, until a step is not thin."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.step: Step | None = None
        self.is_done = not request.steps
        self._best: Found | None = None
        self._position = self._chosen = 0
        self._is_far = request.offset + request.limit > _SURE

    @property
    def step_shown(self) -> Step | None:
        """The step that hits are marked with."""
        return self.step

    @property
    def total(self) -> int:
        """How many the chosen step found."""
        return self._best.total if self._best else 0

    def asked(self) -> list[Asked]:
        """What to ask next, all at once."""
        if self._best is not None and self._is_settled:
            return [self._ask(self._chosen, self._best.total)]
        return [self._ask(self._position, 0 if self._is_far else None)]

    @property
    def _is_settled(self) -> bool:
        """The step is chosen; only its page, far out, is still to be asked for."""
        return self._position >= len(self.request.steps)

    def _ask(self, position: int, total: int | None) -> Asked:
        request = self.request
        order = order_of(request.sort, request.steps[position])
        offset, limit = request.offset, request.limit
        wanted = limit or request.with_parties
        if order is Order.SCORE and wanted and offset < RERANK:
            offset, limit = 0, max(offset + limit, RERANK)
        if total is not None:
            limit = max(0, min(limit, total - offset))
        return Asked(
            query=limited(tiered(request.steps, position), request),
            filters=request.filters,
            order=order,
            offset=offset if limit else 0,
            limit=limit,
            with_facets=request.with_facets,
            with_parties=request.with_parties,
        )

    def take(self, answers: Sequence[Found]) -> None:
        """What the last questions found."""
        [found] = answers
        if self._is_settled:
            self._best, self.is_done = found, True
            return
        if self._best is None or found.total > self._best.total:
            self._best, self._chosen = found, self._position
            self.step = self.request.steps[self._position]
        self._position += 1
        if found.total >= fields.THIN:
            self._position = len(self.request.steps)
        if self._is_settled:
            self.is_done = not self._is_far or self.request.offset >= self._best.total

    def page(self) -> list[Match]:
        """The matches of the page, ranked."""
        if self._best is None or self.step is None:
            return []
        offset, limit = self.request.offset, self.request.limit
        matches = list(self._best.matches)
        if order_of(self.request.sort, self.step) is not Order.SCORE:
            return matches[:limit]
        if offset >= RERANK:
            return matches[:limit]
        head = sorted(matches[:RERANK], key=lambda m: (-m.rank, m.standing))
        return [*head, *matches[RERANK:]][offset : offset + limit]

    def answer(self, hits: Sequence[Hit]) -> Answer:
        """Everything together."""
        if self._best is None:
            return NOTHING
        facets = self._best.facets() if self.request.with_facets else {}
        matches = tuple(self._best.matches) if self.request.with_parties else ()
        return Answer(tuple(hits), self._best.total, facets, self.step, matches)


def order_of(sort: Sort, step: Step) -> Order:
    """The order of a list. Where nothing scores, the standing of entries decides."""
    if sort is Sort.NEWEST:
        return Order.NEWEST
    if sort is Sort.TITLE:
        return Order.TITLE
    return Order.SCORE if _scores(step.query) else Order.STANDING


def _scores(query: Query) -> bool:
    """Whether hits of a query can differ in score."""
    if isinstance(query, All):
        return any(_scores(part) for part in (*query.children, *query.optional))
    return not isinstance(query, (Everything, Filter, Keys, VisibleAt))


def tiered(steps: Sequence[Step], position: int) -> Query:
    """The query of a step, with the hits of stricter steps lifted above the others."""
    above = tuple(Constant(step.query, step.bonus) for step in steps[:position])
    if not above:
        return steps[position].query
    return All((steps[position].query,), optional=above)
