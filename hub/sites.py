"""Wagtail's site of a request, held in memory until a site or a section changes."""

from __future__ import annotations

from django.http import HttpRequest

from wagtail.models import Site

from hub.addresses import STAMP
from search.held import Held

#: Names under which a site is asked for; others are looked up each time.
MOST = 64

_sites: Held[dict[tuple[str, str], Site | None]] = Held(STAMP, dict)


def site_of(request: HttpRequest) -> Site | None:
    """The site that answers under the host and port of a request."""
    held = _sites.get()
    # Not checked yet: whether the host is allowed is for others to say.
    key = (request._get_raw_host(), request.get_port())  # type: ignore[attr-defined]
    if key not in held:
        found = Site._find_for_request(request)  # type: ignore[attr-defined]
        if len(held) >= MOST:
            return found
        held[key] = found
    return held[key]
