"""From what a person asks to what the page shows: the way of a query in one file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from .engines.base import Answer, Request, Sort, counting
from .fields import ALONE, KIND
from .lists import promotions
from .people import Panel, make_panel, rank_answers
from .query import Keys, Marks, Step
from .registry import NETWORK, registry
from .results import FacetGroup, Hit, PromotedHit, SearchResults
from .seen import invisible_keys, visible_hits
from .session import Search, open_search
from .spelling import correct
from .state import State, shown_facets

#: People and organisations shown beside a list of contents.
BESIDE = 3
#: Guesses on a page without results, and entries of other languages on any.
GUESSES, FOREIGN = 5, 3
#: So often a page is asked again when hits on it turn out to be gone.
TRIES = 3


def run(state: State, language: str, with_people: bool = False) -> SearchResults:
    """Everything a result page shows; on request with the first who can help."""
    limit = int(settings.SEARCH["PAGE_SIZE"])
    found = _verified(state, language, limit, _Beside(with_people))
    search, state = found.search, found.state
    answer, *others = found.answers
    if with_people:
        others.pop(0)
    recommended = recommend(search, state)
    return SearchResults(
        hits=tuple(h for h in answer.hits if h.key not in recommended.keys),
        promoted=recommended.hits,
        also=search.read(search.parse(state.query).text).also,
        total=answer.total,
        page=state.page,
        pages=max(1, -(-answer.total // limit)),
        step=answer.step.name if answer.step else "all",
        marks=answer.step.marks if answer.step else None,
        kinds=_kind_counts(answer, state),
        facets=_facet_groups(answer, state),
        spelling=_spelling(search, state),
        other_languages=_elsewhere(search, others),
        people=found.panel.people,
        guesses=_guesses(search, state) if not answer.total else (),
        foreign=_foreign(search, state) if state.page == 1 else (),
    )


def _guesses(search: Search, state: State) -> tuple[Hit, ...]:
    """What could be meant, where nothing was found."""
    return _seen(search.nearest(state, GUESSES).hits)


def _foreign(search: Search, state: State) -> tuple[Hit, ...]:
    """What is near in meaning and there in other languages only. Whoever asks for a
    single word, a date or an alphabet asks for words."""
    if state.sort is not Sort.RELEVANCE:
        return ()
    found: list[Hit] = []
    for code in _others(search.language):
        other = search.in_language(code)
        found += other.nearest(state, FOREIGN, **{ALONE: "1"}).hits
    return _seen(found)[:FOREIGN]


def _seen(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Those that everyone may see, the nearest first."""
    return visible_hits(sorted(hits, key=lambda hit: -(hit.similarity or 0.0)))


def _spelling(search: Search, state: State) -> str:
    """The query with its unknown words put right."""
    parsed = search.parse(state.query)
    text = state.query if parsed.phrases else parsed.text
    return correct(state.query, search.read(text))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a result page asks beside its own list."""

    people: bool = False
    languages: bool = True

    def requests(self, search: Search, state: State) -> list[Request]:
        """First people and organisations, then the totals of the other languages. Both
        only look for the words themselves: what is spelt nearly so helps nobody there."""
        found = []
        if self.people:
            asked = search.request(state.for_group(NETWORK), 0)
            asked = replace(asked, with_facets=False, with_parties=True)
            found.append(strict(asked))
        if self.languages and state.query:
            for code in _others(search.language):
                asked = search.in_language(code).request(state, 1)
                found.append(strict(counting(asked)))
        return found

    def panel(self, search: Search, state: State, answers: Sequence[Answer]) -> Panel:
        """The first who can help: from the list itself, as far as it is in the order of
        its scores, and from the documents of people and organisations."""
        if not self.people:
            return Panel()
        work = answers[0] if state.sort is Sort.RELEVANCE else None
        plan = search.plan(search.parse(state.query))
        language = search.language
        ranking = rank_answers(work, answers[1], plan, language, search.hidden)
        chosen = ranking.first(registry.kinds(NETWORK), BESIDE)
        request = search.request(state, 0)
        return make_panel(search.reader, request, ranking, chosen)


def strict(request: Request) -> Request:
    """Without the steps that ask for other spellings of words the index knows."""
    steps = tuple(step for step in request.steps if not step.is_fuzzy)
    return replace(request, steps=steps or request.steps)


def _others(language: str) -> list[str]:
    return [code for code in settings.SEARCH["LANGUAGES"] if code != language]


@dataclass(frozen=True, slots=True)
class Recommended:
    """What editors recommend for a query: hits for the first page, and all keys."""

    keys: frozenset[str] = frozenset()
    hits: tuple[PromotedHit, ...] = ()


def recommend(search: Search, state: State) -> Recommended:
    """Recommendations within the tab and the filters chosen. They stand above the first
    page and in no list; a list by date is in order of date and has none."""
    if not state.query or state.sort is not Sort.RELEVANCE:
        return Recommended()
    found = {p.key: p for p in promotions().for_query(state.query, search.language)}
    if not found:
        return Recommended()
    step = Step("promoted", Keys(frozenset(found)), Marks())
    request = replace(
        search.request(state, len(found)), steps=(step,), with_facets=False
    )
    there = {hit.key: hit for hit in visible_hits(search.ask(request)[0].hits)}
    shown = tuple(
        PromotedHit(there[key], p.reason) for key, p in found.items() if key in there
    )
    return Recommended(frozenset(there), shown if state.page == 1 else ())


def first_hits(state: State, language: str, limit: int) -> tuple[Hit, ...]:
    """The first so many hits of a state, for lists that have no pages."""
    nothing = _Beside(languages=False)
    return _verified(state.at(1), language, limit, nothing).answers[0].hits


@dataclass(frozen=True, slots=True)
class _Verified:
    """What everyone may see of a page."""

    search: Search
    answers: list[Answer]
    state: State
    panel: Panel


def _verified(state: State, language: str, limit: int, beside: _Beside) -> _Verified:
    """Search until everything on the page is what everyone may see."""
    search = open_search(language)
    for _ in range(TRIES + 1):
        more = beside.requests(search, state)
        answers, shown = search.answers(state, limit, more, beside.people)
        panel = beside.panel(search, shown, answers)
        hits = (hit.key for answer in answers for hit in answer.hits)
        gone = invisible_keys({*hits, *panel.keys})
        if not gone:
            return _Verified(search, answers, shown, panel)
        search = replace(search, hidden=search.hidden | gone)
    answers = [_without(answer, gone) for answer in answers]
    return _Verified(search, answers, shown, Panel())


def _without(answer: Answer, gone: Collection[str]) -> Answer:
    hits = tuple(hit for hit in answer.hits if hit.key not in gone)
    return replace(answer, hits=hits)


def _kind_counts(answer: Answer, state: State) -> dict[str, int]:
    counts = answer.facets.get(KIND, {})
    return {kind: counts.get(kind, 0) for kind in registry.kinds(state.group)}


def _facet_groups(answer: Answer, state: State) -> tuple[FacetGroup, ...]:
    groups = []
    for facet in shown_facets(registry, state):
        chosen = state.filters.get(facet.name, ())
        found = answer.facets.get(facet.name, {})
        if not chosen and not _is_choice(found, answer.total):
            continue
        group = facet.group(found, chosen)
        if group.values:
            groups.append(group)
    return tuple(groups)


def _is_choice(counts: Mapping[str, int], total: int) -> bool:
    """Whether choosing a value would leave anything out."""
    return len(counts) > 1 or any(count < total for count in counts.values())


def _elsewhere(search: Search, answers: Sequence[Answer]) -> dict[str, int]:
    """How much the other languages have."""
    totals = zip(_others(search.language), answers, strict=False)
    return {code: answer.total for code, answer in totals if answer.total}
