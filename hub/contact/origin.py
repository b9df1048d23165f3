"""The page a question is asked from: shown to the sender and told to the office."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

#: Parameter of the address and name of the field.
PARAMETER = "seite"
MAX_LENGTH = 500


def own_path(text: str) -> str:
    """``text`` if it is a plain path on this site, else nothing. Never a query."""
    text = text.strip()
    if not text.startswith("/") or len(text) > MAX_LENGTH:
        return ""
    if any(ord(char) < 33 or char == "\\" for char in text):
        return ""
    if not url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return ""
    return urlsplit(text).path


def came_from(request: HttpRequest, own_url: str) -> str:
    """The page before this one: named in the address, else as the browser tells."""
    if PARAMETER in request.GET:
        return own_path(request.GET[PARAMETER])
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.get_host():
        return ""
    path = own_path(referrer.path)
    return "" if path.startswith(("/admin/", own_url or "/admin/")) else path
