"""Methods on the pages of the network: a city's, a programme's, a person's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hub.sorting import collation_key
from methods.models import MethodLink, MethodPage
from network import profile

TEMPLATE = "network/profile_methods.html"


def _methods(column: str, record: Any, language: str) -> list[dict[str, str]]:
    """Methods linked to a record, in one language: one query."""
    links = MethodLink.objects.filter(**{column: record.pk})
    pages = (
        MethodPage.objects.visible()
        .in_language(language)
        .filter(translation_key__in=links.values("method__translation_key"))
        .select_related("locale", "alias_of__locale")
    )
    return [
        {
            "title": page.title,
            "url": page.get_url() or "",
            "text": page.summary,
            "lang": "" if page.shown_language == language else page.shown_language,
        }
        for page in sorted(pages, key=lambda found: collation_key(found.title))
    ]


def _section(
    column: str, title: str, note: str, record: Any, language: str
) -> profile.ProfileSection | None:
    methods = _methods(column, record, language)
    if not methods:
        return None
    return profile.ProfileSection(
        "methoden",
        title,
        TEMPLATE,
        {"methods": methods, "note": note},
        is_self=column == "person",
    )


def city_methods(record: Any, language: str) -> profile.ProfileSection | None:
    """Methods a city is known for."""
    return _section("city", _("Methoden dazu"), "", record, language)


def programme_methods(record: Any, language: str) -> profile.ProfileSection | None:
    """Methods a programme uses."""
    return _section("programme", _("Methoden dazu"), "", record, language)


def person_methods(record: Any, language: str) -> profile.ProfileSection | None:
    """Methods a person names as the own field."""
    note = _("Selbstauskunft der Person.")
    return _section("person", _("Nennt als Methoden"), note, record, language)


def register() -> None:
    """Called once when the app is ready."""
    profile.register_section("city", city_methods)
    profile.register_section("programme", programme_methods)
    profile.register_section("person", person_methods)
