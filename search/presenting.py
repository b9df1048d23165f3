"""From results to what the templates show: tabs, chips, links, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .engines.base import Sort
from .query import Marks
from .reasons import explain
from .registry import NETWORK, registry
from .results import Hit, SearchResults
from .snippets import highlight, spans_in
from .state import MAX_SHOWN, State
from .viewmodels import (
    Chip,
    FacetForm,
    FacetView,
    HitView,
    Link,
    Page,
    PageLink,
    Pager,
    PromotedView,
    Tab,
)
from .ways import find_ways

#: Names of a hit that are looked through for a word of the question.
_MAX_NAMES = 12


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
    state: State,
    results: SearchResults,
    language: str,
    per_page: int,
) -> Page:
    """The page of a search."""
    state = state.at(results.page)
    is_empty = not (results.hits or results.promoted)
    return Page(
        hits=[_hit_view(hit, results.marks) for hit in results.hits],
        total=results.total,
        tabs=list(_tabs(state, results)),
        form=_form(state, results),
        chips=list(_chips(state, results)),
        reset_url=state.unfiltered().url,
        sorts=list(_sorts(state)),
        pager=_pager(state, results.pages, per_page),
        spelling=_spelling(state, results),
        elsewhere=list(_elsewhere(state, results)),
        people=list(results.people),
        people_more=_people_more(state) if results.people else None,
        planner_url=registry.planner_url(state.query, language),
        ways=find_ways(state, language) if is_empty else None,
        is_near=_only(results, "is_near"),
        is_meant=_only(results, "is_meant"),
        guesses=[_hit_view(hit, None) for hit in results.guesses],
        foreign=[
            replace(_hit_view(hit, None), language=hit.language)
            for hit in results.foreign
        ],
        export_query=_export_query(state, results),
        has_people=any(hit.is_person for hit in results.hits),
        promoted=[
            PromotedView(found.hit, registry.label(found.hit.kind), found.reason)
            for found in results.promoted
        ],
        also=results.also,
    )


def _only(results: SearchResults, quality: str) -> bool:
    """Whether the words asked for stand in no hit: all are only spelt nearly so, or mean
    the same; this says which of both the first one is."""
    hits = results.hits
    if not hits or not all(hit.is_near or hit.is_meant for hit in hits):
        return False
    return bool(getattr(hits[0], quality))


def _hit_view(hit: Hit, marks: Marks | None) -> HitView:
    source = registry.find(hit.kind)
    is_network = source is not None and source.group == NETWORK
    return HitView(
        hit=hit,
        label=registry.label(hit.kind),
        who=explain(hit, marks) if is_network else None,
        also=_also(hit, marks),
    )


def _also(hit: Hit, marks: Marks | None) -> SafeString:
    """The other name by which it was found, when nothing else shows why."""
    nothing = SafeString("")
    if marks is None or "<mark>" in hit.snippet:
        return nothing
    if spans_in(hit.title, hit.language, marks):
        return nothing
    for name in hit.names[:_MAX_NAMES]:
        spans = spans_in(name, hit.language, marks)
        if spans:
            return mark_safe(highlight(name, spans))  # noqa: S308 (escaped there)
    return nothing


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
    facets = [FacetView.of(group) for group in results.facets]
    return FacetForm(facets, kept, state.active)


def _chips(state: State, results: SearchResults) -> Iterator[Chip]:
    for group in results.facets:
        for value in group.values:
            if value.is_selected:
                url = state.without(group.name, value.value).url
                yield Chip(group.label, value.label, url)


def _sorts(state: State) -> Iterator[Link]:
    labels = {"passung": _("Passung"), "neueste": _("Neueste"), "a-z": _("A–Z")}
    for sort in Sort:
        if sort is Sort.RELEVANCE and not state.query:
            continue  # nothing was asked, so nothing fits better than anything else
        label = labels[sort.value]
        yield Link(label, state.sorted_by(sort).url, current=state.sort is sort)


def _pager(state: State, pages: int, per_page: int) -> Pager | None:
    if pages < 2:
        return None
    now = state.page
    near = {1, pages, *range(max(1, now - 1), min(pages, now + 1) + 1)}
    links: list[PageLink] = []
    before = 0
    for number in sorted(near):
        if number - before == 2:  # a gap of one page is that page
            links.append(PageLink(number - 1, state.at(number - 1).url, False))
        elif number - before > 2:
            links.append(PageLink(0, "", False))
        links.append(PageLink(number, state.at(number).url, number == now))
        before = number
    return Pager(
        now,
        links,
        (now - 1) * per_page + 1,
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


def _people_more(state: State) -> Link:
    """The page that answers the same question; without one, the list of people."""
    address = registry.answers_url(state.query[:MAX_SHOWN])
    if address:
        return Link("", address)
    return Link("", state.for_group(NETWORK).url)


def _export_query(state: State, results: SearchResults) -> str:
    """Nothing when there are only people, who are left out of every export."""
    if all(hit.is_private for hit in results.hits):
        return ""
    return state.at(1).url.removeprefix("?")
