"""Pages for what went wrong: in the right language, with a way on."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_path

from hub import display

logger = logging.getLogger(__name__)

#: What of an address may serve as words to search for.
MAX_WORDS = 80


class Gone(Exception):
    """What was at this address is gone for good: answered with 410."""


def words_of(path: str) -> str:
    """The last part of an address as words: a guess at what was looked for."""
    parts = [part for part in unquote(path).split("/") if part]
    if len(parts) < 2 or len(parts[-1]) > MAX_WORDS:
        return ""
    words = re.sub(r"\.\w{1,5}$", "", parts[-1])
    words = re.sub(r"[^\w]+|_", " ", words).strip()
    return words if re.search(r"[^\W\d]", words) else ""


def _page(
    request: HttpRequest, template: str, status: int, context: dict[str, Any]
) -> HttpResponse:
    """An error page within the frame of the site."""
    # The address leads nowhere, so it has no counterpart in the other language.
    request.resolver_match = None
    text = loader.render_to_string(
        template, {"page": None, "robots": "noindex", **context}, request=request
    )
    response = HttpResponse(text, status=status)
    add_never_cache_headers(response)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the sections, the search with the words of the address, the office."""
    context = {"words": words_of(request.path), "path": request.path}
    return _page(request, "404.html", 404, context)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """410: it was here, and was removed."""
    context = {"words": words_of(request.path), "path": request.path}
    return _page(request, "410.html", 410, context)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not open to everybody."""
    return _page(request, "403.html", 403, {"path": request.path})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: without the frame, since nothing about the request can be trusted."""
    return _plain(request, "400.html", 400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing: nearly always cookies are switched off."""
    return _page(request, "403_csrf.html", 403, {})


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: a polite word and when to come back."""
    minutes = max(1, -(-seconds // 60))
    response = _page(request, "429.html", 429, {"minutes": minutes})
    response["Retry-After"] = str(seconds)
    return response


def login_locked(request: HttpRequest, *details: Any) -> HttpResponse:
    """429 after too many wrong passwords (called by django-axes)."""
    return too_many(request, int(float(settings.AXES_COOLOFF_TIME) * 3600))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of the database, for it may be the reason."""
    return _plain(request, "500.html", 500)


def _plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page on its own, which must not fail, whatever else does."""
    language = get_language_from_path(request.path_info) or translation.get_language()
    code = (language or "de").split("-")[0]
    context = {"theme": display.theme(request), "home": f"/{code}/"}
    with translation.override(code):
        try:
            text = loader.render_to_string(template, context, request=None)
        except Exception:
            logger.exception("The page %s failed, too", template)
            text = "<!doctype html><title>Drehscheibe</title><p>Drehscheibe</p>"
    response = HttpResponse(text, status=status)
    add_never_cache_headers(response)
    return response
