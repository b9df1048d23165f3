"""The reports of searches in the admin, and where they stand in its menu."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.menu import MenuItem

from .admin_pages import (
    PERMISSION,
    explain_url,
    for_editors,
    frame,
    language_names,
    language_of,
    search_url,
)
from .explain_views import explain
from .models import PromotedResult, SynonymSet
from .reports import PERIODS, Report, Row, rows

TITLES = {
    Report.EMPTY: gettext_lazy("Ohne Ergebnis"),
    Report.MOST: gettext_lazy("Meistgesucht"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a report and what can be done about it in one step."""

    row: Row
    search_url: str
    explain_url: str
    synonym_url: str
    promote_url: str


@for_editors
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the reports, on the page or as a table."""
    try:
        chosen = Report(kind)
    except ValueError as error:
        raise Http404 from error
    days = _days(request.GET.get("tage", ""))
    language = language_of(request.GET.get("sprache", ""))
    found = rows(chosen, days, language)
    if request.GET.get("als") == "csv":
        return _csv(chosen, found)
    query = urlencode({"tage": days, "sprache": language, "als": "csv"})
    context = {
        **frame(TITLES[chosen]),
        "report": chosen,
        "is_empty_report": chosen is Report.EMPTY,
        "lines": [_line(row) for row in found],
        "days": days,
        "periods": PERIODS,
        "language": language,
        "languages": language_names(),
        "csv_url": f"?{query}",
        "min_days": settings.SEARCH.get("EVENT_MIN_DAYS", 2),
        "may_synonym": request.user.has_perm("search.add_synonymset"),
        "may_promote": request.user.has_perm("search.add_promotedresult"),
    }
    return TemplateResponse(request, "search/admin/report.html", context)


def _days(text: str) -> int:
    return int(text) if text in map(str, PERIODS) else PERIODS[1]


def _line(row: Row) -> Line:
    return Line(
        row=row,
        search_url=search_url(row.query, row.language),
        explain_url=explain_url(row.query, row.language),
        synonym_url=_add_url(SynonymSet, terms=row.query, language=row.language),
        promote_url=_add_url(PromotedResult, queries=row.query, language=row.language),
    )


def _add_url(model: Any, **values: str) -> str:
    """The form for a new row, filled in; whoever registered the model shows it."""
    viewset = getattr(model, "snippet_viewset", None)
    if viewset is None:
        return ""
    return f"{reverse(viewset.get_url_name('add'))}?{urlencode(values)}"


def _csv(chosen: Report, found: list[Row]) -> HttpResponse:
    header = (
        _("Suchtext"),
        _("Sprache"),
        _("Anzahl der Suchen"),
        _("Tage"),
        _("Treffer"),
        _("Klicks"),
        _("mittlerer Platz"),
    )
    cells = (
        (r.query, r.language, r.searches, r.days, r.results, r.clicks, _rank(r))
        for r in found
    )
    output = import_module(settings.SEARCH["EXPORTS"])
    response: HttpResponse = output.csv_response(f"suche-{chosen}", header, cells)
    return response


def _rank(row: Row) -> str:
    return "" if row.mean_rank is None else f"{row.mean_rank:.1f}"


# Where it stands in the admin --------------------------------------------------------------


class EditorsItem(MenuItem):
    """Shown to those who may see the reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def menu_items() -> list[MenuItem]:
    """The reports and the explanation, for the menu "Suche"."""
    reports = [
        EditorsItem(
            TITLES[kind],
            reverse("search_report", args=[kind.value]),
            name=f"search-{kind.value}",
            icon_name="list-ul",
            order=order,
        )
        for order, kind in enumerate(Report)
    ]
    why = EditorsItem(
        _("Treffer erklären"),
        reverse("search_explain"),
        name="search-explain",
        icon_name="help",
        order=10,
    )
    return [*reports, why]


def admin_urls() -> list[Any]:
    return [
        path("suche/bericht/<slug:kind>/", report, name="search_report"),
        path("suche/erklaeren/", explain, name="search_explain"),
    ]
