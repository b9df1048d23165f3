"""The sitemap: every page and record in every language, each naming the others.

Records have no row in the page tree: their section page names them in its own
``get_sitemap_urls``, each with its ``alternates``. People are in no sitemap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as sitemap_view
from wagtail.models import Locale

from hub.models.visibility import public_pages

Alternates = list[dict[str, str]]

#: Below this depth is the root, which is no page anybody can open.
FIRST_PAGE_DEPTH = 2
HOUR = 60 * 60


def alternates(urls: Mapping[str, str]) -> Alternates:
    """Language → full address, as the sitemap writes it."""
    return [{"lang_code": code, "location": url} for code, url in urls.items()]


def with_default(found: Alternates) -> Alternates:
    """German for readers of all other languages."""
    german = [a for a in found if a["lang_code"] == settings.LANGUAGE_CODE]
    return [*found, *({**entry, "lang_code": "x-default"} for entry in german)]


class HubSitemap(Sitemap):
    """All visible pages. Aliases show the text of another page and are left out."""

    def items(self) -> Any:
        return (
            public_pages()
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
                if not info["location"]:
                    continue
                is_page = info["location"] == addresses[item.pk]
                others = info.get("alternates") or (own if is_page else [])
                found.append({**info, "alternates": with_default(others)})
        return found


@cache_control(max_age=HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``"""
    return sitemap_view(request, sitemaps={"pages": HubSitemap})
