"""The sitemap: every page and record in every language, each naming the others.

Records have no row in the page tree: their section page names them in its own
``get_sitemap_urls``, as dicts made by ``entry``. People are in no sitemap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as sitemap_view
from wagtail.models import Locale, Page

Alternates = list[dict[str, str]]

#: Below this depth is the root, which is no page anybody can open.
FIRST_PAGE_DEPTH = 2
HOUR = 60 * 60


def alternates(urls: Mapping[str, str]) -> Alternates:
    """Language → full address, as the sitemap writes it; German for all others."""
    found = [{"lang_code": code, "location": url} for code, url in urls.items()]
    if settings.LANGUAGE_CODE in urls:
        default = urls[settings.LANGUAGE_CODE]
        found.append({"lang_code": "x-default", "location": default})
    return found


def entry(
    urls: Mapping[str, str], language: str, lastmod: date | datetime | None = None
) -> dict[str, Any]:
    """One thing in ``language``; ``urls`` holds its full address per language."""
    return {
        "location": urls[language],
        "lastmod": lastmod,
        "alternates": alternates(urls),
    }


class HubSitemap(Sitemap):
    """All visible pages. Aliases show the text of another page and are left out."""

    def items(self) -> Any:
        return (
            Page.objects.live()
            .public()
            .filter(depth__gte=FIRST_PAGE_DEPTH, alias_of__isnull=True)
            .order_by("path")
            .defer_streamfields()
            .specific()
        )

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        pages = list(self.paginator.page(page).object_list)
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        addresses = {item.pk: item.get_full_url(self.request) for item in pages}
        families: dict[Any, dict[str, str]] = defaultdict(dict)
        for item in pages:
            if addresses[item.pk]:
                code = codes[item.locale_id]
                families[item.translation_key][code] = addresses[item.pk]
        found = []
        for item in pages:
            own = alternates(families[item.translation_key])
            for info in item.get_sitemap_urls(self.request):
                if info["location"] == addresses[item.pk]:
                    info = {"alternates": own, **info}
                if info["location"]:
                    found.append(info)
        return found


@cache_control(max_age=HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``"""
    return sitemap_view(request, sitemaps={"pages": HubSitemap})
