"""Which methods match what a reader asks for: the facets of the list of methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hub.filters import FacetedList, FacetSpec, NumberSpec, OptionView
from hub.models import Goal, TargetGroup
from hub.searching import choice_labels, vocabulary_labels
from methods.choices import Effort, Format, Level, Phase
from methods.models import MethodPage

#: "At most so many weeks before it starts."
LEAD_TIMES = (3, 6, 12, 26)

LEVEL_TEXTS = {
    Level.INFORM: _("Früh und verständlich erfahren, was geplant ist."),
    Level.CONSULT: _("Sagen, was man denkt. Die Stadt antwortet."),
    Level.INVOLVE: _("Anliegen fließen erkennbar ein."),
    Level.COLLABORATE: _("Lösungen entstehen gemeinsam."),
    Level.EMPOWER: _("Entscheiden in einem klaren Rahmen."),
}

LEVEL = "stufe"
NEUTRAL = (
    "pk",
    "translation_key",
    "levels",
    "phases",
    "formats",
    "effort",
    "group_size_min",
    "group_size_max",
    "lead_time_weeks_min",
)

Row = Mapping[str, Collection[str]]


def codes_by_page(field: str, pages: Collection[int]) -> dict[int, list[str]]:
    """Codes of a many-to-many field by page: one query."""
    through = getattr(MethodPage, field).through
    target = getattr(MethodPage, field).rel.model._meta.model_name
    found: dict[int, list[str]] = defaultdict(list)
    for page, code in through.objects.filter(methodpage__in=pages).values_list(
        "methodpage_id", f"{target}__code"
    ):
        found[page].append(code)
    return found


def lead_time_codes(weeks: int | None) -> list[str]:
    """Every limit that a method with this shortest lead time keeps."""
    if weeks is None:
        return []
    return [str(limit) for limit in LEAD_TIMES if weeks <= limit]


def neutral_values(keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
    """What is the same in every language, read from the German pages."""
    rows = MethodPage.objects.sources().filter(translation_key__in=keys)
    values = {row["translation_key"]: row for row in rows.values(*NEUTRAL)}
    pages = [row["pk"] for row in values.values()]
    goals = codes_by_page("goals", pages)
    groups = codes_by_page("target_groups", pages)
    for row in values.values():
        row["goals"] = goals[row["pk"]]
        row["target_groups"] = groups[row["pk"]]
    return values


def _row(values: Mapping[str, Any]) -> Row:
    return {
        LEVEL: values["levels"],
        "ziel": values["goals"],
        "phase": values["phases"],
        "zielgruppe": values["target_groups"],
        "vorlauf": lead_time_codes(values["lead_time_weeks_min"]),
        "form": values["formats"],
        "aufwand": [values["effort"]] if values["effort"] else [],
    }


def specs() -> list[FacetSpec]:
    """The facets in the order of the form. Two queries, for the vocabularies."""
    weeks = {str(n): _("%(weeks)s Wochen") % {"weeks": n} for n in LEAD_TIMES}
    return [
        FacetSpec(LEVEL, str(_("Stufe")), choice_labels(Level), hidden=True),
        FacetSpec("ziel", str(_("Ziel")), vocabulary_labels(Goal), fold_after=5),
        FacetSpec("phase", str(_("Phase")), choice_labels(Phase), fold_after=4),
        FacetSpec(
            "zielgruppe",
            str(_("Zielgruppe")),
            vocabulary_labels(TargetGroup),
            fold_after=5,
        ),
        FacetSpec("vorlauf", str(_("Vorlauf höchstens")), weeks, single=True),
        FacetSpec("form", str(_("Format")), choice_labels(Format)),
        FacetSpec("aufwand", str(_("Aufwand")), choice_labels(Effort)),
    ]


def method_list(
    keys: Mapping[int, Any], values: Mapping[Any, Mapping[str, Any]], params: QueryDict
) -> FacetedList:
    """The list of methods as asked for. ``keys``: translation key by shown page."""
    known = {page: values[key] for page, key in keys.items() if key in values}
    sizes = NumberSpec(
        "gruppe",
        str(_("Personenzahl")),
        {
            page: (row["group_size_min"], row["group_size_max"])
            for page, row in known.items()
        },
        hint=str(_("Ungefähr, an einem Termin")),
    )
    return FacetedList(
        {page: _row(row) for page, row in known.items()},
        specs(),
        params,
        numbers=[sizes],
    )


def level_options(listing: FacetedList) -> list[dict[str, Any]]:
    """The five levels as links on top of the list; empty ones stay in place."""
    facet = listing.facet(LEVEL)
    options = {option.code: option for option in facet.options} if facet else {}
    return [_level_option(level, options.get(level)) for level in Level]


def _level_option(level: Level, option: OptionView | None) -> dict[str, Any]:
    return {
        "number": level.step,
        "label": level.label,
        "text": LEVEL_TEXTS[level],
        "count": option.count if option else 0,
        "url": option.url_toggle if option else f"?{LEVEL}={level}",
        "selected": bool(option and option.selected),
    }
