"""The result page, the same list for machines, the suggestions, the description.

These views only read, and what they remember is written after the response. So they
run outside of a transaction: on SQLite one would hold the only lock for writing.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from . import events, exporting, opensearch
from .admin_pages import PERMISSION, explain_url
from .engines.base import SearchUnavailableError
from .parsing import clean
from .presenting import empty_page, result_page
from .registry import CONTENT, registry
from .results import Suggestion
from .service import run
from .state import GROUP, GROUPS, QUERY, State, read_state
from .suggestions import suggest
from .viewmodels import Page

logger = logging.getLogger(__name__)

#: Longer text is no beginning of a title.
MAX_TYPED = 100
#: Proposals stay with the browser so long; with people among them, not at all.
SECONDS_KEPT = 60
DAY = 24 * 60 * 60


@require_safe
@transaction.non_atomic_requests
def search(request: HttpRequest) -> HttpResponse:
    """Results of a search, or how to go on when there are none."""
    state, language = read_state(request.GET, registry), _language()
    form = exporting.wanted(request)
    try:
        if form:
            return exporting.respond(request, form, state, language)
        page = _page(request, state, language)
    except SearchUnavailableError as error:
        return _unavailable(request, state, error)
    template = "search/empty.html" if page.ways else "search/results.html"
    if state.is_empty:
        template = "search/start.html"
    # The frame of every list says the number of the page in the title.
    context = {"state": state, "view": page, "page_of_list": page.pager}
    return _show(request, template, context)


def _page(request: HttpRequest, state: State, language: str) -> Page:
    if state.is_empty:
        return empty_page(state)
    results = run(state, language, with_people=_asks_people(state))
    token = events.record(state, language, results.total)
    per_page = int(settings.SEARCH["PAGE_SIZE"])
    page = result_page(state, results, language, per_page)
    return replace(page, token=token, explain_url=_explain_url(request, state))


def _explain_url(request: HttpRequest, state: State) -> str:
    """Where editors read why these hits; others are not even asked who they are."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not state.query:
        return ""
    if not request.user.has_perm(PERMISSION):
        return ""
    return explain_url(state.query, _language(), was=state.choice)


def _asks_people(state: State) -> bool:
    return bool(state.query) and state.group == CONTENT


def _unavailable(
    request: HttpRequest, state: State, error: SearchUnavailableError
) -> HttpResponse:
    logger.error("Search cannot answer: %s Run: %s", error, error.hint)
    context = {"state": state, "hint": error.hint if settings.DEBUG else ""}
    response = _show(request, "search/unavailable.html", context, status=503)
    response["Retry-After"] = "120"
    return response


def _show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    # Result lists are endless and made of other pages: not for other search engines.
    context |= {"robots": "noindex, follow"}
    return render(request, template, context, status=status)


@require_safe
@transaction.non_atomic_requests
@conditional_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """Proposals while typing: for the script of the page, or for a browser."""
    text = clean(request.GET.get(QUERY, "")[: 2 * MAX_TYPED])[:MAX_TYPED]
    group = GROUPS.get(request.GET.get(GROUP, ""), CONTENT)
    try:
        found = suggest(text, _language(), group)
    except SearchUnavailableError:
        found = []
    if request.GET.get(opensearch.FORM) == opensearch.BROWSER:
        response = opensearch.suggestions(request, text, found)
    else:
        response = JsonResponse(_as_data(text, found))
    response["X-Robots-Tag"] = "noindex"
    if found and not any(item.is_person for item in found):
        patch_cache_control(response, private=True, max_age=SECONDS_KEPT)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _as_data(text: str, found: list[Suggestion]) -> dict[str, Any]:
    """Proposals by kind, with the words the script shows and reads out."""
    groups: dict[str, dict[str, Any]] = {}
    for item in found:
        entry = groups.setdefault(
            item.kind, {"kind": item.kind, "label": item.label, "items": []}
        )
        entry["items"].append(_item(item))
    status = ngettext("%(count)d Vorschlag", "%(count)d Vorschläge", len(found))
    return {
        "query": text,
        "label": gettext("Vorschläge"),
        "status": status % {"count": len(found)},
        "groups": list(groups.values()),
    }


def _item(item: Suggestion) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": item.text,
        "url": item.url,
        "marks": _pairs(item.text, item.marks),
    }
    if item.also:
        data["also"] = item.also
        data["also_marks"] = _pairs(item.also, item.also_marks)
    return data


def _pairs(text: str, marks: tuple[tuple[int, int], ...]) -> list[list[int]]:
    """Starts and ends as a script counts them: in units of UTF-16."""
    return [[_units(text[:start]), _units(text[:end])] for start, end in marks]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@require_safe
@cache_control(max_age=DAY)
@transaction.non_atomic_requests
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description in the language of the address."""
    return opensearch.description(request)


def _language() -> str:
    return (get_language() or "de").split("-")[0]
