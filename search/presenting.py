"""From results to what the templates show: tabs, chips, links, pages. No query here
but those that the ways on from an empty page need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .engines.base import Sort
from .ladder import content_tokens
from .reasons import Who, explain
from .registry import NETWORK, registry
from .results import FacetCount, Hit, SearchResults, Suggestion
from .service import Search, open_search
from .state import State

_MAX_WAYS = 4


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind above the list."""

    label: str
    url: str
    count: int | None
    current: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen filter and the link that removes it."""

    facet: str
    label: str
    url_remove: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet in the form."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet in the form."""

    name: str
    label: str
    first: tuple[Option, ...]
    rest: tuple[Option, ...]
    single: bool = False
    hidden: bool = False

    @property
    def selected(self) -> list[Option]:
        return [o for o in (*self.first, *self.rest) if o.selected]


@dataclass(frozen=True, slots=True)
class FacetForm:
    """What ``components/facets.html`` needs."""

    facets: list[FacetView]
    kept: list[tuple[str, str]]
    active: int

    @property
    def is_filtered(self) -> bool:
        return self.active > 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link with words, its number of hits and its language."""

    label: str
    url: str
    count: int = 0
    language: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pager; 0 is a gap."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """What ``components/pager.html`` needs."""

    links: list[PageLink]
    url_previous: str = ""
    url_next: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with the words around it."""

    hit: Hit
    label: str
    who: Who | None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a template of the search shows."""

    hits: list[HitView] = field(default_factory=list)
    total: int = 0
    tabs: list[Tab] = field(default_factory=list)
    form: FacetForm | None = None
    chips: list[Chip] = field(default_factory=list)
    reset_url: str = ""
    sorts: list[Link] = field(default_factory=list)
    pager: Pager | None = None
    spelling: Link | None = None
    elsewhere: list[Link] = field(default_factory=list)
    people: list[Who] = field(default_factory=list)
    people_more: Link | None = None
    fewer_words: list[Link] = field(default_factory=list)
    without_filter: list[Chip] = field(default_factory=list)
    proposals: list[Suggestion] = field(default_factory=list)
    is_near: bool = False


def empty_page(state: State) -> Page:
    """The page before anything was asked: the kinds to browse."""
    return Page(
        tabs=[
            Tab(
                str(source.label_plural),
                state.of_kind(source.kind).url,
                None,
                False,
                source.kind,
            )
            for source in registry.sources
            if source.group == state.group
        ]
    )


def result_page(
    state: State, results: SearchResults, beside: SearchResults | None, language: str
) -> Page:
    """The page of a search."""
    state = state.at(results.page)
    is_empty = not results.hits
    search = open_search(language) if is_empty else None
    return Page(
        hits=[_hit_view(hit, results) for hit in results.hits],
        total=results.total,
        tabs=list(_tabs(state, results)),
        form=_form(state, results),
        chips=list(_chips(state, results)),
        reset_url=state.unfiltered().url,
        sorts=list(_sorts(state)),
        pager=_pager(state, results.pages),
        spelling=_spelling(state, results),
        elsewhere=list(_elsewhere(state, results)),
        people=[explain(hit, beside.marks) for hit in beside.hits] if beside else [],
        people_more=_people_more(state, beside),
        fewer_words=list(_fewer_words(search, state)) if search else [],
        without_filter=list(_without_filter(search, state)) if search else [],
        is_near=bool(results.hits) and all(hit.is_near for hit in results.hits),
    )


def _hit_view(hit: Hit, results: SearchResults) -> HitView:
    source = registry.find(hit.kind)
    is_network = source is not None and source.group == NETWORK
    return HitView(
        hit=hit,
        label=str(source.label) if source else hit.kind,
        who=explain(hit, results.marks) if is_network else None,
    )


def _tabs(state: State, results: SearchResults) -> Iterator[Tab]:
    everything = sum(results.kinds.values())
    yield Tab(_("Alle"), state.of_kind("").url, everything, not state.kind)
    for kind, count in results.kinds.items():
        if count or kind == state.kind:
            label = str(registry.source(kind).label_plural)
            url = state.of_kind(kind).url
            yield Tab(label, url, count, kind == state.kind, kind)


def _form(state: State, results: SearchResults) -> FacetForm:
    names = set(state.filters)
    kept = [pair for pair in state.at(1).pairs() if pair[0] not in names]
    facets = [
        FacetView(g.name, g.label, _options(g.first), _options(g.rest))
        for g in results.facets
    ]
    return FacetForm(facets, kept, state.active)


def _options(values: Sequence[FacetCount]) -> tuple[Option, ...]:
    return tuple(Option(v.value, v.label, v.count, v.is_selected) for v in values)


def _chips(state: State, results: SearchResults) -> Iterator[Chip]:
    for group in results.facets:
        for value in group.values:
            if value.is_selected:
                url = state.without(group.name, value.value).url
                yield Chip(group.label, value.label, url)


def _sorts(state: State) -> Iterator[Link]:
    labels = {Sort.RELEVANCE: _("Passung"), Sort.NEWEST: _("Neueste")}
    for sort, label in labels.items():
        yield Link(label, state.sorted_by(sort).url, current=state.sort is sort)


def _pager(state: State, pages: int) -> Pager | None:
    if pages < 2:
        return None
    now = state.page
    near = {1, pages, *range(max(1, now - 1), min(pages, now + 1) + 1)}
    links: list[PageLink] = []
    before = 0
    for number in sorted(near):
        if number - before > 1:
            links.append(PageLink(0, "", False))
        links.append(PageLink(number, state.at(number).url, number == now))
        before = number
    return Pager(
        links,
        state.at(now - 1).url if now > 1 else "",
        state.at(now + 1).url if now < pages else "",
    )


def _spelling(state: State, results: SearchResults) -> Link | None:
    if not results.spelling:
        return None
    return Link(results.spelling, state.asking(results.spelling).url)


def _elsewhere(state: State, results: SearchResults) -> Iterator[Link]:
    """The same question in the other languages."""
    for code, count in results.other_languages.items():
        name = translation.get_language_info(code)["name_translated"]
        with translation.override(code):
            path = reverse("search")
        yield Link(str(name), f"{path}{state.at(1).url}", count, code)


def _people_more(state: State, beside: SearchResults | None) -> Link | None:
    if not beside or beside.total <= len(beside.hits):
        return None
    return Link("", state.for_group(NETWORK).url, beside.total)


def _fewer_words(search: Search, state: State) -> Iterator[Link]:
    """Single words of the question that find something."""
    tokens = [t for t in content_tokens(state.query, search.language) if not t.is_stop]
    if len(tokens) < 2:
        return
    for token in tokens[:_MAX_WAYS]:
        one = state.asking(token.text)
        count = search.count(one)
        if count:
            yield Link(token.text, one.url, count)


def _without_filter(search: Search, state: State) -> Iterator[Chip]:
    """Filters that stand in the way, with what leaving each out would find; all of
    them when it takes more than one."""
    chosen = [(name, v) for name, values in state.filters.items() for v in values]
    facets = registry.facets
    helps = False
    for name, value in chosen[:_MAX_WAYS]:
        other = state.without(name, value)
        count = search.count(other)
        if count:
            helps = True
            label = str(facets[name].labels().get(value, value))
            yield Chip(str(facets[name].label), label, other.url, count)
    if len(chosen) > 1 and not helps:
        count = search.count(state.unfiltered())
        if count:
            yield Chip("", "", state.unfiltered().url, count)
