"""The result page and the suggestions."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe

from . import events
from .engines.base import SearchUnavailableError
from .parsing import clean
from .presenting import Page, empty_page, result_page
from .registry import CONTENT, registry
from .service import people, run
from .state import GROUP, GROUPS, QUERY, State, read_state
from .suggestions import suggest

logger = logging.getLogger(__name__)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of a search, or how to go on when there are none."""
    state, language = read_state(request.GET, registry), _language()
    try:
        page = _page(state, language)
    except SearchUnavailableError as error:
        logger.error("Search cannot answer: %s Run: %s", error, error.hint)
        return _show(request, "search/unavailable.html", {"state": state}, status=503)
    template = "search/results.html" if page.hits else "search/empty.html"
    if state.is_empty:
        template = "search/start.html"
    return _show(request, template, {"state": state, "view": page})


def _page(state: State, language: str) -> Page:
    if state.is_empty:
        return empty_page(state)
    results = run(state, language)
    beside = people(state, language) if _asks_people(state) else None
    events.record(state, language, results.total)
    return result_page(state, results, beside, language)


def _asks_people(state: State) -> bool:
    return bool(state.query) and state.group == CONTENT


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    # Result lists are endless and made of other pages: not for other search engines.
    context |= {"robots": "noindex, follow"}
    return render(request, template, context, status=status)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Proposals while typing, with the words the script shows and reads out."""
    text = clean(request.GET.get(QUERY, ""))[:100]
    group = GROUPS.get(request.GET.get(GROUP, ""), CONTENT)
    try:
        found = suggest(text, _language(), group)
    except SearchUnavailableError:
        found = []
    groups: dict[str, dict[str, Any]] = {}
    for item in found:
        entry = groups.setdefault(
            item.kind, {"kind": item.kind, "label": item.label, "items": []}
        )
        entry["items"].append({"title": item.text, "url": item.url})
    status = ngettext("%(count)d Vorschlag", "%(count)d Vorschläge", len(found))
    response = JsonResponse(
        {
            "query": text,
            "label": gettext("Vorschläge"),
            "status": status % {"count": len(found)},
            "groups": list(groups.values()),
        }
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _language() -> str:
    return (get_language() or "de").split("-")[0]
