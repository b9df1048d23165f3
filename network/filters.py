"""Which records of the network match what a reader asks for: one facet list per kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from hub.filters import FacetedList, FacetSpec
from hub.models import TargetGroup, Topic
from hub.searching import choice_labels
from network.choices import (
    CityKind,
    Coverage,
    FieldGroup,
    FundingStatus,
    OrganisationKind,
    ProgrammeKind,
    SpokenLanguage,
)
from network.models import District

#: Names of parameters.
TOPIC, KIND, GROUP = "thema", "art", "zielgruppe"
AREA, LANGUAGE, COUNTRY, FUNDING = "gebiet", "sprache", "land", "foerderung"

Row = dict[str, Collection[str]]


def codes(records: QuerySet, field: str, value: str = "code") -> dict[int, list[str]]:
    """Codes of a many-to-many field by record: one query."""
    model: type[Model] = records.model
    relation = getattr(model, field)
    source = model._meta.model_name
    target = relation.rel.model._meta.model_name
    rows = relation.through.objects.filter(
        **{f"{source}__in": records.order_by().values("pk")}
    )
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in rows.values_list(f"{source}_id", f"{target}__{value}"):
        found[pk].append(str(code))
    return found


def _names(model: Any) -> dict[str, str]:
    """Codes and names of a vocabulary in its own order."""
    return {entry.code: str(entry) for entry in model.objects.active()}


def _topics() -> FacetSpec:
    return FacetSpec(TOPIC, _("Thema"), _names(Topic), fold_after=6)


def _groups() -> FacetSpec:
    return FacetSpec(GROUP, _("Zielgruppe"), _names(TargetGroup), fold_after=6)


def _districts() -> dict[str, str]:
    """Numbers and labels of all districts: one query."""
    rows = District.objects.visible().values_list("number", "name")
    return {str(number): f"{number}. {name}" for number, name in rows}


# Organisations -----------------------------------------------------------------


def _area(coverage: str, districts: Collection[str]) -> Collection[str]:
    """Whole city, unknown, or the districts by number."""
    return districts if coverage == Coverage.DISTRICTS else [coverage]


def area_labels() -> dict[str, str]:
    """The three states of coverage as one choice: "wienweit" or "10. Favoriten"."""
    return {
        Coverage.CITY.value: str(Coverage.CITY.label),
        **_districts(),
        Coverage.UNKNOWN.value: str(Coverage.UNKNOWN.label),
    }


def _organisation_rows(records: QuerySet) -> dict[int, Row]:
    topics = codes(records, "topics")
    groups = codes(records, "target_groups")
    districts = codes(records, "districts", "number")
    return {
        pk: {
            KIND: [kind],
            TOPIC: topics[pk],
            GROUP: groups[pk],
            AREA: _area(coverage, districts[pk]),
            LANGUAGE: languages,
        }
        for pk, kind, coverage, languages in records.values_list(
            "pk", "kind", "coverage", "languages"
        )
    }


def departments(records: QuerySet, params: QueryDict) -> FacetedList:
    """The city's own bodies by topic, kind and target group."""
    specs = [
        _topics(),
        FacetSpec(KIND, _("Art"), choice_labels(OrganisationKind), fold_after=6),
        _groups(),
    ]
    return FacetedList(_organisation_rows(records), specs, params)


def multipliers(records: QuerySet, params: QueryDict) -> FacetedList:
    """Multipliers by whom they reach and where."""
    specs = [
        _groups(),
        FacetSpec(AREA, _("Gebiet"), area_labels(), fold_after=5),
        _topics(),
        FacetSpec(KIND, _("Art"), choice_labels(OrganisationKind), fold_after=6),
        FacetSpec(LANGUAGE, _("Sprache"), choice_labels(SpokenLanguage), fold_after=5),
    ]
    return FacetedList(_organisation_rows(records), specs, params)


# People ------------------------------------------------------------------------


def people(
    records: QuerySet, allowed: Mapping[int, Collection[str]], params: QueryDict
) -> FacetedList:
    """People by what they agreed to show; nothing else of them can be filtered."""
    topics = codes(records, "topics")
    groups = codes(records, "target_groups")
    districts = codes(records, "districts", "number")
    rows: dict[int, Row] = {}
    for pk, languages in records.values_list("pk", "languages"):
        profile = FieldGroup.PROFILE in allowed.get(pk, ())
        spoken = FieldGroup.LANGUAGES in allowed.get(pk, ())
        rows[pk] = {
            TOPIC: topics[pk] if profile else [],
            GROUP: groups[pk] if profile else [],
            AREA: districts[pk] if profile else [],
            LANGUAGE: languages if spoken else [],
        }
    specs = [
        _topics(),
        _groups(),
        FacetSpec(AREA, _("Bezirk"), _districts(), fold_after=5),
        FacetSpec(LANGUAGE, _("Sprache"), choice_labels(SpokenLanguage), fold_after=5),
    ]
    return FacetedList(rows, specs, params)


# Cities ---------------------------------------------------------------------------


def country_labels(countries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Country codes and names, by name."""
    named = {code: name or code for code, name in countries if code}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def cities(
    records: QuerySet, countries: Mapping[str, str], params: QueryDict
) -> FacetedList:
    """Partner cities and networks by kind, topic and country."""
    topics = codes(records, "topics")
    rows = {
        pk: {
            KIND: [kind],
            TOPIC: topics[pk],
            COUNTRY: [country.lower()] if country else [],
        }
        for pk, kind, country in records.values_list("pk", "kind", "country_code")
    }
    specs = [
        FacetSpec(KIND, _("Art"), choice_labels(CityKind)),
        _topics(),
        FacetSpec(COUNTRY, _("Land"), countries, fold_after=6),
    ]
    return FacetedList(rows, specs, params)


# Programmes ------------------------------------------------------------------------


def programmes(
    records: QuerySet, funding: Mapping[int, str], params: QueryDict
) -> FacetedList:
    """Programmes by kind, topic and whether funding is open today."""
    topics = codes(records, "topics")
    rows = {
        pk: {
            KIND: [kind],
            TOPIC: topics[pk],
            FUNDING: [funding[pk]] if funding.get(pk) else [],
        }
        for pk, kind in records.values_list("pk", "kind")
    }
    specs = [
        FacetSpec(KIND, _("Art"), choice_labels(ProgrammeKind), fold_after=6),
        FacetSpec(FUNDING, _("Förderung"), choice_labels(FundingStatus)),
        _topics(),
    ]
    return FacetedList(rows, specs, params)
