"""The baseline of the search benchmark: the same page from Wagtail's own database search.

As many hits a page, the same templates. Facets, snippets, other steps, other languages
and people beside the list are missing, because that search has none of them.
"""

from __future__ import annotations

import time

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import escape
from django.utils.safestring import mark_safe

from wagtail.models import Locale
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from casestudies.models import CaseStudyPage
from hub import urls as hub_urls
from search.documents import make_key
from search.presenting import result_page
from search.registry import registry
from search.results import Hit, SearchResults
from search.state import read_state

PATH = "/de/wagtail-suche/"
_LIMIT = 10
_BATCH = 500

# Out of the box only titles are searched: here the texts are, too, as in our index.
CaseStudyPage.search_fields = [
    *CaseStudyPage.search_fields,
    index.SearchField("summary"),
    index.SearchField("story"),
]


def build() -> tuple[float, int]:
    """Index all cases; returns the seconds it took and their number."""
    begin = time.monotonic()
    backend = get_search_backend()
    own = backend.get_index_for_model(CaseStudyPage)
    cases = CaseStudyPage.objects.filter(locale__language_code="de")
    batch = []
    for case in cases.iterator(chunk_size=_BATCH):
        batch.append(case)
        if len(batch) == _BATCH:
            own.add_items(CaseStudyPage, batch)
            batch = []
    own.add_items(CaseStudyPage, batch)
    return time.monotonic() - begin, cases.count()


def search(request: HttpRequest) -> HttpResponse:
    """The result page, filled by Wagtail."""
    state = read_state(request.GET, registry)
    german = Locale.objects.get(language_code="de")
    # Wagtail's search cannot read the condition of ``visible()``, so its own one is used.
    cases = CaseStudyPage.objects.live().public().filter(locale=german)
    # With all words it would find nothing for most questions, and be fast at that.
    found = cases.search(state.query, operator="or")
    total = found.count()
    results = SearchResults(
        hits=tuple(_hit(page) for page in found[:_LIMIT]),
        total=total,
        pages=max(1, -(-total // _LIMIT)),
        kinds={"case": total},
    )
    view = result_page(state, results, "de", _LIMIT)
    context = {"state": state, "view": view, "robots": "noindex, follow"}
    return render(request, "search/results.html", context)


def _hit(page: CaseStudyPage) -> Hit:
    return Hit(
        key=make_key("case", page.pk, "de"),
        score=1.0,
        title=page.title,
        url=page.get_url() or "",
        summary=page.summary,
        snippet=mark_safe(escape(page.summary)),
    )


urlpatterns = [
    *i18n_patterns(path("wagtail-suche/", search)),
    *hub_urls.urlpatterns,
]
handler400, handler403 = hub_urls.handler400, hub_urls.handler403
handler404, handler500 = hub_urls.handler404, hub_urls.handler500
