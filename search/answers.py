"""The page that answers "who can help?": parties for a question, grouped by organisation,
with facets. What it shows comes from the index; whether it may be shown, from the
database, in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .engines.base import Facets, Reader, Request
from .experts import Expert
from .parties import Work, unpack
from .people import Ranking, find_parties, party_hits, rank_answers
from .query import Step
from .reasons import Who
from .registry import registry
from .results import Hit
from .seen import invisible_keys
from .service import TRIES
from .session import Search, open_search
from .spelling import correct
from .state import State

#: Groups on a page, and people of an organisation who show at once.
GROUPS, PEOPLE = 6, 3
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation with its people. Without an own entry it only names where they
    work; without an organisation somebody stands alone."""

    key: str
    head: Who | None
    heading: Hit | None
    people: tuple[Who, ...] = ()
    #: People who fit as well and do not show.
    more: int = 0

    @property
    def hit(self) -> Hit | None:
        """The organisation, be it an entry or only named."""
        return self.head.hit if self.head else self.heading


@dataclass(frozen=True, slots=True)
class Answers:
    """A page of answers to a question."""

    groups: tuple[Group, ...] = ()
    total: int = 0
    #: Organisations (and people without one) that the answers belong to.
    areas: int = 0
    page: int = 1
    pages: int = 1
    facets: Facets = field(default_factory=dict)
    spelling: str = ""
    #: No document holds the words as they were typed.
    is_near: bool = False

    @property
    def entries(self) -> list[Who]:
        """Everybody on the page, in order."""
        return [
            who
            for group in self.groups
            for who in ([group.head] if group.head else []) + list(group.people)
        ]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Parties that fit the filters, and the organisation of each person."""

    order: tuple[Expert, ...]
    homes: Mapping[str, str]
    facets: Facets
    total: int


def answer(
    question: str,
    language: str,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    page: int = 1,
) -> Answers:
    """Who can help with a question."""
    search = open_search(language)
    for _attempt in range(TRIES + 1):
        found, shown = _answer(search, question, filters or {}, page)
        gone = invisible_keys(shown)
        if not gone:
            return found
        search = replace(search, hidden=search.hidden | gone)
    return Answers()  # rather nothing than what may not be seen


def _answer(
    search: Search, question: str, filters: Mapping[str, tuple[str, ...]], page: int
) -> tuple[Answers, set[str]]:
    """A page, and the keys of all documents that stand on it."""
    parsed = search.parse(question)
    plan = search.plan(parsed)
    state = State(query=question)
    base = replace(
        search.request(state, 0),
        filters={},
        with_facets=False,
        with_parties=True,
    )
    lists = search.fused(
        replace(base, scope=registry.work_kinds()),
        replace(base, scope=registry.party_kinds()),
        state=state,
    )
    work, profiles = search.ask(*lists)
    ranking = rank_answers(work, profiles, plan, search.language, search.hidden)
    reader = search.reader
    chosen = _chosen(reader, base, ranking, filters)
    groups = _grouped(chosen)
    pages = max(1, -(-len(groups) // GROUPS))
    page = min(page, pages)
    shown = groups[(page - 1) * GROUPS : page * GROUPS]
    built = _built(reader, base, ranking, shown)
    found = Answers(
        groups=tuple(built),
        total=chosen.total,
        areas=len(groups),
        page=page,
        pages=pages,
        facets=chosen.facets,
        spelling=correct(question, search.read(parsed.text)),
        is_near=bool(groups) and _is_near(work.step, profiles.step),
    )
    return found, _keys(found, ranking)


def _is_near(*steps: Step | None) -> bool:
    return all(step is not None and step.is_fuzzy for step in steps)


def _chosen(
    reader: Reader,
    request: Request,
    ranking: Ranking,
    filters: Mapping[str, tuple[str, ...]],
) -> _Chosen:
    """Those of the parties whose own documents may be seen and fit the filters."""
    keys = [f"{expert.key}:{request.language}" for expert in ranking.experts]
    if not keys:
        return _Chosen((), {}, {}, 0)
    found = find_parties(reader, request, keys, filters, with_facets=True)
    own = [unpack(match.parties) for match in found.matches if match.parties]
    fitting = {work.key.rpartition(":")[0]: work for work in own}
    order = tuple(e for e in ranking.experts if e.key in fitting)
    places = {expert.key: place for place, expert in enumerate(ranking.experts)}
    homes = {key: _home(key, work, places) for key, work in fitting.items()}
    return _Chosen(order, homes, found.facets(), len(order))


def _home(key: str, work: Work, places: Mapping[str, int]) -> str:
    """The organisation that a person stands with: of several the one that knows most;
    for everybody else the party itself."""
    others = [part.key for part in work.parts if part.key != key]
    return min(others, key=lambda other: places.get(other, len(places)), default=key)


def _grouped(chosen: _Chosen) -> list[tuple[str, list[Expert]]]:
    """Parties by their organisation, in the order of the best of each."""
    groups: dict[str, list[Expert]] = {}
    for expert in chosen.order:
        groups.setdefault(chosen.homes[expert.key], []).append(expert)
    return list(groups.items())


def _built(
    reader: Reader,
    request: Request,
    ranking: Ranking,
    groups: Sequence[tuple[str, list[Expert]]],
) -> Iterable[Group]:
    """The groups of a page with what they show."""
    wanted = {key for key, _ in groups}
    for key, members in groups:
        people = [expert.key for expert in members if expert.key != key]
        wanted.update(people[:PEOPLE])
    hits = party_hits(reader, request, wanted)
    for key, members in groups:
        head = ranking.named(hits, [e for e in members if e.key == key])
        others = [expert for expert in members if expert.key != key]
        named = ranking.named(hits, others[:PEOPLE])
        if head or named:
            yield Group(
                key,
                head[0] if head else None,
                hits.get(key),
                tuple(named),
                max(0, len(others) - PEOPLE),
            )


def _keys(found: Answers, ranking: Ranking) -> set[str]:
    """Everything that the page names: parties, and documents in their reasons."""
    keys = {group.hit.key for group in found.groups if group.hit}
    shown = {who.hit.key.rpartition(":")[0] for who in found.entries}
    keys |= {who.hit.key for who in found.entries}
    for expert in ranking.experts:
        if expert.key in shown:
            keys |= {contribution.document for contribution in expert.reasons}
    return keys
