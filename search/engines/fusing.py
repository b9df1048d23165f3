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
    """A request on its way, first by its words, then with what means the same."""

    def __init__(self, request: Request, fused: Fusion) -> None:
        super().__init__(request)
        self._ladder = Climb(counting(request))
        self._fusion = fused
        self._near = {number_of(near.key): near for near in fused.near}
        self._head: list[Match] = []
        self._tail: list[Match] = []
        self._lists: list[Found] = []
        self.is_done = self._ladder.is_done

    def asked(self) -> list[Asked]:
        if not self._ladder.is_done:
            return self._ladder.asked()
        return [self._words_alone(), *self._both_and_meaning(), *self._counts()]

    def take(self, found: Sequence[Found]) -> None:
        if not self._ladder.is_done:
            self._ladder.take(found)
            return
        self._lists = list(found)
        words, both, meant = (list(one.matches) for one in found[:3])
        first = words if self._begins_inside else []
        self._head = list(self._ranked(first[:RERANK], both, meant))
        self._tail = first[RERANK:] if self._begins_inside else words
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
    def _inside(self) -> int:
        """So many places are ranked by words and meaning."""
        return RERANK + len(self._near)

    @property
    def _begins_inside(self) -> bool:
        return self.request.offset < self._inside

    def _words_alone(self) -> Asked:
        offset, limit = self.request.offset, self.request.limit
        wanted = bool(limit or self.request.with_parties)
        if self._begins_inside:
            last = offset + limit - len(self._near)
            offset, limit = 0, max(RERANK, last) if wanted else 0
        else:
            offset -= len(self._near)
        # Engines set memory aside for what is asked for, and the offset is user input.
        limit = max(0, min(limit, self._ladder.total - offset))
        query = All((_silent(self._found),), self._points, (self._keys,))
        return self._question(query, limit, offset if limit else 0)

    def _both_and_meaning(self) -> Iterator[Asked]:
        number = len(self._near)
        both = All((_silent(self._found), _silent(self._keys)), self._points)
        yield self._question(both, number)
        meant = All((_silent(self._keys),), self._points, (self._found,))
        yield self._question(meant, number)

    def _counts(self) -> Iterator[Asked]:
        """Facets of everything, counted once."""
        if self.request.with_facets:
            everything = Any((_silent(self._found), _silent(self._keys)))
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
        near = list(self._near)
        said = fusion.shares([self._near[number].similarity for number in near])
        meaning = dict(zip(near, said, strict=True))
        found = [
            self._match(match, most, meaning.get(match.number, 0.0), is_meant)
            for is_meant, some in zip((False, False, True), lists, strict=True)
            for match in some
        ]
        yield from sorted(found, key=lambda match: (-match.rank, match.standing))

    def _match(
        self, match: Match, most: float, meaning: float, is_meant: bool
    ) -> Match:
        tiers, points = divmod(match.score, fields.TIER)
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
        if not self._lists:
            return Answer((), 0, {}, None)
        facets = self._lists[3].facets() if self.request.with_facets else {}
        return Answer(
            hits=tuple(hits),
            total=sum(one.total for one in self._lists[:3]),
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
