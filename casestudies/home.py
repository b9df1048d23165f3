"""What the first page shows of cases: one that stands out, some more, the latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from casestudies.choices import CaseKind
from casestudies.detail import history
from casestudies.entries import CaseEntry, case_entries
from casestudies.models import CaseIndexPage, CaseStudyPage
from hub.addresses import section_address
from hub.home import HomePart, Item, Lead, PathCard, Stock

if TYPE_CHECKING:
    from hub.models import HomePage

MOST_CASES = 5
CANDIDATES = 20
MOST_LATEST = 4
MOST_DATES = 4


def _item(entry: CaseEntry, note: str = "") -> Item:
    return Item(
        kind="case",
        title=entry.page.title,
        url=entry.url,
        text=entry.page.summary,
        note=note or entry.note,
        marker=entry.marker,
        lang=entry.lang,
        changed_at=entry.page.last_published_at,
    )


def _lead(entry: CaseEntry) -> Lead:
    dates = history(entry.page)
    return Lead(
        item=_item(entry),
        label=_("Fallbeispiel"),
        dates=dates if len(dates) <= MOST_DATES else [],
    )


def _chosen(page: HomePage, pages) -> list[CaseStudyPage]:
    """The featured case first, then projects that got furthest, newest first."""
    projects = pages.filter(kind=CaseKind.PROJECT, is_demo=False)
    done = list(projects.filter(status="completed").order_by("-year_from", "title"))
    more = projects.order_by("-year_from", "title")[:CANDIDATES]
    featured = page.featured_case
    found = {case.pk: case for case in [*done, *more]}
    if featured:
        first = pages.filter(translation_key=featured.translation_key).first()
        if first:
            found = {first.pk: first} | found
    return list(found.values())[:CANDIDATES]


def _spread(entries: list[CaseEntry]) -> list[CaseEntry]:
    """One case per place as far as that goes: districts differ, so do their cases."""
    first: dict[str, CaseEntry] = {}
    for entry in entries:
        first.setdefault(entry.place, entry)
    chosen = list(first.values())
    rest = [entry for entry in entries if entry not in chosen]
    return [*chosen, *rest][:MOST_CASES]


def part(page: HomePage, request: HttpRequest) -> HomePart:
    """Ways to start, how many cases there are, and some of them."""
    index = section_address(CaseIndexPage._meta.label, page.language).path
    pages = (
        CaseStudyPage.objects.visible()
        .in_language(page.language)
        .select_related("locale", "alias_of__locale", "round")
    )
    count = pages.filter(is_demo=False).count()
    shown = _spread(case_entries(_chosen(page, pages), request, page.language))
    recent = pages.filter(is_demo=False).order_by("-last_published_at", "title")
    latest = case_entries(list(recent[:MOST_LATEST]), request, page.language)
    return HomePart(
        paths=[
            PathCard(
                2,
                _("Ich sehe nach"),
                _("Was andere Bezirke versucht haben und was daraus wurde."),
                index,
            )
        ],
        stock=[
            Stock(
                "case",
                count,
                npgettext("Anzahl", "Fallbeispiel", "Fallbeispiele", count),
                index,
            )
        ],
        lead=_lead(shown[0]) if shown else None,
        cases=[_item(entry) for entry in shown[1:]],
        latest=[_item(entry, _("Fallbeispiel")) for entry in latest],
        links={"cases": index},
    )
