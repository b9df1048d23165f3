"""Who can help with a question: entries with reasons, grouped by organisation, and what
always remains when nobody is found."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from hub import errors, ratelimit
from hub.filters import PAGE
from hub.pagination import ListPage, PageLink, nearest_page
from network import fallback
from network.addresses import QUESTION
from search import events
from search.answers import GROUPS, Answers, answer
from search.engines.base import SearchUnavailableError
from search.parsing import clean
from search.registry import NETWORK, Facet, registry
from search.results import FacetGroup
from search.state import MAX_SHOWN, State, read_filters
from search.viewmodels import Chip, FacetForm, FacetView, Link

logger = logging.getLogger(__name__)

#: The facets of the answers, in the order shown.
FACETS = ("wer", "thema", "methode", "zielgruppe", "bezirk", "sprache")
TEMPLATE = "pages/network/answers.html"
#: With fewer answers than this, ways on are named.
FEW = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. Unknown names and values are ignored."""

    text: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def url(self) -> str:
        query = QueryDict(mutable=True)
        query[QUESTION] = self.text
        for name, values in self.filters.items():
            query.setlist(name, values)
        if self.page > 1:
            query[PAGE] = str(self.page)
        return f"?{query.urlencode()}"

    @property
    def unfiltered(self) -> Asked:
        return Asked(self.text)

    def without(self, name: str, value: str) -> Asked:
        """Without one chosen value."""
        values = tuple(v for v in self.filters.get(name, ()) if v != value)
        filters = {**self.filters, name: values}
        return Asked(self.text, {name: some for name, some in filters.items() if some})


def _facets() -> list[Facet]:
    return [registry.facets[name] for name in FACETS]


def read(params: QueryDict) -> Asked:
    """Read an address."""
    filters = read_filters(params, _facets())
    text = clean(params.get(QUESTION, ""))[:MAX_SHOWN]
    return Asked(text, filters, nearest_page(params.get(PAGE), 10_000))


def is_asked(request: HttpRequest) -> bool:
    """Whether there is a question at all."""
    return bool(clean(request.GET.get(QUESTION, "")))


def show(page: Any, request: HttpRequest) -> HttpResponse:
    """The answers to a question."""
    seconds = ratelimit.spend_by(request, "search")
    if seconds:
        return errors.too_many(request, seconds)
    asked = read(request.GET)
    try:
        found = answer(asked.text, page.language, asked.filters, asked.page)
    except SearchUnavailableError as error:
        logger.error("Who can help cannot be answered: %s", error)
        return _respond(page, request, asked, {"is_down": True}, status=503)
    _remember(asked, page.language, found)
    asked = replace(asked, page=found.page)
    groups = list(_facet_groups(asked, found))
    ways = None
    if found.total < FEW:
        ways = fallback.ways(asked.text, page.language, found.facets)
    return _respond(
        page,
        request,
        asked,
        {
            "found": found,
            "form": _form(asked, groups),
            "chips": list(_chips(asked, groups)),
            "reset_url": asked.unfiltered.url,
            "pager": _pager(asked, found),
            "spelling": _spelling(asked, found),
            "ways": ways,
            "office": fallback.office(),
        },
    )


def _respond(
    page: Any,
    request: HttpRequest,
    asked: Asked,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    shown = page.get_context(request) | {
        "asked": asked,
        "page_of_list": context.get("pager"),
        "alternates": page.route_alternates(),
        "crumbs": [{"title": page.title, "url": page.route_url()}],
        # Answers are endless and name people: not for other search engines.
        "robots": "noindex, follow",
    }
    response = TemplateResponse(request, TEMPLATE, shown | context, status=status)
    # A profile may be withdrawn at any time: no shared cache keeps it.
    response["Cache-Control"] = "private, no-store"
    if status != 200:
        response["Retry-After"] = "120"
    return response


def _remember(asked: Asked, language: str, found: Answers) -> None:
    """Questions nobody could answer are what the office wants to know of."""
    state = State(
        query=asked.text, group=NETWORK, filters=asked.filters, page=asked.page
    )
    events.record(state, language, found.total)


def _facet_groups(asked: Asked, found: Answers) -> Iterator[FacetGroup]:
    """Facets with more than one value to choose, and those chosen."""
    for facet in _facets():
        chosen = asked.filters.get(facet.name, ())
        group = facet.group(found.facets.get(facet.name, {}), chosen)
        if chosen or len(group.values) > 1:
            yield group


def _form(asked: Asked, groups: list[FacetGroup]) -> FacetForm:
    facets = [FacetView.of(group) for group in groups]
    chosen = sum(len(values) for values in asked.filters.values())
    return FacetForm(facets, [(QUESTION, asked.text)], chosen)


def _chips(asked: Asked, groups: list[FacetGroup]) -> Iterator[Chip]:
    for group in groups:
        for value in group.values:
            if value.is_selected:
                url = asked.without(group.name, value.value).url
                yield Chip(group.label, value.label, url)


def _spelling(asked: Asked, found: Answers) -> Link | None:
    if not found.spelling:
        return None
    return Link(found.spelling, Asked(found.spelling).url)


def _pager(asked: Asked, found: Answers) -> ListPage | None:
    if found.pages < 2:
        return None

    def url(number: int) -> str:
        return replace(asked, page=number).url

    near = range(max(1, found.page - 2), min(found.pages, found.page + 2) + 1)
    return ListPage(
        items=found.groups,
        number=found.page,
        pages=found.pages,
        count=found.total,
        start=(found.page - 1) * GROUPS + 1,
        links=[PageLink(number, url(number), number == found.page) for number in near],
        url_previous=url(found.page - 1) if found.page > 1 else "",
        url_next=url(found.page + 1) if found.page < found.pages else "",
    )
