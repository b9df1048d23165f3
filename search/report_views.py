"""The reports of the search and "why is this hit here" in the admin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.menu import MenuItem

from . import fields
from .engines.base import SearchUnavailableError
from .explaining import ExplainedHit, Explanation, Reason, explain_hits
from .models import PromotedResult, SynonymSet
from .parsing import clean
from .registry import CONTENT, registry
from .reports import PERIODS, Report, Row, rows
from .state import GROUP, GROUPS, QUERY, State
from .synonyms import LIST

PERMISSION = "search.view_searchevent"

TITLES = {
    Report.EMPTY: gettext_lazy("Ohne Ergebnis"),
    Report.MOST: gettext_lazy("Meistgesucht"),
}

View = Callable[..., HttpResponse]


def _for_editors(view: View) -> View:
    """Searches are for those who work on the content."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a report and what can be done about it in one step."""

    row: Row
    search_url: str
    explain_url: str
    synonym_url: str
    promote_url: str


@_for_editors
def report(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the reports, on the page or as a table."""
    try:
        chosen = Report(kind)
    except ValueError as error:
        raise Http404 from error
    days = _days(request.GET.get("tage", ""))
    language = _language(request.GET.get("sprache", ""))
    found = rows(chosen, days, language)
    if request.GET.get("als") == "csv":
        return _csv(chosen, found)
    query = urlencode({"tage": days, "sprache": language, "als": "csv"})
    context = {
        **_page(TITLES[chosen]),
        "report": chosen,
        "is_empty_report": chosen is Report.EMPTY,
        "lines": [_line(row) for row in found],
        "days": days,
        "periods": PERIODS,
        "language": language,
        "languages": _language_names(),
        "csv_url": f"?{query}",
        "min_days": settings.SEARCH.get("EVENT_MIN_DAYS", 2),
        "may_synonym": request.user.has_perm("search.add_synonymset"),
        "may_promote": request.user.has_perm("search.add_promotedresult"),
    }
    return TemplateResponse(request, "search/admin/report.html", context)


def _days(text: str) -> int:
    return int(text) if text in map(str, PERIODS) else PERIODS[1]


def _language(text: str) -> str:
    return text if text in settings.SEARCH["LANGUAGES"] else ""


def _language_names() -> list[tuple[str, str]]:
    return [
        (code, str(translation.get_language_info(code)["name_translated"]))
        for code in settings.SEARCH["LANGUAGES"]
    ]


def _page(title: Any) -> dict[str, Any]:
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Start")},
            {"url": "", "label": title},
        ],
    }


def _line(row: Row) -> Line:
    return Line(
        row=row,
        search_url=search_url(row.query, row.language),
        explain_url=explain_url(row.query, row.language),
        synonym_url=_add_url(SynonymSet, terms=row.query, language=row.language),
        promote_url=_add_url(PromotedResult, queries=row.query, language=row.language),
    )


def search_url(query: str, language: str, **more: str) -> str:
    """The public search in a language."""
    with translation.override(language):
        return f"{reverse('search')}?{urlencode({QUERY: query, **more})}"


def explain_url(query: str, language: str, **more: str) -> str:
    """The page that explains a search."""
    params = {QUERY: query, "sprache": language, **more}
    return f"{reverse('search_explain')}?{urlencode(params)}"


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


# Why is this hit here ---------------------------------------------------------------------

FIELD_NAMES: dict[str, Any] = {
    fields.TITLE: gettext_lazy("Titel"),
    fields.NAMES: gettext_lazy("Namen und Codes"),
    fields.HEADINGS: gettext_lazy("Überschriften, Themen, Zuständigkeiten"),
    fields.BODY: gettext_lazy("Text"),
    fields.EXACT: gettext_lazy("genau diese Form"),
    fields.PARTS: gettext_lazy("im ganzen Eintrag, auch als Teil eines Wortes"),
    fields.LEAD: gettext_lazy("Anfang des Textes"),
    fields.WHOLE: gettext_lazy("genau dieser Titel oder Name"),
}
WAY_NAMES: dict[str, Any] = {
    "constant": gettext_lazy("kommt vor, gleich wo"),
    "prefix": gettext_lazy("Wortanfang"),
    "fuzzy": gettext_lazy("ähnlich geschrieben"),
    "phrase": gettext_lazy("genau diese Wortfolge"),
}
STEP_NAMES: dict[str, Any] = {
    "all": gettext_lazy("alle Wörter (oder ihre Synonyme)"),
    "most": gettext_lazy("mindestens die Hälfte der Wörter"),
    "distance-1": gettext_lazy("ein Buchstabe darf anders sein"),
    "distance-2": gettext_lazy("zwei Buchstaben dürfen anders sein"),
}


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One match in words."""

    word: str
    place: str
    points: float


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with its reasons in words."""

    found: ExplainedHit
    reasons: list[ReasonView]
    has_own_words: bool


@_for_editors
def explain(request: HttpRequest) -> HttpResponse:
    """How a query is read, and why its hits stand where they do."""
    text = clean(request.GET.get(QUERY, ""))
    language = _language(request.GET.get("sprache", "")) or settings.LANGUAGE_CODE
    group = GROUPS.get(request.GET.get(GROUP, ""), CONTENT)
    key = request.GET.get("treffer", "")
    state = State(query=text, group=group)
    context = {
        **_page(_("Warum steht dieser Treffer hier?")),
        "query": text,
        "language": language,
        "languages": _language_names(),
        "choice": state.choice,
    }
    if text:
        try:
            found = explain_hits(state, language, key)
        except SearchUnavailableError:
            context["is_unavailable"] = True
        else:
            context |= _explained(found, state, language)
    return TemplateResponse(request, "search/admin/explain.html", context)


def _explained(found: Explanation, state: State, language: str) -> dict[str, Any]:
    names = _word_names(found)
    return {
        "found": found,
        "words": list(_word_rows(found)),
        "synonyms": list(_synonym_rows(found)),
        "steps": [
            {"name": STEP_NAMES.get(step, step), "is_used": step == found.used}
            for step in found.steps
        ],
        "hits": [_hit_view(hit, names, found) for hit in found.hits],
        "search_url": search_url(state.query, language, was=state.choice),
        "all_url": explain_url(state.query, language, was=state.choice),
    }


def _word_rows(found: Explanation) -> Iterator[dict[str, Any]]:
    for token in found.words.tokens:
        yield {
            "text": token.text,
            "stem": token.stem,
            "parts": token.parts if len(token.parts) > 1 else (),
            "is_stop": token.is_stop,
            "is_unknown": token.stem in found.words.unknown,
        }


def _synonym_rows(found: Explanation) -> Iterator[dict[str, Any]]:
    providers = registry.synonyms
    for expansion in found.words.expansions:
        tokens = found.words.tokens[expansion.start : expansion.end]
        provider = providers.get(expansion.origin)
        origin = _("Liste der Redaktion") if expansion.origin == LIST else ""
        yield {
            "words": " ".join(token.text for token in tokens),
            "term": expansion.term,
            "origin": provider.label if provider else origin,
        }


def _word_names(found: Explanation) -> dict[str, str]:
    """Form that was compared → the word as somebody wrote it."""
    names: dict[str, str] = {}
    for expansion in found.words.expansions:
        exact = " ".join(token.exact for token in expansion.words)
        names.setdefault(exact, expansion.term)
        for token in expansion.content:
            names.setdefault(token.stem, f"{token.text} ({_('Synonym')})")
    for token in found.words.tokens:
        for form in (token.stem, token.exact, token.fuzzy, *token.forms):
            names[form] = token.text
    return names


def _hit_view(
    hit: ExplainedHit, names: Mapping[str, str], found: Explanation
) -> HitView:
    own = {token.text for token in found.words.tokens if not token.is_stop}
    whole = " ".join(token.text for token in found.words.tokens)
    there = {names.get(reason.word) for reason in hit.reasons if reason.way != "fuzzy"}
    best: dict[tuple[str, str], ReasonView] = {}
    for reason in hit.reasons:  # the most points first
        word = whole if reason.field == fields.WHOLE else reason.word
        view = ReasonView(names.get(word, word), _place(reason), reason.points)
        best.setdefault((view.word, view.place), view)
    return HitView(
        found=hit,
        reasons=list(best.values()),
        has_own_words=bool(own) and own <= there,
    )


def _place(reason: Reason) -> str:
    if reason.way in WAY_NAMES and reason.field != fields.WHOLE:
        return str(WAY_NAMES[reason.way])
    return str(FIELD_NAMES.get(reason.field, reason.field))


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
