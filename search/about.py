"""The public page that says in plain words how the search works. Its figures are those
that the search works with."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import experts, fields
from .ladder import MIN_PREFIX
from .meaning.embedder import get_embedder
from .meaning.fusion import SHORT
from .misspelt import MIN_FUZZY
from .promoting import MAX_SHOWN


@require_safe
def how_it_ranks(request: HttpRequest) -> HttpResponse:
    """What is found, what stands first, what is remembered, what helps."""
    text = fields.WORD_BOOSTS[fields.BODY]
    context = {
        "crumbs": [{"title": _("Suche"), "url": reverse("search")}],
        "prefix_letters": MIN_PREFIX,
        "letters": MIN_FUZZY[2],
        "thin": fields.THIN,
        "title_weight": f"{fields.WORD_BOOSTS[fields.TITLE] / text:g}",
        "heading_weight": f"{fields.WORD_BOOSTS[fields.HEADINGS] / text:g}",
        "by_meaning": get_embedder() is not None,
        "short_words": SHORT,
        "max_promoted": MAX_SHOWN,
        "expert_documents": experts.DOCUMENTS,
        "expert_half_life": round(experts.HALF_LIFE),
        "event_days": settings.SEARCH.get("EVENT_DAYS", 90),
        "min_days": settings.SEARCH.get("EVENT_MIN_DAYS", 2),
    }
    return render(request, "search/how.html", context)
