"""Why a hit stands where it does, in words for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import fields
from .admin_pages import (
    explain_url,
    for_editors,
    frame,
    language_names,
    language_of,
    search_url,
)
from .engines.base import SearchUnavailableError
from .explaining import ExplainedHit, Explanation, Reason, explain_hits
from .parsing import clean
from .registry import CONTENT, registry
from .state import GROUP, GROUPS, QUERY, State
from .synonyms import LIST

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


@for_editors
def explain(request: HttpRequest) -> HttpResponse:
    """How a query is read, and why its hits stand where they do."""
    text = clean(request.GET.get(QUERY, ""))
    language = language_of(request.GET.get("sprache", "")) or settings.LANGUAGE_CODE
    group = GROUPS.get(request.GET.get(GROUP, ""), CONTENT)
    key = request.GET.get("treffer", "")
    state = State(query=text, group=group)
    context = {
        **frame(_("Warum steht dieser Treffer hier?")),
        "query": text,
        "language": language,
        "languages": language_names(),
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
