"""Guides: the list of them, and what the page of one shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hub.exports import Table
from hub.glossary import Explanation, explanation
from hub.models import GlossaryTerm
from hub.routing import easy_panel
from hub.sorting import collation_key
from hub.sourcelist import source_list
from hub.trail import crumbs
from methods.choices import Audience
from methods.models import MethodPage

if TYPE_CHECKING:
    from methods.models import GuidePage, GuidesPage


@dataclass(frozen=True)
class GuideSection:
    """A section with its place on the page."""

    id: str
    title: str
    text: Any
    checks: list[str]


@dataclass(frozen=True)
class GuideEntry:
    """A guide in the list."""

    page: GuidePage
    url: str
    lang: str


def entries(page: GuidesPage, request: HttpRequest | None) -> list[GuideEntry]:
    """All visible guides below the page, in the order editors gave them: one query."""
    from methods.models import GuidePage

    guides = (
        GuidePage.objects.visible()
        .child_of(page)
        .select_related("locale", "alias_of__locale")
        .order_by("path")
    )
    return [
        GuideEntry(
            guide,
            guide.get_url(request) or "",
            "" if guide.shown_language == page.language else guide.shown_language,
        )
        for guide in guides
    ]


def list_context(page: GuidesPage, request: HttpRequest | None) -> dict[str, Any]:
    """What the list of guides shows, by audience; guides for everyone come last."""
    found = entries(page, request)
    groups = [
        (str(audience.label), [e for e in found if e.page.audience == audience])
        for audience in sorted(Audience, key=lambda a: a == Audience.EVERYONE)
    ]
    return {"groups": [(label, some) for label, some in groups if some]}


def table(page: GuidesPage, request: HttpRequest) -> Table:
    """The list of guides to take along."""
    return Table(
        _("leitfaeden"),
        [
            ("title", _("Titel")),
            ("summary", _("Kurztext")),
            ("audience", _("für wen")),
            ("language", _("Sprache")),
            ("url", _("Adresse")),
        ],
        [
            [
                entry.page.title,
                entry.page.summary,
                entry.page.get_audience_display(),
                entry.page.shown_language,
                request.build_absolute_uri(entry.url),
            ]
            for entry in entries(page, request)
        ],
    )


def sections(page: GuidePage) -> list[GuideSection]:
    """Sections with unique places."""
    found: list[GuideSection] = []
    taken: set[str] = set()
    for index, child in enumerate(page.sections, start=1):
        name = slugify(child.value["heading"])[:40].strip("-") or str(index)
        anchor = f"abschnitt-{name}"
        if anchor in taken:
            anchor = f"{anchor}-{index}"
        taken.add(anchor)
        checks = [str(check) for check in child.value["checks"]]
        found.append(
            GuideSection(anchor, child.value["heading"], child.value["text"], checks)
        )
    return found


def methods_of(page: GuidePage, request: HttpRequest | None) -> list[dict[str, str]]:
    """Methods that fit, in the language of the page: two queries."""
    # In a preview the relation is a list in memory, which cannot be a subquery.
    keys = [method.translation_key for method in page.source_page.methods.all()]
    pages = (
        MethodPage.objects.visible()
        .in_language(page.language)
        .filter(translation_key__in=keys)
        .select_related("locale", "alias_of__locale")
    )
    return [
        {
            "title": method.title,
            "url": method.get_url(request) or "",
            "text": method.summary,
            "lang": ""
            if method.shown_language == page.language
            else method.shown_language,
        }
        for method in sorted(pages, key=lambda found: collation_key(found.title))
    ]


def terms_of(page: GuidePage) -> list[Explanation]:
    """Terms that editors chose for this guide: one query."""
    terms = GlossaryTerm.objects.visible().filter(
        pk__in=page.source_page.terms.values("pk")
    )
    found = [explanation(term, page.language, is_marked=False) for term in terms]
    return [shown for shown in found if shown.term and shown.definition]


def context(page: GuidePage, request: HttpRequest | None) -> dict[str, Any]:
    """Everything the template of a guide shows."""
    parts = sections(page)
    methods = methods_of(page, request)
    terms = terms_of(page)
    sources = source_list(page.sources)
    contents = [{"id": part.id, "title": part.title} for part in parts]
    more = [
        ("methoden", _("Passende Methoden"), methods),
        ("begriffe", _("Begriffe auf dieser Seite"), terms),
        ("quellen", _("Quellen"), sources),
    ]
    contents += [{"id": name, "title": title} for name, title, there in more if there]
    return {
        "crumbs": crumbs(page, request),
        "parts": parts,
        "has_checks": any(part.checks for part in parts),
        "methods": methods,
        "terms": terms,
        "sources": sources,
        "sections": contents,
        "audience": str(page.get_audience_display()),
        "easy": easy_panel(page.easy_text, page.easy_url),
    }
