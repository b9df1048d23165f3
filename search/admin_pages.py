"""What the search's pages in the admin share: who may see them, their frame, addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail.admin.auth import permission_required

from .state import QUERY

PERMISSION = "search.view_searchevent"
#: Searches are for those who work on the content.
for_editors = permission_required(PERMISSION)


def language_of(text: str) -> str:
    """A language of the search, or nothing."""
    return text if text in settings.SEARCH["LANGUAGES"] else ""


def language_names() -> list[tuple[str, str]]:
    """Languages of the search, by code and name."""
    return [
        (code, str(translation.get_language_info(code)["name_translated"]))
        for code in settings.SEARCH["LANGUAGES"]
    ]


def frame(title: Any, icon: str = "search") -> dict[str, Any]:
    """Title, icon and path of a page, as Wagtail's templates want them."""
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Start")},
            {"url": "", "label": title},
        ],
    }


def search_url(query: str, language: str, **more: str) -> str:
    """The public search in a language."""
    with translation.override(language):
        return f"{reverse('search')}?{urlencode({QUERY: query, **more})}"


def explain_url(query: str, language: str, **more: str) -> str:
    """The page that explains a search."""
    params = {QUERY: query, "sprache": language, **more}
    return f"{reverse('search_explain')}?{urlencode(params)}"
