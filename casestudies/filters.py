"""Which cases match what a reader asks for: the facets of the list of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from casestudies.choices import CaseKind, CaseStatus
from casestudies.models import CaseStudyPage, Round
from hub.filters import FacetedList, FacetSpec
from hub.models import TargetGroup, Topic
from hub.searching import choice_labels
from network.models import District, Involvement, Organisation

NEUTRAL = (
    "pk",
    "translation_key",
    "status",
    "kind",
    "round__code",
    "year_from",
    "is_demo",
)

Row = dict[str, Collection[str]]
#: Parameter that names an organisation by its German address.
PARTY = "beteiligt"
MOST_PARTIES = 10


def _codes(field: str, column: str, pages: Collection[int]) -> dict[int, list[str]]:
    """Codes of a many-to-many field by page: one query."""
    through = getattr(CaseStudyPage, field).through
    target = getattr(CaseStudyPage, field).rel.model._meta.model_name
    found: dict[int, list[str]] = defaultdict(list)
    for page, code in through.objects.filter(casestudypage__in=pages).values_list(
        "casestudypage_id", f"{target}__{column}"
    ):
        found[page].append(str(code))
    return found


def neutral_values(keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
    """What is the same in every language, read from the German pages."""
    rows = CaseStudyPage.objects.sources().filter(translation_key__in=keys)
    values = {row["translation_key"]: row for row in rows.values(*NEUTRAL)}
    pages = [row["pk"] for row in values.values()]
    for field, column in (
        ("districts", "number"),
        ("topics", "code"),
        ("target_groups", "code"),
    ):
        codes = _codes(field, column, pages)
        for row in values.values():
            row[field] = codes[row["pk"]]
    return values


def _row(values: Mapping[str, Any]) -> Row:
    return {
        "bezirk": values["districts"],
        "thema": values["topics"],
        "runde": [values["round__code"]] if values["round__code"] else [],
        "stand": [values["status"]],
        "zielgruppe": values["target_groups"],
        "art": [values["kind"]],
    }


def _names(model: Any) -> dict[str, str]:
    return {entry.code: str(entry) for entry in model.objects.active()}


def specs() -> list[FacetSpec]:
    """The facets in the order of the form. Four queries, for names."""
    districts = {str(d.number): d.label for d in District.objects.visible()}
    rounds = {entry.code: entry.label for entry in Round.objects.visible()}
    return [
        FacetSpec("bezirk", _("Bezirk"), districts, fold_after=6),
        FacetSpec("thema", _("Thema"), _names(Topic), fold_after=5),
        FacetSpec("runde", _("Klimateam-Durchgang"), rounds),
        FacetSpec("stand", _("Stand"), choice_labels(CaseStatus)),
        FacetSpec("zielgruppe", _("Zielgruppe"), _names(TargetGroup), fold_after=4),
        FacetSpec("art", _("Art"), choice_labels(CaseKind)),
    ]


def case_list(
    keys: Mapping[int, Any], values: Mapping[Any, Mapping[str, Any]], params: QueryDict
) -> FacetedList:
    """The list of cases as asked for. ``keys``: translation key by shown page."""
    rows = {page: _row(values[key]) for page, key in keys.items() if key in values}
    party = parties(params)
    if party.labels:
        pages = _pages_with(party.labels)
        for page, row in rows.items():
            row[PARTY] = pages.get(values[keys[page]]["pk"], ())
    return FacetedList(rows, [*specs(), party], params)


def parties(params: QueryDict) -> FacetSpec:
    """Organisations that took part, as far as the address names any: their pages lead
    here, the form does not offer hundreds of them. One query if any is named."""
    slugs = params.getlist(PARTY)[:MOST_PARTIES]
    labels: dict[str, str] = {}
    if slugs:
        named = Organisation.objects.visible().filter(slug_de__in=slugs)
        labels = {record.slug_de: record.label for record in named}
    return FacetSpec(PARTY, _("Mitgewirkt hat"), labels, hidden=True)


def _pages_with(slugs: Collection[str]) -> dict[int, list[str]]:
    """Slugs of organisations by the German page they took part in: one query."""
    rows = (
        Involvement.objects.visible()
        .participation()
        .filter(organisation__slug_de__in=slugs)
        .values_list("page_id", "organisation__slug_de")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for page, slug in rows:
        found[page].append(slug)
    return found
