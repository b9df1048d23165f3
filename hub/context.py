"""What every template may use: navigation, addresses of the house, theme, languages.

Nothing is asked of the database until a template reads it, and then it is one query
for the pages of the navigation. Error pages and Django views get the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language

from wagtail.models import Page

from hub import display, navigation
from hub.models import HomePage, HubSettings
from hub.models.visibility import public_pages

#: Depth of the first pages and of the sections below them in Wagtail's tree.
HOME_DEPTH = 2
SECTION_DEPTH = 3
#: Sections that are no content: text, help, the landing page of easy texts.
SERVICE_PAGES = frozenset({"standardpage", "askpage", "easyindexpage"})


def address(name: str) -> str:
    """The address of a view, or nothing when the view does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=8)
def _home_address(language: str) -> str:
    """The address of a language's first page. Wagtail asks for all sites to tell it."""
    with translation.override(language):
        return reverse("wagtail_serve", args=[""])


class Entry(NamedTuple):
    """What the frame of a page shows of another page: no model, there are many."""

    title: str
    url_path: str
    depth: int
    show_in_menus: bool
    in_footer: bool | None
    app: str
    model: str
    language: str


@lru_cache(maxsize=8)
def _frame_query(kinds: tuple[int, ...]) -> tuple[str, tuple[Any, ...]]:
    """What ``_pages`` asks, written down once: every page of the site asks it, and to
    make it took six times as long as the answer. Depth has no index, so kinds of pages
    that come in thousands are not even looked at."""
    pages = public_pages().filter(content_type__in=kinds)
    found = pages.filter(depth__in=(HOME_DEPTH, SECTION_DEPTH)).order_by("path")
    rows = found.values_list(
        "title",
        "url_path",
        "depth",
        "show_in_menus",
        "standardpage__show_in_footer",
        "content_type__app_label",
        "content_type__model",
        "locale__language_code",
    )
    return rows.query.sql_with_params()


class SiteContext:
    """Lazy answers for one request; each is computed once, when first read."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]

    @cached_property
    def _pages(self) -> list[Entry]:
        """First pages of all languages and the sections below them: one query."""
        models = [HomePage, *HomePage.allowed_subpage_models()]
        kinds = ContentType.objects.get_for_models(*models).values()
        with connection.cursor() as cursor:
            cursor.execute(*_frame_query(tuple(kind.pk for kind in kinds)))
            return [Entry(*row) for row in cursor.fetchall()]

    @cached_property
    def _roots(self) -> dict[str, str]:
        """Addresses of the first pages, by their place in Wagtail's tree."""
        return {
            page.url_path: _home_address(page.language)
            for page in self._pages
            if page.depth == HOME_DEPTH
        }

    def _url(self, page: Entry) -> str:
        """The address of a page. What stands below a first page continues its address;
        asking Wagtail for each took longer than the rest of the frame."""
        if page.depth == HOME_DEPTH:
            return self._roots[page.url_path]
        above, _, slug = page.url_path.rstrip("/").rpartition("/")
        root = self._roots.get(f"{above}/")
        if root:
            return f"{root}{quote(slug)}/"
        return Page(url_path=page.url_path).get_url(self.request) or ""

    @cached_property
    def homes(self) -> dict[str, str]:
        """The first page of each language."""
        return {
            page.language: self._url(page)
            for page in self._pages
            if page.depth == HOME_DEPTH
        }

    @property
    def home_url(self) -> str:
        """The first page of this language."""
        return self.homes.get(self.language) or f"/{self.language}/"

    @cached_property
    def _sections(self) -> list[tuple[Entry, dict[str, Any]]]:
        """The sections of this language, with what templates show of them."""
        return [
            (page, self._entry(page))
            for page in self._pages
            if page.depth == SECTION_DEPTH and page.language == self.language
        ]

    def _entry(self, page: Entry) -> dict[str, Any]:
        return {"title": page.title, **self._at(self._url(page))}

    def _at(self, url: str) -> dict[str, Any]:
        """An address, and whether the reader is there or below."""
        path = self.request.path
        current = "page" if path == url else path.startswith(url) and "true"
        return {"url": url, "current": current}

    @cached_property
    def nav(self) -> list[dict[str, Any]]:
        """The sections editors show in the menu, then what subjects add. Only one of
        them is where the reader is: what was added stands below a section."""
        entries = [entry for page, entry in self._sections if page.show_in_menus]
        added = [entry for link in navigation.links() if (entry := self._link(link))]
        if any(entry["current"] for entry in added):
            entries = [{**entry, "current": False} for entry in entries]
        return [*entries, *added]

    def _link(self, link: navigation.NavLink) -> dict[str, Any] | None:
        url = link.address(self.language)
        return {"title": link.label, **self._at(url)} if url else None

    @cached_property
    def contents(self) -> list[dict[str, Any]]:
        """Everything that lists content, also what the menu has no room for."""
        return [
            entry for page, entry in self._sections if page.model not in SERVICE_PAGES
        ]

    @cached_property
    def footer(self) -> list[dict[str, Any]]:
        """The pages of text editors show in the footer."""
        return [entry for page, entry in self._sections if page.in_footer]

    def _section_of(self, model: str) -> dict[str, Any] | None:
        wanted = ("hub", model)
        found = (e for page, e in self._sections if (page.app, page.model) == wanted)
        return next(found, None)

    @cached_property
    def ask(self) -> dict[str, Any] | None:
        """The page "Frage an das Büro": help in the same place everywhere."""
        return self._section_of("askpage")

    @cached_property
    def easy(self) -> dict[str, Any] | None:
        """The landing page of easy texts."""
        return self._section_of("easyindexpage")

    @cached_property
    def glossary(self) -> dict[str, Any] | None:
        """The glossary."""
        return self._section_of("glossarypage")

    @cached_property
    def search_url(self) -> str:
        """Where the search form goes."""
        return address("search")

    @cached_property
    def suggest_url(self) -> str:
        """Where suggestions for the search field come from."""
        return address("search_suggest")

    @cached_property
    def noted(self) -> dict[str, Any]:
        """The page of noted entries: "Merkliste"."""
        url = address("noted")
        return {"url": url, "current": "page" if self.request.path == url else ""}

    @cached_property
    def display_url(self) -> str:
        """Where the choice of light or dark goes."""
        return address("display")

    @property
    def theme(self) -> str:
        """The chosen theme; empty leaves it to the system."""
        return display.theme(self.request)

    @cached_property
    def alternates(self) -> list[dict[str, Any]]:
        """The same Django view in every language; pages bring their own list."""
        path = self.request.get_full_path()
        if getattr(self.request, "resolver_match", None) is None:
            return []
        found = []
        for code, _name in settings.LANGUAGES:
            url = translate_url(path, code)
            if url != path or code == self.language:
                found.append({"language": code, "url": url, "translated": True})
        return found

    @property
    def has_demo(self) -> bool:
        """Whether invented people and cases may be on the pages."""
        return bool(settings.HUB_DEMO)

    @cached_property
    def office(self) -> HubSettings:
        """How the office can be reached."""
        return HubSettings.for_request(self.request)


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"site": SiteContext(request)}
