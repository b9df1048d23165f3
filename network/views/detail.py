"""What the pages of all records have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from hub.addresses import easy_path
from hub.models import Record
from hub.routing import easy_panel, easy_text_of
from hub.sourcelist import source_list
from network import profile

#: Stands in a table of contents for what other subjects add.
OTHERS = "*"


def crumbs(page: Any, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """The section page and lists below it: (title, name of the route)."""
    return [
        {"title": page.title, "url": page.route_url()},
        *({"title": title, "url": page.route_url(route)} for title, route in steps),
    ]


def easy_of(record: Record, language: str) -> dict[str, Any] | None:
    """The panel of the easy text, with the address of the larger one: one query."""
    url = easy_path(record.get_url(language), language)
    return easy_panel(easy_text_of(record, language), url)


def render(
    page: Any, request: HttpRequest, record: Record, template: str, **extra: Any
) -> HttpResponse:
    """A page of a record: what every one of them needs, and what this kind adds."""
    language = page.language
    shown = {
        "record": record,
        "title": str(record),
        "alternates": record.alternates,
        "canonical": record.get_full_url(language),
        "social_title": str(record),
        "social_description": getattr(record, "summary", "") or "",
        "sources": source_list(record.sources),
    }
    context = page.get_context(request) | shown | extra
    if "easy" not in context:
        context["easy"] = easy_of(record, language)
    if "profile_sections" not in context:
        context["profile_sections"] = profile.sections(record, language)
    context["sections"] = _contents(context.pop("toc", ()), context["profile_sections"])
    return TemplateResponse(request, template, context)


def _contents(
    toc: Iterable[tuple[str, str, Any]], others: Iterable[profile.ProfileSection]
) -> list[dict[str, str]]:
    """The sections that are there, for "Auf dieser Seite"; ``OTHERS`` marks a place."""
    found = []
    for name, title, there in toc:
        if name == OTHERS:
            found += [{"id": other.id, "title": other.title} for other in others]
        elif there:
            found.append({"id": name, "title": title})
    return found


def facts_json_ld(kind: str, record: Record, language: str, **more: Any) -> dict:
    """Data about a record for search engines."""
    data = {
        "@type": kind,
        "name": str(record),
        "description": getattr(record, "summary", "") or "",
        "url": record.get_full_url(language),
        **more,
    }
    return {key: value for key, value in data.items() if value}
