"""What answers outside of pages: health, robots, the icon."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from hub import health
from hub.context import address
from hub.pagination import PAGE

DAY = 24 * 60 * 60


@require_safe
@never_cache
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else, so a broken database restarts nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything works: database, index, outbox. 503 names what does not."""
    problems = health.problems()
    return JsonResponse(
        {"ready": not problems, "problems": problems}, status=503 if problems else 200
    )


@require_safe
@cache_control(max_age=DAY)
@transaction.non_atomic_requests
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read pages, no searches and no combinations of filters."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            if search := address("search"):
                lines.append(f"Disallow: {search}")
    lines += [
        "Disallow: /*?",
        f"Allow: /*?{PAGE}=",
        f"Disallow: /*?{PAGE}=*&",
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=DAY)
@transaction.non_atomic_requests
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by habit; the real one is the mark."""
    return HttpResponseRedirect(static("hub/mark.svg"))
