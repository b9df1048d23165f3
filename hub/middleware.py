"""What every response needs: limits for costly views, addresses that are gone, CSP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from csp.middleware import CSPMiddleware, PolicyParts

from hub import errors, ratelimit, sites
from hub.exports import OUTPUT

GetResponse = Callable[[HttpRequest], HttpResponse]


def is_admin(request: HttpRequest) -> bool:
    """Whether the address belongs to Wagtail's own interface."""
    return request.path_info.startswith("/admin/")


class PolicyMiddleware(CSPMiddleware):
    """The strict policy for everybody, a wider one for Wagtail's own interface."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not is_admin(request) or report_only:
            return parts
        if parts.config is None:
            parts.config = dict(settings.HUB_ADMIN_POLICY)
        return parts


class HookMiddleware:
    """Lets every request pass; subclasses look at views or exceptions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class MissingMiddleware(HookMiddleware):
    """The helpful page for what is missing (404) or gone for good (410).

    Also in development, where Django would show its list of addresses instead.
    """

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, errors.Gone):
            return errors.gone(request, exception)
        if isinstance(exception, Http404) and not is_admin(request):
            return errors.not_found(request, exception)
        return None


class RateLimitMiddleware(HookMiddleware):
    """Limits the views that ``HUB_RATE_LIMITS`` names, and every export of a list."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.url_name if match else None
        if OUTPUT in request.GET:
            name = "export"
        seconds = ratelimit.spend_by(request, name) if name else 0
        return errors.too_many(request, seconds) if seconds else None


class SiteMiddleware(HookMiddleware):
    """Tells Wagtail which of its sites a request is for, from memory.

    Wagtail asks the database once for every request, and to make that query took longer
    than most of our own. It looks for this attribute first. ``/healthz`` asks nothing.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> None:
        match = request.resolver_match
        if match is None or match.url_name != "healthz":
            request._wagtail_site = sites.site_of(request)  # type: ignore[attr-defined]


class VaryMiddleware:
    """Pages look different with the theme's cookie: shared caches must know."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response
