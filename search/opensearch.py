"""OpenSearch: the search as a search engine of the browser, with its proposals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from .results import Suggestion

DESCRIPTION_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"
#: Parameter of the suggestions' address and the form that browsers ask for.
FORM, BROWSER = "form", "opensearch"


def description(request: HttpRequest) -> HttpResponse:
    """What the browser needs to offer this search, in one language."""
    base = request.build_absolute_uri
    context = {
        "language": get_language(),
        "search": base(reverse("search")),
        "suggest": base(reverse("search_suggest")),
        "self": base(request.path),
        "icon": base(static("hub/mark.svg")),
        "form": f"{FORM}={BROWSER}",
        "type": DESCRIPTION_TYPE,
        "suggestions_type": SUGGESTIONS_TYPE,
    }
    return render(
        request, "search/opensearch.xml", context, content_type=DESCRIPTION_TYPE
    )


def suggestions(
    request: HttpRequest, text: str, found: Iterable[Suggestion]
) -> HttpResponse:
    """Words typed, titles, kinds, addresses. Browsers send and keep what they get
    elsewhere, so people are left out as in every list for machines."""
    shown = [item for item in found if not item.is_person]
    data: list[Any] = [
        text,
        [item.text for item in shown],
        [item.label for item in shown],
        [request.build_absolute_uri(item.url) for item in shown],
    ]
    return JsonResponse(data, safe=False, content_type=SUGGESTIONS_TYPE)
