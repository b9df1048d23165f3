"""The way to a page: its ancestors below the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wagtail.models import Page

#: The root is at depth 1, the first page of a language at depth 2.
FIRST_PAGE_DEPTH = 2


def crumbs(page: Page, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Ancestors of ``page`` from the section down: one query."""
    ancestors = page.get_ancestors().filter(depth__gt=FIRST_PAGE_DEPTH)
    return [
        {"title": ancestor.title, "url": ancestor.get_url(request) or ""}
        for ancestor in ancestors.live()
    ]


def subpage_alternates(page: Any, route: str) -> list[dict[str, Any]]:
    """A route below ``page`` in every language where the page is, same words."""
    return [{**entry, "url": f"{entry['url']}{route}"} for entry in page.alternates]
