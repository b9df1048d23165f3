"""One request whose list is made of two: what has the words, and what means the same.

The words climb the ladder first, to find out which step there is. Then come the hits of
that step and the nearest documents, in three lists that have nothing in common, so that
totals, pages and facets add up: hits that are not near, hits that are, and what is only
near. The first few hundred are ranked by words and meaning together; whatever comes after
follows in the order of its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from math import inf

from .. import fields
from ..indexed import number_of, weight_of
from ..meaning import fusion
from ..query import All, Any, Constant, Keys, Query, Step
from ..results import Hit
from .asking import (
    NOTHING,
    Answer,
    Asked,
    Found,
    Fusion,
    Match,
    Near,
    Request,
    counting,
    limited,
)
from .climbing import RERANK, Climb

#: The best share of a list in points, so that it reads like a score.
_SCALE = 100.0
#: A hit with fewer points than this has no word as it was typed.
_ANY = 0.001


class FusedClimb(Climb):
    """A request on its way, first by its words, then with what means the same. Which
    documents stand in the list, does not depend on the page that is asked for."""

    def __init__(self, request: Request, fused: Fusion) -> None:
        super().__init__(request)
        self._ladder = Climb(counting(request))
        self._fusion = fused
        self._near = {number_of(near.key): near for near in fused.near}
        said = fusion.shares([near.similarity for near in fused.near])
        #: By meaning, of all that is near.
        self._shares = dict(zip(self._near, said, strict=True))
        self._head: list[Match] = []
        self._tail: list[Match] = []
        #: What is near, with the words and without, and facets, once they are known.
        self._others: list[Found] = []
        self._total = 0
        self._is_far_down = request.offset + request.limit > RERANK
        self.is_done = self._ladder.is_done

    def asked(self) -> list[Asked]:
        if not self._ladder.is_done:
            return self._ladder.asked()
        if self._others:
            return [self._words_alone(self._beside)]
        others = [*self._both_and_meaning(), *self._counts()]
        # A page far down begins where it does only when it is known what is above.
        return others if self._is_far_down else [*others, self._words_alone(0)]

    def take(self, found: Sequence[Found]) -> None:
        if not self._ladder.is_done:
            self._ladder.take(found)
            nothing = self._ladder.is_done and not self._ladder.total
            self.is_done = nothing and self._fusion.needs_words
            return
        if self._others:
            self._finish(found[0])
        elif self._is_far_down:
            self._others = list(found)
        else:
            self._others = list(found[:-1])
            self._finish(found[-1])

    def _finish(self, words: Found) -> None:
        both, meant = self._others[:2]
        matches = list(words.matches)
        first = matches if self._begins_inside else []
        self._head = list(
            self._ranked(first[:RERANK], list(both.matches), list(meant.matches))
        )
        self._tail = first[RERANK:] if self._begins_inside else matches
        self._total = words.total + both.total + meant.total
        self.is_done = True

    # ---- what is asked ---------------------------------------------------------------

    @property
    def _found(self) -> Query:
        """What the step of the ladder found."""
        step = self._ladder.step
        return step.query if step else Any(())

    @property
    def _keys(self) -> Query:
        return Keys(frozenset(near.key for near in self._fusion.near))

    @property
    def _clear(self) -> Query:
        """What may stand in the list without having the words."""
        keys = frozenset(near.key for near in self._fusion.near)
        return Keys(keys - self._fusion.faint)

    @property
    def _beside(self) -> int:
        """How many are near, in the list at all."""
        return sum(one.total for one in self._others[:2])

    @property
    def _begins_inside(self) -> bool:
        """Whether the page begins where words and meaning rank together."""
        return self.request.offset < RERANK + self._beside

    def _words_alone(self, beside: int) -> Asked:
        """Hits that are not near; ``beside`` others stand among the first of them."""
        offset, limit = self.request.offset, self.request.limit
        wanted = bool(limit or self.request.with_parties)
        if self._begins_inside:
            offset, limit = 0, max(RERANK, offset + limit - beside) if wanted else 0
        else:
            offset -= beside
        # Engines set memory aside for what is asked for, and the offset is user input.
        limit = max(0, min(limit, self._ladder.total - offset))
        query = All((_silent(self._found),), self._points, (self._keys,))
        return self._question(query, limit, offset if limit else 0)

    def _both_and_meaning(self) -> Iterator[Asked]:
        number = len(self._near)
        both = All((_silent(self._found), _silent(self._keys)), self._points)
        yield self._question(both, number)
        meant = All((_silent(self._clear),), self._points, (self._found,))
        yield self._question(meant, number)

    def _counts(self) -> Iterator[Asked]:
        """Facets of everything, counted once."""
        if self.request.with_facets:
            everything = Any((_silent(self._found), _silent(self._clear)))
            yield replace(self._question(everything, 0), with_facets=True)

    @property
    def _points(self) -> tuple[Query, ...]:
        above = self._fusion.above
        lifted = (Constant(above, fields.TIER),) if above else ()
        return (self._fusion.points, *lifted)

    def _question(self, query: Query, limit: int, offset: int = 0) -> Asked:
        return Asked(
            query=limited(query, self.request),
            filters=self.request.filters,
            offset=offset,
            limit=limit,
            with_parties=self.request.with_parties,
            with_numbers=True,
        )

    # ---- what is answered ------------------------------------------------------------

    def _ranked(self, *lists: Collection[Match]) -> Iterator[Match]:
        """All matches by words and meaning, the best first."""
        points = [m.score % fields.TIER for some in lists for m in some]
        most = max(points, default=0.0)
        found = [
            self._match(match, most, is_meant)
            for is_meant, some in zip((False, False, True), lists, strict=True)
            for match in some
        ]
        yield from sorted(found, key=lambda match: (-match.rank, match.standing))

    def _match(self, match: Match, most: float, is_meant: bool) -> Match:
        tiers, points = divmod(match.score, fields.TIER)
        meaning = self._shares.get(match.number, 0.0)
        share = fusion.joined(points, most, meaning)
        if tiers:  # it is named, and names are in the order of their words
            share = points / most
        rank = tiers * fields.TIER + _SCALE * share * weight_of(match.standing)
        near: Near | None = self._near.get(match.number)
        return replace(
            match, rank=round(rank, 3), near=near, is_meant=is_meant and not tiers
        )

    def page(self) -> list[Match]:
        offset, limit = self.request.offset, self.request.limit
        if not self._begins_inside:
            return self._tail[:limit]
        return [*self._head, *self._tail][offset : offset + limit]

    @property
    def step_shown(self) -> Step | None:
        """The step as hits are marked with: one that has no word as it was typed says so."""
        step = self._ladder.step
        if step is None or step.exact_from == inf:
            return step
        return replace(step, exact_from=_ANY)

    def answer(self, hits: Sequence[Hit]) -> Answer:
        if not self._others:
            return NOTHING
        facets = self._others[2].facets() if self.request.with_facets else {}
        return Answer(
            hits=tuple(hits),
            total=self._total,
            facets=facets,
            step=self.step_shown,
            matches=tuple(self._head) if self.request.with_parties else (),
            is_fused=True,
        )


def _silent(query: Query) -> Query:
    """Must match, and gives no points."""
    return Constant(query, 0.0)


def climb_for(request: Request) -> Climb:
    """A request on its way."""
    if request.fusion is None or not request.steps:
        return Climb(request)
    return FusedClimb(request, request.fusion)
