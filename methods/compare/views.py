"""The page that puts up to four methods side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from methods.addresses import METHOD, compare_address, crumb, in_every_language
from methods.compare.chosen import (
    DIFFERENCES,
    MOST,
    ONLY,
    Asked,
    Choice,
    choices,
    compared,
    read,
)
from methods.compare.differences import Verdict
from methods.compare.rows import differing, table
from methods.compare.table import Compared, Group

if TYPE_CHECKING:
    from methods.models import MethodIndexPage

TEMPLATE = "pages/methods/compare_page.html"


def _remarks(asked: Asked) -> list[str]:
    """What of the address is not shown, and why."""
    found = []
    if asked.missing:
        found.append(
            ngettext(
                "Eine Methode aus der Adresse ist nicht (mehr) verfügbar.",
                "%(count)s Methoden aus der Adresse sind nicht (mehr) verfügbar.",
                asked.missing,
            )
            % {"count": asked.missing}
        )
    if asked.repeated:
        found.append(_("Mehrfach genannte Methoden stehen hier nur einmal."))
    if asked.left_out:
        found.append(
            ngettext(
                "Höchstens vier Methoden stehen nebeneinander. Eine weitere ist "
                "weggelassen.",
                "Höchstens vier Methoden stehen nebeneinander. %(count)s weitere sind "
                "weggelassen.",
                asked.left_out,
            )
            % {"count": asked.left_out}
        )
    return found


def _columns(asked: Asked, methods: Sequence[Compared], language: str) -> list[Any]:
    """The heads of the columns, each with the same comparison without it."""
    more = _kept(asked)
    return [
        {
            "title": method.title,
            "url": method.url,
            "lang": method.lang,
            "remove_url": compare_address(
                (other.pk for other in methods if other is not method),
                language,
                **more,
            ),
        }
        for method in methods
    ]


def _kept(asked: Asked) -> dict[str, str]:
    return {ONLY: DIFFERENCES} if asked.only_differences else {}


def _adding(asked: Asked, known: Mapping[int, Choice]) -> dict[str, Any]:
    """The form that adds a method: at the start it offers two, as one alone is nothing
    to compare."""
    chosen = {choice.pk for choice in asked.chosen}
    others = [choice for pk, choice in known.items() if pk not in chosen]
    fields = [_("Erste Methode"), _("Zweite Methode")][len(chosen) :]
    return {
        "others": others,
        "fields": (fields or [_("Weitere Methode")])[: len(others)],
        "hidden": [(METHOD, choice.reference) for choice in asked.chosen]
        + list(_kept(asked).items()),
        "is_full": len(chosen) >= MOST,
    }


def _summary(groups: Sequence[Group], only_differences: bool) -> str:
    """How far the methods differ, in one sentence."""
    found = [row.verdict for group in groups for row in group.rows]
    different, same = found.count(Verdict.DIFFERENT), found.count(Verdict.SAME)
    parts = [
        ngettext(
            "%(count)s Punkt ist verschieden",
            "%(count)s Punkte sind verschieden",
            different,
        )
        % {"count": different},
        _("%(count)s gleich") % {"count": same},
    ]
    if open_rows := found.count(Verdict.PARTLY) + found.count(Verdict.UNKNOWN):
        parts.append(_("%(count)s nicht bei allen bekannt") % {"count": open_rows})
    text = ", ".join(parts) + "."
    if only_differences:
        text = f"{text} " + _("Was gleich ist, ist ausgeblendet.")
    return text


def _sides(asked: Asked, pks: Sequence[int], language: str) -> list[dict[str, Any]]:
    """The switch between all rows and those that differ."""
    return [
        {
            "label": _("alle Zeilen"),
            "url": compare_address(pks, language),
            "current": not asked.only_differences,
        },
        {
            "label": _("nur Unterschiede"),
            "url": compare_address(pks, language, **{ONLY: DIFFERENCES}),
            "current": asked.only_differences,
        },
    ]


def _table(asked: Asked, methods: Sequence[Compared], language: str) -> dict[str, Any]:
    """The rows, and in words how far the methods differ."""
    groups = table(methods) if methods else []
    if len(methods) < 2:
        return {"groups": groups}
    return {
        "groups": differing(groups) if asked.only_differences else groups,
        "summary": _summary(groups, asked.only_differences),
        "sides": _sides(asked, [method.pk for method in methods], language),
    }


def context(page: MethodIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the template shows."""
    language = page.language
    known = choices(language)
    asked = read(request.GET, known)
    methods = compared(asked.chosen, request, language) if asked.chosen else []
    pks = [choice.pk for choice in asked.chosen]
    names = ", ".join(choice.title for choice in asked.chosen)
    address = compare_address(pks, language, **_kept(asked))
    title = _("Methoden vergleichen")
    return {
        "crumbs": [crumb(page)],
        "title": f"{title}: {names}" if names else title,
        "compare_url": compare_address((), language),
        "full_url": request.build_absolute_uri(address),
        "columns": _columns(asked, methods, language),
        "remarks": _remarks(asked),
        "is_empty": not known,
        "adding": _adding(asked, known),
        "alternates": in_every_language(
            lambda code: compare_address(pks, code, **_kept(asked))
        ),
        "canonical": request.build_absolute_uri(compare_address((), language)),
        # Every combination would be a page of its own to a crawler.
        "robots": "noindex, follow" if request.GET else "",
    } | _table(asked, methods, language)


def show(page: MethodIndexPage, request: HttpRequest) -> HttpResponse:
    """Up to four methods side by side."""
    shown = page.get_context(request) | context(page, request)
    return TemplateResponse(request, TEMPLATE, shown)
