"""What the page of one case shows. Unknown stays unknown; an empty field shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casestudies.blocks import is_complete_commitment
from casestudies.choices import (
    CaseKind,
    CaseStatus,
    CommitmentStatus,
    LessonKind,
)
from casestudies.conditions import planner_address
from casestudies.entries import CaseEntry, case_entries, districts_of, in_language
from casestudies.facts import facts
from casestudies.models import CaseStudyPage, MethodUse
from hub.routing import easy_panel
from hub.sourcelist import readable, source_list
from hub.templatetags.hub_tags import plain
from hub.trail import crumbs
from methods.contacts import Contact, contacts
from methods.models import MethodPage
from methods.views import MethodEntry, method_entries
from network.addresses import answers_address
from network.choices import Basis
from search.meaning.alike import alike

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MOST_SIMILAR = 5


@dataclass(frozen=True)
class UsedMethod:
    """A method as this case used it."""

    entry: MethodEntry
    phases: str
    note: str
    is_inherited: bool


# Sections ----------------------------------------------------------------------


def _lessons(page: CaseStudyPage) -> list[dict[str, Any]]:
    """Public lessons by kind; internal ones never leave the admin."""
    shown = [child.value for child in page.lessons if child.value["is_public"]]
    kinds = {
        LessonKind.WORKED: "yes",
        LessonKind.DIFFERENTLY: "maybe",
        LessonKind.ADVICE: "advice",
    }
    groups = [
        {
            "kind": css,
            "title": str(kind.label),
            "items": [value["text"] for value in shown if value["kind"] == kind],
        }
        for kind, css in kinds.items()
    ]
    return [group for group in groups if group["items"]]


def _commitments(page: CaseStudyPage) -> list[dict[str, Any]]:
    """Promises that name source, promiser and date."""
    return [
        {
            **{name: child.value[name] for name in child.value},
            "state": str(CommitmentStatus(child.value["status"]).label),
            "is_kept": child.value["status"] == CommitmentStatus.KEPT,
        }
        for child in page.commitments
        if is_complete_commitment(child.value)
    ]


def history(page: CaseStudyPage) -> list[dict[str, str]]:
    """The phases of the round, in the language of the page."""
    if page.round is None:
        return []
    language = page.language
    phases = [
        {
            "when": child.value[f"period_{language}"],
            "text": child.value[f"name_{language}"],
        }
        for child in page.round.phases
    ]
    return [phase for phase in phases if phase["text"]]


def _used_methods(page: CaseStudyPage, request: HttpRequest | None) -> list[UsedMethod]:
    """Methods of the case, its own first; those of the round are marked."""
    uses = list(
        MethodUse.objects.visible()
        .filter(case=page.source_page_id)
        .select_related("method")
        .order_by("is_inherited", "pk")
    )
    keys = {use.method.translation_key for use in uses}
    pages = (
        MethodPage.objects.visible()
        .in_language(page.language)
        .filter(translation_key__in=keys)
        .select_related("locale", "alias_of__locale")
    )
    entries = {
        entry.page.translation_key: entry
        for entry in method_entries(list(pages), request, page.language)
    }
    found: dict[Any, UsedMethod] = {}
    for use in uses:
        key = use.method.translation_key
        if key in entries and key not in found:
            found[key] = UsedMethod(
                entry=entries[key],
                phases=use.get_phase_display() if use.phase else "",
                note=use.note or "",
                is_inherited=use.is_inherited,
            )
    return list(found.values())


def _is_duty(contact: Contact) -> bool:
    return all(reason.basis == Basis.RESPONSIBILITY for reason in contact.reasons)


def _same_round(page: CaseStudyPage, kind: str) -> Iterable[int]:
    """German pages of one kind of the same round."""
    if page.round_id is None:
        return []
    return (
        CaseStudyPage.objects.visible()
        .sources()
        .filter(round=page.round_id, kind=kind)
        .exclude(pk=page.source_page_id)
        .values_list("pk", flat=True)
    )


def _similar(page: CaseStudyPage) -> list[int]:
    """Projects that are most like this one: by what their texts mean, and where nothing
    can be said about that, by topics and districts."""
    candidates = set(
        CaseStudyPage.objects.visible()
        .sources()
        .filter(is_demo=page.is_demo, kind=CaseKind.PROJECT)
        .exclude(pk=page.source_page_id)
        .values_list("pk", flat=True)
    )
    kinds, language = ("case",), settings.LANGUAGE_CODE
    hits = alike("case", page.source_page_id, language, kinds, 4 * MOST_SIMILAR)
    found = [hit.object_id for hit in hits if hit.object_id in candidates]
    return found[:MOST_SIMILAR] or _shared(page, candidates)


def _shared(page: CaseStudyPage, candidates: Collection[int]) -> list[int]:
    """Cases that share most topics and districts with this one."""
    shared: dict[int, float] = dict.fromkeys(candidates, 0)
    for field, weight in (("topics", 1.0), ("districts", 1.5)):
        through = getattr(CaseStudyPage, field).through
        column = f"{getattr(CaseStudyPage, field).rel.model._meta.model_name}_id"
        # In a preview the relation is a list in memory, which knows no "pk" to pluck.
        mine = [chosen.pk for chosen in getattr(page, field).all()]
        rows = through.objects.filter(**{f"{column}__in": mine})
        for pk in rows.values_list("casestudypage_id", flat=True):
            if pk in shared:
                shared[pk] += weight
    best = sorted((pk for pk in shared if shared[pk]), key=lambda pk: (-shared[pk], pk))
    return best[:MOST_SIMILAR]


def _entries(
    sources: Iterable[int], page: CaseStudyPage, request: HttpRequest | None
) -> list[CaseEntry]:
    """Cases in the language of ``page``, in the order of ``sources``."""
    ids = list(sources)
    entries = case_entries(in_language(ids, page.language), request, page.language)
    return sorted(entries, key=lambda entry: entry.page.title.casefold())


def _round_facts(page: CaseStudyPage) -> list[tuple[str, str]]:
    """What the record of the round tells; the projects do not repeat it."""
    if page.round is None or page.kind != CaseKind.ROUND:
        return []
    record = page.round
    rows = [
        (_("Jury"), record.jury),
        (_("Budget"), record.budget),
        (_("Veranstaltungen"), record.events),
        (_("Fachleute"), record.experts),
        (_("Handlungsfelder"), record.themes),
        (_("Zur Zahl der Ideen"), record.ideas_note),
        (_("Kennzahl"), record.key_figure),
    ]
    return [(label, text) for label, text in rows if text]


def _source_name(page: CaseStudyPage, url: str) -> str:
    """What the list of sources calls an address, else what it tells itself."""
    if not url:
        return ""
    titles = {source["url"]: source["title"] for source in source_list(page.sources)}
    return titles.get(url) or readable(url)


def _status(page: CaseStudyPage) -> dict[str, Any]:
    label = str(page.get_status_display())
    if page.status == CaseStatus.COMPLETED and page.year_to:
        label = f"{label} {page.year_to}"
    sentence = ""
    if not page.status_documented:
        sentence = _("Öffentliche Quellen sagen seither nichts mehr dazu.")
    return {
        "label": label,
        "done": page.status == CaseStatus.COMPLETED,
        "source_label": _source_name(page, page.status_source),
        "sentence": sentence,
    }


def _sections(page: CaseStudyPage, shown: dict[str, Any]) -> list[dict[str, str]]:
    candidates = [
        ("verlauf", _("Verlauf"), shown["history"]),
        ("was", _("Was geschah"), page.story),
        ("ergebnis", _("Ergebnis und Entscheidung"), shown["has_results"]),
        ("zahlen", _("Zahlen"), shown["figures"] or shown["round_facts"]),
        ("lernen", _("Was wir gelernt haben"), shown["lessons"]),
        ("zusagen", _("Zusagen und was daraus wurde"), shown["commitments"]),
        ("kritik", _("Andere Sichtweisen"), page.other_views),
        ("methoden", _("Eingesetzte Methoden"), shown["methods"]),
        ("projekte", _("Projekte aus diesem Durchgang"), shown["projects"]),
        ("quellen", _("Quellen"), shown["sources"]),
    ]
    return [{"id": name, "title": title} for name, title, there in candidates if there]


def _json_ld(page: CaseStudyPage) -> dict[str, Any]:
    return {
        "@type": "Article",
        "headline": plain(page.title),
        "description": plain(page.summary),
        "inLanguage": page.shown_language,
        "url": page.get_canonical_url(),
        "publisher": {"@type": "GovernmentOrganization", "name": "Stadt Wien"},
    }


def context(page: CaseStudyPage, request: HttpRequest) -> dict[str, Any]:
    """Everything the template of a case shows, in a constant number of queries."""
    is_round = page.kind == CaseKind.ROUND
    source = page.source_page_id
    districts = districts_of([source]).get(source, [])
    rounds = _entries(_same_round(page, CaseKind.ROUND), page, request)
    people = contacts({source: None})
    projects = _same_round(page, CaseKind.PROJECT) if is_round else []
    similar = [] if is_round else _similar(page)
    shown: dict[str, Any] = {
        "crumbs": crumbs(page, request),
        "is_round": is_round,
        "facts": facts(page, districts, rounds),
        "status": _status(page),
        "history": history(page),
        "figures": page.figures,
        "round_facts": _round_facts(page),
        "lessons": _lessons(page),
        "commitments": _commitments(page),
        "measures": [str(measure) for measure in page.inclusion_measures.all()],
        "has_results": bool(page.results or page.decision),
        "methods": _used_methods(page, request),
        "round_url": rounds[0].url if rounds and not is_round else "",
        "projects": _entries(projects, page, request),
        "similar": _entries(similar, page, request),
        "took_part": [contact for contact in people if not _is_duty(contact)],
        "answers_url": answers_address(plain(page.title), page.language),
        "planner_url": planner_address(page),
        "in_charge": [contact for contact in people if _is_duty(contact)],
        "sources": source_list(page.sources),
        "easy": easy_panel(page.easy_text, page.easy_url),
        "jsonld": _json_ld(page),
        # Invented cases are for trying things out, not for search engines.
        "robots": "noindex" if page.is_demo else "",
    }
    # Below a heading of their own only where somebody took part as well.
    shown["duty_level"] = "h4" if shown["took_part"] else "h3"
    # More phases than fit side by side stand below each other.
    shown["history_fits"] = len(shown["history"]) <= 4
    shown["own_methods"] = [m for m in shown["methods"] if not m.is_inherited]
    shown["round_methods"] = [m for m in shown["methods"] if m.is_inherited]
    shown["sections"] = _sections(page, shown)
    return shown
