"""What the page of one method shows. Every number here is an editorial guide value."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hub.facts import Fact, known
from hub.formats import (
    euros_text,
    hours_text,
    is_german,
    minutes_text,
    months_hint,
    people_text,
    weeks_text,
)
from hub.routing import easy_panel
from hub.sourcelist import source_list
from hub.templatetags.hub_tags import lower_first, plain
from hub.trail import crumbs
from methods import practice
from methods.addresses import compare_address
from methods.choices import Format, Recruitment
from methods.contacts import MOST_CONTACTS, Contact, Place, contacts
from methods.finder.suits import suitable
from methods.views import MethodEntry, first_level, last_level, method_entries
from network.addresses import answers_address
from search.documents import make_key
from search.meaning.alike import alike
from search.results import Hit

if TYPE_CHECKING:
    from methods.models import MethodPage

MOST_RELATED = 6
#: So many are filled up with what is alike in meaning.
MOST_ALIKE = 3
#: Related methods that stand beside this one in a comparison: four have room.
MOST_BESIDE = 3


def labels(choices: Any, codes: Collection[str]) -> list[str]:
    """Labels of known codes in declared order."""
    return [str(label) for code, label in choices.choices if code in codes]


def _names(records: Any) -> list[str]:
    return [str(record) for record in records]


def _goal(page: MethodPage) -> Fact:
    goals = _names(page.goals.all())
    # German goals begin with a noun as often as not: they keep their capital.
    others = "; ".join(goal if is_german() else lower_first(goal) for goal in goals[1:])
    note = _("auch: %(goals)s") % {"goals": others} if others else ""
    return Fact(_("Ziel"), goals[0] if goals else "", note)


def level_fact(page: MethodPage) -> Fact:
    level, highest = first_level(page.levels), last_level(page.levels)
    if level is None or highest is None:
        return Fact(_("Beteiligungsstufe"), "")
    note = _("Stufe %(step)s von 5") % {"step": level.step}
    if highest is not level:
        note = _("%(note)s, reicht bis %(level)s") % {
            "note": note,
            "level": highest.label,
        }
    return Fact(_("Beteiligungsstufe"), str(level.label), note, level=level.step)


def _effort(page: MethodPage) -> str:
    if not page.effort:
        return ""
    return _("Aufwand: %(effort)s") % {"effort": page.get_effort_display()}


def facts(page: MethodPage) -> list[Fact]:
    """The facts at a glance; what is not known is left out."""
    run = _("für ein Jahr") if page.is_standing else _("für einen Durchgang")
    return known(
        [
            _goal(page),
            level_fact(page),
            Fact(
                _("Gruppengröße"),
                people_text(page.group_size_min, page.group_size_max),
                guide=True,
                low=page.group_size_min,
                high=page.group_size_max,
            ),
            Fact(
                _("Vorlauf"),
                weeks_text(page.lead_time_weeks_min, page.lead_time_weeks_max),
                months_hint(page.lead_time_weeks_min, page.lead_time_weeks_max),
                guide=True,
            ),
            Fact(
                _("Zeit je Person"),
                minutes_text(page.session_minutes_min, page.session_minutes_max),
                _("die ganze Zeit einer teilnehmenden Person"),
                guide=True,
            ),
            Fact(
                _("Arbeitszeit im Team"),
                hours_text(page.staff_hours_min, page.staff_hours_max),
                _effort(page),
                guide=True,
            ),
            Fact(
                _("Kosten"),
                euros_text(page.cost_eur_min, page.cost_eur_max),
                _("externe Kosten %(run)s") % {"run": run},
                guide=True,
            ),
            Fact(
                _("Verträgt Konflikt"),
                str(page.get_conflict_display()),
                _("drei Stufen: kaum, spürbar, verhärtet"),
            ),
            Fact(
                _("Format"),
                ", ".join(labels(Format, page.formats)),
                ", ".join(labels(Recruitment, page.recruitment)),
            ),
        ]
    )


def stream_items(stream: Any) -> list[str]:
    return [str(child.value) for child in stream]


#: "Auftakt (rund 3 Stunden)": editors often put the time behind the title.
WHEN_IN_TITLE = re.compile(r"^(?P<title>.+?)\s*\((?P<when>[^()]*\d[^()]*)\)$")


def _step(value: Any) -> dict[str, str]:
    title, when = value["title"], value.get("when") or ""
    if not when and (found := WHEN_IN_TITLE.match(title)):
        title, when = found["title"], found["when"]
    return {"title": title, "text": value["text"], "when": when}


def _steps(page: MethodPage) -> list[dict[str, str]]:
    return [_step(child.value) for child in page.steps]


def _related(page: MethodPage, request: HttpRequest | None) -> list[MethodEntry]:
    """Related methods in both directions, in the language of this page."""
    source = page.source_page
    keys = type(page).objects.filter(pk__in=source.related_methods.values("pk")) | type(
        page
    ).objects.filter(related_methods=source.pk)
    pages = (
        type(page)
        .objects.visible()
        .in_language(page.language)
        .filter(translation_key__in=keys.values("translation_key"))
        .exclude(pk=page.pk)
        .select_related("locale", "alias_of__locale")
        .order_by("title")
    )
    return method_entries(list(pages[:MOST_RELATED]), request, page.language)


def _alike(page: MethodPage, related: Sequence[MethodEntry]) -> tuple[Hit, ...]:
    """Where editors named few related methods: what is most alike in meaning."""
    room = MOST_ALIKE - len(related)
    if room <= 0 or page.alias_of_id:
        return ()
    there = [make_key("method", entry.page.pk, page.language) for entry in related]
    return alike("method", page.pk, page.language, ("method",), room, there)


def _with_related(page: MethodPage, related: Sequence[MethodEntry]) -> str:
    """Where this method and the first of its related ones stand side by side."""
    beside = [entry.source for entry in related if entry.source][:MOST_BESIDE]
    pks = [page.source_page_id, *beside]
    return compare_address(pks, page.language) if beside else ""


def who_can_help(page: MethodPage, found: practice.Practice) -> list[Contact]:
    """Parties of the method and of the cases that used it themselves."""
    places: dict[int, Place | None] = {
        use.page_id: Place(use.title, use.url) for use in found.own
    }
    places[page.source_page_id] = None
    return contacts(places)


def _sections(context: dict[str, Any], page: MethodPage) -> list[dict[str, str]]:
    """The sections that are there, for "Auf dieser Seite"."""
    candidates = [
        ("geeignet", _("Wann geeignet, wann nicht"), context["has_fit"]),
        ("so-geht-es", _("Wie es geht"), page.how_it_works),
        ("ablauf", _("Ablauf"), context["steps"]),
        ("staerken", _("Stärken und Grenzen"), context["strengths"]),
        ("inklusion", _("Damit alle mitmachen können"), context["has_inclusion"]),
        ("material", _("Team und Material"), context["has_materials"]),
        ("praxis", _("Was in Wien daraus wurde"), True),
        ("verwandt", _("Verwandte Methoden"), context["related"] or context["alike"]),
        ("quellen", _("Herkunft und Quellen"), context["has_origin"]),
    ]
    return [{"id": name, "title": title} for name, title, there in candidates if there]


def _json_ld(page: MethodPage, context: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "HowTo",
        "name": plain(page.title),
        "description": plain(page.summary),
        "inLanguage": page.shown_language,
        "url": page.get_canonical_url(),
        "step": [
            {"@type": "HowToStep", "name": step["title"], "text": step["text"]}
            for step in context["steps"]
        ],
    }


def context(page: MethodPage, request: HttpRequest) -> dict[str, Any]:
    """Everything the template of a method shows, in a constant number of queries."""
    found = practice.of(page.source_page_id, page.language)
    measures = _names(page.inclusion_measures.all())
    sources = source_list(page.sources)
    people = who_can_help(page, found)
    related = _related(page, request)
    shown: dict[str, Any] = {
        "crumbs": crumbs(page, request),
        "facts": facts(page),
        "steps": _steps(page),
        "strengths": stream_items(page.strengths),
        "limits": stream_items(page.limits),
        "pitfalls": stream_items(page.pitfalls),
        "materials": stream_items(page.materials),
        "measures": measures,
        "target_groups": _names(page.target_groups.all()),
        "topics": _names(page.topics.all()),
        "has_fit": bool(page.when_to_use or page.when_not_to_use),
        "has_inclusion": bool(page.inclusion_tips or measures),
        "has_materials": bool(page.staff or len(page.materials)),
        "has_origin": bool(page.origin or sources),
        "practice": found,
        "contacts": people[:MOST_CONTACTS],
        "answers_url": answers_address(plain(page.title), page.language),
        "related": related,
        "alike": _alike(page, related),
        "compare_url": compare_address([page.source_page_id], page.language),
        "compare_related_url": _with_related(page, related),
        "sources": sources,
        "suitable": suitable(page),
        "easy": easy_panel(page.easy_text, page.easy_url),
    }
    shown["sections"] = _sections(shown, page)
    shown["jsonld"] = _json_ld(page, shown)
    return shown
