"""How the Wiener Klimateam works: phases, rules, findings, criticism and the rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casestudies.choices import CaseKind, ProcessKind
from casestudies.entries import CaseEntry, case_entries
from casestudies.models import CaseStudyPage, ProcessElement, Round
from hub.models import lines
from hub.sourcelist import source_list
from hub.trail import subpage_alternates

if TYPE_CHECKING:
    from casestudies.models import CaseIndexPage

ROUTE = "klimateam/"
TEMPLATE = "pages/casestudies/process_page.html"


def _element(element: ProcessElement) -> dict[str, Any]:
    return {
        "name": element.name,
        "duration": element.duration,
        "what": element.what,
        "who": lines(element.who),
        "channels": lines(element.channels),
        "outreach": lines(element.outreach_formats),
        "outputs": element.outputs,
        "lessons": lines(element.lessons),
        "sources": source_list(element.sources),
        "sentence": element.verification_sentence,
    }


def _groups() -> list[dict[str, Any]]:
    """Elements by kind, in the order of the choices: one query."""
    headings = {
        ProcessKind.PHASE: _("Ablauf"),
        ProcessKind.RULE: _("Regeln"),
        ProcessKind.ORGANISATION: _("Wer macht was"),
        ProcessKind.TOOL: _("Werkzeuge"),
        ProcessKind.FINDING: _("Was Untersuchungen zeigen"),
        ProcessKind.CRITIQUE: _("Kritik"),
    }
    elements = list(ProcessElement.objects.all())
    groups = [
        {
            "id": kind.value,
            "title": headings[kind],
            "is_course": kind == ProcessKind.PHASE,
            "elements": [_element(e) for e in elements if e.kind == kind and e.name],
        }
        for kind in ProcessKind
    ]
    return [group for group in groups if group["elements"]]


def _stories(page: CaseIndexPage, request: HttpRequest) -> dict[int, CaseEntry]:
    """The case that tells the story of each round."""
    pages = (
        CaseStudyPage.objects.visible()
        .in_language(page.language)
        .filter(kind=CaseKind.ROUND, round__isnull=False, is_demo=False)
        .select_related("locale", "alias_of__locale")
    )
    entries = case_entries(list(pages), request, page.language)
    return {entry.page.round_id: entry for entry in entries}


def _rounds(page: CaseIndexPage, request: HttpRequest) -> list[dict[str, Any]]:
    stories = _stories(page, request)
    rounds = Round.objects.visible().prefetch_related("districts__district")
    return [
        {
            "label": record.label,
            "url": stories[record.pk].url if record.pk in stories else "",
            "districts": [row.district.label for row in record.districts.all()],
            "ideas": record.ideas_total,
            "sketches": record.sketches_total,
            "selected": record.selected_total,
        }
        for record in rounds
    ]


def process(page: CaseIndexPage, request: HttpRequest) -> HttpResponse:
    """The page about the process, below the list of cases."""
    groups = _groups()
    url = f"{page.get_url(request)}{ROUTE}"
    context = page.get_context(request) | {
        "groups": groups,
        "rounds": _rounds(page, request),
        "sections": [
            *({"id": group["id"], "title": group["title"]} for group in groups),
            {"id": "durchgaenge", "title": _("Die Durchgänge in Zahlen")},
        ],
        "crumbs": [{"title": page.title, "url": page.get_url(request)}],
        "alternates": subpage_alternates(page, ROUTE),
        "canonical": request.build_absolute_uri(url),
        "process_url": url,
    }
    return TemplateResponse(request, TEMPLATE, context)
