"""The list of methods and the page of one: what their templates show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from hub import exports
from hub.filters import FacetedList
from hub.page_listing import PageListing
from hub.sorting import SortOrder
from methods import practice
from methods.addresses import compare_address, method_reference
from methods.choices import Effort, Level
from methods.filters import LEVEL, level_options, method_list, neutral_values
from methods.models import MethodPage

if TYPE_CHECKING:
    from methods.models import MethodIndexPage

EFFORTS = list(Effort)


@dataclass(frozen=True)
class MethodEntry:
    """One method in a list."""

    page: MethodPage
    url: str
    lang: str
    level: Level | None
    cases: int
    #: Number of the German page, as addresses name the method.
    source: int = 0

    @property
    def reference(self) -> str:
        """ "method-12": how a comparison names it."""
        return method_reference(self.source) if self.source else ""

    @property
    def level_number(self) -> int:
        """Step of the level the method starts at, for the ring."""
        return self.level.step if self.level else 0

    @property
    def level_label(self) -> str:
        """ "Einbeziehen", "Konsultieren bis Einbeziehen"."""
        if self.level is None:
            return ""
        highest = last_level(self.page.levels)
        if highest is self.level:
            return str(self.level.label)
        words = {"low": self.level.label, "high": highest.label if highest else ""}
        return _("%(low)s bis %(high)s") % words


def first_level(codes: Sequence[str]) -> Level | None:
    """The level a method starts at: a list never promises more than that."""
    known = [Level(code) for code in codes if code in Level.values]
    return min(known, key=lambda level: level.step) if known else None


def last_level(codes: Sequence[str]) -> Level | None:
    """The level a method may reach."""
    known = [Level(code) for code in codes if code in Level.values]
    return max(known, key=lambda level: level.step) if known else None


def method_entries(
    pages: Sequence[MethodPage], request: HttpRequest | None, language: str
) -> list[MethodEntry]:
    """Pages with what a list says about them: one query for the cases."""
    keys = [page.translation_key for page in pages]
    sources = dict(
        MethodPage.objects.sources()
        .filter(translation_key__in=keys)
        .values_list("translation_key", "pk")
    )
    cases = practice.counts(list(sources.values()))
    return [
        MethodEntry(
            page=page,
            url=page.get_url(request) or "",
            lang="" if page.shown_language == language else page.shown_language,
            level=first_level(page.levels),
            cases=cases.get(sources.get(page.translation_key, 0), 0),
            source=sources.get(page.translation_key, 0),
        )
        for page in pages
    ]


class MethodListing(PageListing):
    """The list of methods."""

    model = MethodPage

    def neutral_values(self, keys: list[Any]) -> dict[Any, dict[str, Any]]:
        return neutral_values(keys)

    def faceted(self, keys: dict[int, Any]) -> FacetedList:
        return method_list(keys, self.values, self.request.GET)

    @property
    def orders(self) -> list[SortOrder]:
        return [
            SortOrder("", _("Name"), self.by_name),
            SortOrder("aufwand", _("Aufwand"), self._by_effort),
            self.newest(),
        ]

    def _by_effort(self, pk: int) -> Any:
        effort = self.values[self.rows[pk]["translation_key"]]["effort"]
        place = EFFORTS.index(effort) if effort in Effort.values else len(EFFORTS)
        return place, self.by_name(pk)

    def entries(self, ids: Sequence[int]) -> list[MethodEntry]:
        return method_entries(self.load(ids), self.request, self.page.language)

    def context(self) -> dict[str, Any]:
        total = self.listing.total
        return super().context() | {
            "levels": level_options(self.listing),
            "compare_url": compare_address((), self.page.language),
            "noun": npgettext("Anzahl", "Methode", "Methoden", total),
        }


def listing(page: MethodIndexPage, request: HttpRequest) -> HttpResponse:
    """The list, or exactly this list as table, data or feed."""
    found = MethodListing(page, request)
    form = exports.wanted(request)
    if form:
        return EXPORTS[form](found)
    context = page.get_context(request) | found.context()
    return TemplateResponse(request, page.template, context)


# Exports ---------------------------------------------------------------------


def _data(entry: MethodEntry, request: HttpRequest) -> dict[str, Any]:
    page = entry.page
    return {
        "title": page.title,
        "url": request.build_absolute_uri(entry.url),
        "language": page.shown_language,
        "summary": page.summary,
        "levels": page.levels,
        "phases": page.phases,
        "formats": page.formats,
        "effort": page.effort,
        "group_size": [page.group_size_min, page.group_size_max],
        "session_minutes": [page.session_minutes_min, page.session_minutes_max],
        "lead_time_weeks": [page.lead_time_weeks_min, page.lead_time_weeks_max],
        "cost_eur": [page.cost_eur_min, page.cost_eur_max],
        "staff_hours": [page.staff_hours_min, page.staff_hours_max],
        "cases": entry.cases,
        "verification": page.verification,
        "licence": page.licence,
    }


def _json(found: MethodListing) -> HttpResponse:
    entries = found.entries(found.ordered())
    return exports.json_response(_data(entry, found.request) for entry in entries)


def _csv(found: MethodListing) -> HttpResponse:
    def row(entry: MethodEntry) -> list[Any]:
        page = entry.page
        return [
            page.title,
            page.summary,
            [Level(code).label for code in page.levels if code in Level.values],
            page.group_size_min,
            page.group_size_max,
            page.session_minutes_min,
            page.session_minutes_max,
            page.lead_time_weeks_min,
            page.lead_time_weeks_max,
            page.get_effort_display(),
            entry.cases,
            found.request.build_absolute_uri(entry.url),
        ]

    header = [
        _("Methode"),
        _("Kurztext"),
        _("Stufen"),
        _("Personen mindestens"),
        _("Personen höchstens"),
        _("Minuten je Person mindestens"),
        _("Minuten je Person höchstens"),
        _("Wochen Vorlauf mindestens"),
        _("Wochen Vorlauf höchstens"),
        _("Aufwand"),
        _("Fallbeispiele"),
        _("Adresse"),
    ]
    entries = found.entries(found.ordered())
    return exports.csv_response(_("methoden"), header, map(row, entries))


def _feed(found: MethodListing) -> HttpResponse:
    entries = found.entries(found.ordered("neu")[:50])
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
            for entry in entries
        ),
    )


EXPORTS = {"json": _json, "csv": _csv, "feed": _feed}

__all__ = ["LEVEL", "MethodEntry", "MethodListing", "listing", "method_entries"]
