"""The list on the screen as table, data or feed: the same hits, without people and
without what was invented for trying (``Hit.is_private``).

How a table or a feed is written is the house's business: ``SEARCH["EXPORTS"]`` names
the module that does it for every list.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .engines.base import Sort
from .registry import registry
from .results import Hit
from .service import first_hits
from .state import State

#: So many entries a list for machines has at most, and a feed.
MAX_ENTRIES, MAX_FEED = 500, 50


def _output() -> Any:
    return import_module(settings.SEARCH["EXPORTS"])


def wanted(request: HttpRequest) -> str:
    """The form asked for: ``csv``, ``json``, ``feed`` or nothing."""
    return str(_output().wanted(request))


def respond(
    request: HttpRequest, form: str, state: State, language: str
) -> HttpResponse:
    """The list in this form."""
    return FORMS[form](request, state, language)


def _hits(state: State, language: str, limit: int) -> list[Hit]:
    if state.is_empty:
        return []
    return [hit for hit in first_hits(state, language, limit) if not hit.is_private]


def _json(request: HttpRequest, state: State, language: str) -> HttpResponse:
    return _output().json_response(
        {
            "title": hit.title,
            "url": request.build_absolute_uri(hit.url),
            "kind": hit.kind,
            "language": hit.language,
            "summary": hit.summary,
            "other_names": list(hit.names),
            "changed": hit.changed.isoformat() if hit.changed else None,
        }
        for hit in _hits(state, language, MAX_ENTRIES)
    )


def _csv(request: HttpRequest, state: State, language: str) -> HttpResponse:
    header = [_("Titel"), _("Art"), _("Kurztext"), _("Zuletzt geändert"), _("Adresse")]
    rows = (
        [
            hit.title,
            registry.label(hit.kind),
            hit.summary,
            hit.changed.isoformat() if hit.changed else "",
            request.build_absolute_uri(hit.url),
        ]
        for hit in _hits(state, language, MAX_ENTRIES)
    )
    return _output().csv_response(_("suche"), header, rows)


def _feed(request: HttpRequest, state: State, language: str) -> HttpResponse:
    output = _output()
    hits = _hits(state.sorted_by(Sort.NEWEST), language, MAX_FEED)
    what = state.query or _("Alles")
    return output.feed_response(
        request,
        f"{_('Drehscheibe')}: {_('Suche')}: {what}",
        _("Was zu dieser Suche neu ist oder geändert wurde."),
        (
            output.FeedEntry(hit.title, hit.url, hit.summary, hit.changed)
            for hit in hits
        ),
    )


FORMS: dict[str, Callable[[HttpRequest, State, str], HttpResponse]] = {
    "csv": _csv,
    "json": _json,
    "feed": _feed,
}
