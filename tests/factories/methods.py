"""Methods in two languages."""

from __future__ import annotations

from typing import Any

from methods.models import MethodIndexPage, MethodPage

from .hub import section, translation_of


def method_section() -> dict:
    return section(MethodIndexPage, ("Methoden", "methoden"), ("Methods", "methods"))


def method(root: dict, slug: str = "world-cafe", **values: Any) -> MethodPage:
    """A method with its English translation; returns the German page."""
    many = {key: values.pop(key, ()) for key in ("goals", "topics", "target_groups")}
    english = values.pop("en", {})
    defaults = {
        "title": slug.replace("-", " ").title(),
        "slug": slug,
        "locale": root["de"].locale,
        "summary": f"Kurztext {slug}.",
        "levels": ["consult", "involve"],
        "phases": ["ideate"],
        "formats": ["in_person"],
        "effort": "low",
        "group_size_min": 10,
        "group_size_max": 40,
        "lead_time_weeks_min": 4,
        "lead_time_weeks_max": 8,
    }
    page = MethodPage(**(defaults | values))
    root["de"].add_child(instance=page)
    linked = {key: entries for key, entries in many.items() if entries}
    for key, entries in linked.items():
        getattr(page, key).set(entries)
    if linked:
        page.save()
    words = {"title": f"{page.title} EN", "slug": f"{slug}-en", "summary": "In short."}
    translation_of(page, **(words | english))
    return MethodPage.objects.get(pk=page.pk)
