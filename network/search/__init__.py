"""What the search knows of organisations, people and places."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from hub.searching import choice_labels
from hub.synonyms import OTHER, plain
from network.addresses import answers_address
from network.choices import OrganisationKind, PartyKind, SpokenLanguage
from network.models import District, Organisation
from network.phrases import phrase
from network.search import former
from network.search.parties import OrganisationSource, PersonSource
from network.search.places import CitySource, DistrictSource, ProgrammeSource
from search.registry import Facet, SynonymProvider, registry
from search.synonyms import Group

__all__ = ["register"]


def _is_distinct(name: str) -> bool:
    """Names that mean the organisation and nothing else: codes, abbreviations and names
    of several words. "Kultur" and "Bäder" are words of the language."""
    is_short_form = len(name) > 2 and name.isupper()
    return " " in name or is_short_form or any(char.isdigit() for char in name)


def _organisation_names() -> Iterable[Group]:
    """Code, names and aliases of an organisation all mean the same."""
    for record in Organisation.objects.visible().current():
        names = (record.code, record.short_name, record.name_de, record.name_en)
        written = [plain(name) for name in (*names, *record.alias_list)]
        terms = tuple(dict.fromkeys(name for name in written if _is_distinct(name)))
        if len(terms) < 2:
            continue
        own = {"de": plain(record.name_de), "en": plain(record.name_en)}
        for code, other in OTHER.items():
            foreign = frozenset({own[other]} - {own[code]})
            yield Group(terms, "organisation", (code,), foreign=foreign)


def _district_labels() -> dict[str, str]:
    rows = District.objects.visible().values_list("number", "name")
    return {str(number): f"{number}. {name}" for number, name in rows}


def register() -> None:
    """Called once, when all apps are there."""
    for source in (
        OrganisationSource(),
        PersonSource(),
        CitySource(),
        DistrictSource(),
        ProgrammeSource(),
    ):
        registry.register(source)
    former.connect()
    for facet in (
        Facet("bezirk", _("Bezirk"), _district_labels, models=(District,)),
        Facet("stelle", _("Art der Stelle"), lambda: choice_labels(OrganisationKind)),
        Facet("sprache", _("Sprache"), lambda: choice_labels(SpokenLanguage)),
        Facet("wer", _("Wer"), lambda: choice_labels(PartyKind), in_order=True),
    ):
        registry.register_facet(facet)
    registry.register_answers(phrase, answers_address)
    registry.register_synonyms(
        SynonymProvider(
            "organisation",
            _("Stelle oder Organisation"),
            (Organisation,),
            _organisation_names,
        )
    )
