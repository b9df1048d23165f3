"""Addresses of the pages on which people see and change what is kept about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from hub.models import HubPageQuerySet
from network.models import NetworkPage


def section(language: str) -> NetworkPage | None:
    """The network page of a language."""
    pages = NetworkPage.objects.visible().in_language(language)
    return pages.select_related("notice_page").first()


def full_url(language: str, route: str, **kwargs: Any) -> str:
    """The address of a route with the host, for mails."""
    page = section(language)
    path = page.route_url(route, **kwargs) if page else "/"
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def notice(page: NetworkPage) -> Any:
    """The page with the information under Art. 13 and 14, in the page's language."""
    source = page.source_page.notice_page
    if source is None:
        return None
    family = (
        HubPageQuerySet(type(source))
        .visible()
        .filter(translation_key=source.translation_key)
    )
    return family.in_language(page.language).first() or family.first()


def notice_url(language: str) -> str:
    """Its address with the host; empty where there is none."""
    page = section(language)
    found = notice(page) if page else None
    path = found.get_url() if found else ""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}" if path else ""
