"""The list of cases: what its template shows, and the same list in other forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from casestudies.choices import CaseKind
from casestudies.entries import CaseEntry, case_entries
from casestudies.filters import case_list, neutral_values
from casestudies.models import CaseStudyPage
from hub import exports
from hub.filters import FacetedList
from hub.page_listing import PageListing
from hub.sorting import SortOrder
from network import tiles

if TYPE_CHECKING:
    from casestudies.models import CaseIndexPage


class CaseListing(PageListing):
    """The list of cases."""

    model = CaseStudyPage
    relations = ("locale", "alias_of__locale", "round")

    def neutral_values(self, keys: list[Any]) -> dict[Any, dict[str, Any]]:
        return neutral_values(keys)

    def faceted(self, keys: dict[int, Any]) -> FacetedList:
        return case_list(keys, self.values, self.request.GET)

    @property
    def orders(self) -> list[SortOrder]:
        return [
            SortOrder("", _("Neueste zuerst"), self._by_year),
            SortOrder("name", _("Name"), self.by_name),
            self.newest(),
        ]

    def _by_year(self, pk: int) -> Any:
        """Newest first, a round before its projects; what is invented comes last."""
        values = self.values[self.rows[pk]["translation_key"]]
        is_project = values["kind"] != CaseKind.ROUND
        year = -(values["year_from"] or 0)
        return values["is_demo"], year, is_project, self.by_name(pk)

    def entries(self, ids: Sequence[int]) -> list[CaseEntry]:
        return case_entries(self.load(ids), self.request, self.page.language)

    def _remark(self) -> str:
        """How many of the cases on the list are invented."""
        keys = (self.rows[pk]["translation_key"] for pk in self.listing.matching)
        count = sum(1 for key in keys if self.values[key]["is_demo"])
        if not count:
            return ""
        return ngettext(
            "davon %(count)s erfunden", "davon %(count)s erfunden", count
        ) % {"count": count}

    def context(self) -> dict[str, Any]:
        total = self.listing.total
        return super().context() | {
            "noun": npgettext("Anzahl", "Fallbeispiel", "Fallbeispiele", total),
            "remark": self._remark(),
            "tiles": tiles.tiles(self.listing, "bezirk"),
        }


def listing(page: CaseIndexPage, request: HttpRequest) -> HttpResponse:
    """The list, or exactly this list as table, data or feed."""
    found = CaseListing(page, request)
    form = exports.wanted(request)
    if form:
        return EXPORTS[form](found)
    context = page.get_context(request) | found.context()
    return TemplateResponse(request, page.template, context)


# Exports ---------------------------------------------------------------------


def _real(found: CaseListing, ids: Sequence[int]) -> list[CaseEntry]:
    """Invented cases stay on the screen, where they are marked."""
    return [entry for entry in found.entries(ids) if not entry.page.is_demo]


def _data(entry: CaseEntry, request: HttpRequest) -> dict[str, Any]:
    page = entry.page
    return {
        "title": page.title,
        "url": request.build_absolute_uri(entry.url),
        "language": page.shown_language,
        "summary": page.summary,
        "kind": page.kind,
        "round": page.round.code if page.round else None,
        "districts": [number for number, _name in entry.districts],
        "year_from": page.year_from,
        "year_to": page.year_to,
        "status": page.status,
        "verification": page.verification,
        "licence": page.licence,
        "figures": {figure["name"]: figure["value"] for figure in page.figures},
    }


def _json(found: CaseListing) -> HttpResponse:
    entries = _real(found, found.ordered())
    return exports.json_response(_data(entry, found.request) for entry in entries)


def _csv(found: CaseListing) -> HttpResponse:
    header = [
        _("Fallbeispiel"),
        _("Kurztext"),
        _("Bezirke"),
        _("Klimateam-Durchgang"),
        _("Beginn (Jahr)"),
        _("Stand"),
        _("Adresse"),
    ]
    rows = (
        [
            entry.page.title,
            entry.page.summary,
            [f"{number}. {name}" for number, name in entry.districts],
            entry.page.round.label if entry.page.round else "",
            entry.page.year_from,
            entry.page.get_status_display(),
            found.request.build_absolute_uri(entry.url),
        ]
        for entry in _real(found, found.ordered())
    )
    return exports.csv_response(_("fallbeispiele"), header, rows)


def _feed(found: CaseListing) -> HttpResponse:
    return exports.feed_response(
        found.request,
        f"{_('Drehscheibe')}: {found.page.title}",
        found.page.summary,
        (
            exports.FeedEntry(
                entry.page.title,
                entry.url,
                entry.page.summary,
                entry.page.last_published_at,
            )
            for entry in _real(found, found.ordered("neu")[:50])
        ),
    )


EXPORTS = {"json": _json, "csv": _csv, "feed": _feed}
