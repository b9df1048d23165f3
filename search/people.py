"""People and organisations for a question, ranked, with the reasons why.

Two lists of an index speak for them: what they took part in, and what stands in their
own documents. The database is only asked whether what is shown may still be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from . import experts
from .engines.asking import limited
from .engines.base import Answer, Asked, Found, Order, Reader, Request
from .experts import Expert
from .parties import Work, unpack
from .query import Keys, Marks, Plan
from .reasons import Who, reasons_for
from .results import Hit

#: A hit: the key of a document and its score.
Scored = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Parties in order, and the documents that speak for them."""

    experts: tuple[Expert, ...] = ()
    works: Mapping[str, Work] = field(default_factory=dict)
    marks: Marks | None = None

    def first(self, kinds: Collection[str], count: int) -> tuple[Expert, ...]:
        """The first so many parties of these kinds."""
        wanted = (e for e in self.experts if e.key.partition(":")[0] in kinds)
        return tuple(islice(wanted, count))

    def named(self, hits: Mapping[str, Hit], chosen: Iterable[Expert]) -> list[Who]:
        """Some of them with their reasons, as far as their own documents are there."""
        return [
            reasons_for(expert, hits[expert.key], self.works, self.marks)
            for expert in chosen
            if expert.key in hits
        ]


@dataclass(frozen=True, slots=True)
class Panel:
    """The first who can help, and the keys of all documents they are named with."""

    people: tuple[Who, ...] = ()
    keys: frozenset[str] = frozenset()


def make_panel(
    reader: Reader, request: Request, ranking: Ranking, chosen: Collection[Expert]
) -> Panel:
    """Some parties of a ranking as a panel shows them."""
    hits = party_hits(reader, request, [expert.key for expert in chosen])
    shown = [expert for expert in chosen if expert.key in hits]
    keys = {hits[expert.key].key for expert in shown}
    keys |= {reason.document for expert in shown for reason in expert.reasons}
    return Panel(tuple(ranking.named(hits, shown)), frozenset(keys))


def rank_answers(
    work: Answer | None,
    profiles: Answer,
    plan: Plan,
    language: str,
    hidden: Collection[str],
) -> Ranking:
    """Rank the parties of two answers to one question: of the documents they took part
    in, and of their own."""
    told: dict[str, _Told] = {}
    hits = list(_scored(work, plan, told, hidden)) if work else []
    own = list(_scored(profiles, plan, told, hidden))
    works = {key: found.work for key, found in told.items()}
    parts = {key: found.parts for key, found in told.items()}
    heard = experts.emphasised([*hits, *own])
    ranked = experts.rank_weighed(heard[: len(hits)], parts, heard[len(hits) :])
    shown = tuple(e for e in ranked if f"{e.key}:{language}" not in hidden)
    step = profiles.step or (work.step if work else None)
    return Ranking(shown, works, step.marks if step else None)


class _Told(NamedTuple):
    """What a document tells of who took part in it."""

    work: Work
    parts: experts.Weighed


@lru_cache(maxsize=8192)
def _told(text: str, year: int) -> _Told:
    """What was kept of a document. A process remembers it, as ``unpack`` does."""
    work = unpack(text)
    return _Told(work, experts.weighed(work.parts, year))


def _scored(
    answer: Answer, plan: Plan, told: dict[str, _Told], hidden: Collection[str]
) -> Iterable[Scored]:
    """Hits that somebody took part in. Scores of a strict step are lifted to where they
    would stand in the most generous one: two answers may have stopped at different
    steps."""
    lift = _lift(answer, plan)
    year = date.today().year
    for match in answer.matches[: experts.DOCUMENTS]:
        if not match.parties:
            continue
        found = _told(match.parties, year)
        if found.work.key not in hidden:
            told[found.work.key] = found
            yield found.work.key, match.rank + lift


def _lift(answer: Answer, plan: Plan) -> float:
    names = [step.name for step in plan.steps]
    if answer.is_fused or answer.step is None or answer.step.name not in names:
        return 0.0
    passed = plan.steps[names.index(answer.step.name) : -1]
    return sum(step.bonus for step in passed)


def find_parties(
    reader: Reader,
    request: Request,
    keys: Collection[str],
    filters: Mapping[str, tuple[str, ...]] | None = None,
    with_facets: bool = False,
) -> Found:
    """Own documents of parties, as far as they may be seen and fit the filters."""
    query = limited(Keys(frozenset(keys)), replace(request, scope=(), group=""))
    return reader.find(
        Asked(
            query=query,
            filters=filters or {},
            order=Order.STANDING,
            limit=len(keys),
            with_facets=with_facets,
            with_parties=True,
        )
    )


def party_hits(
    reader: Reader, request: Request, keys: Collection[str]
) -> dict[str, Hit]:
    """Entries of parties by their keys without the language. Always from one reader:
    what a match points to is only valid there."""
    if not keys:
        return {}
    named = [f"{key}:{request.language}" for key in keys]
    found = find_parties(reader, request, named)
    hits = reader.hits(found.matches, None)
    return {hit.key.rpartition(":")[0]: hit for hit in hits}
