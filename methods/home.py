"""What the first page shows of methods and guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from hub.addresses import section_address
from hub.home import HomePart, Item, PathCard, Stock
from methods.finder.addresses import finder_address
from methods.models import GuidesPage, MethodIndexPage, MethodPage

if TYPE_CHECKING:
    from hub.models import HomePage

MOST_LATEST = 4


def part(page: HomePage, request: HttpRequest) -> HomePart:
    """Ways to start, how many methods there are, and which changed last."""
    methods = section_address(MethodIndexPage._meta.label, page.language).path
    guides = section_address(GuidesPage._meta.label, page.language).path
    pages = MethodPage.objects.visible().in_language(page.language)
    count = pages.count()
    latest = pages.select_related("locale", "alias_of__locale")
    return HomePart(
        paths=[
            PathCard(
                1,
                _("Ich plane"),
                _("Neun Fragen, dann passende Methoden mit Begründung."),
                finder_address(None, page.language),
            ),
            PathCard(
                4,
                _("Es eilt"),
                _("Leitfäden: was in wenigen Wochen noch geht."),
                guides,
            ),
        ],
        stock=[
            Stock(
                "method",
                count,
                npgettext("Anzahl", "Methode", "Methoden", count),
                methods,
            )
        ],
        latest=[
            Item(
                kind="method",
                title=method.title,
                url=method.get_url(request) or "",
                note=_("Methode"),
                lang=method.shown_language
                if method.shown_language != page.language
                else "",
                changed_at=method.last_published_at,
            )
            for method in latest.order_by("-last_published_at", "title")[:MOST_LATEST]
        ],
        links={"methods": methods, "guides": guides},
    )
