"""Organisations, people, places and programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from network.choices import Basis, CityKind, Coverage, FieldGroup, OrganisationKind
from network.models import (
    Consent,
    District,
    Involvement,
    Membership,
    NetworkPage,
    Organisation,
    PartnerCity,
    Person,
    Programme,
    ProgrammesPage,
)

from .hub import section


def network_section() -> dict:
    return section(NetworkPage, ("Netzwerk", "netzwerk"), ("Network", "network"))


def programmes_section() -> dict:
    return section(
        ProgrammesPage, ("Programme", "programme"), ("Programmes", "programmes")
    )


def _texts(slug: str, **fields: str) -> dict[str, str]:
    found = {"slug_de": slug, "slug_en": f"{slug}-en"}
    for name, text in fields.items():
        found[f"{name}_de"] = text
        found[f"{name}_en"] = f"{text} EN"
    return found


def organisation(slug: str = "ma-18", **values: Any) -> Organisation:
    defaults = {
        **_texts(slug, name=slug.upper(), summary=f"Kurztext {slug}."),
        "kind": OrganisationKind.DEPARTMENT,
        "coverage": Coverage.CITY,
    }
    many = {
        key: values.pop(key, ()) for key in ("topics", "target_groups", "districts")
    }
    found = Organisation.objects.create(**(defaults | values))
    for key, entries in many.items():
        getattr(found, key).set(entries)
    found.save()
    return found


def multiplier(slug: str = "jugendzentren", **values: Any) -> Organisation:
    defaults = {"kind": OrganisationKind.YOUTH_WORK, "is_multiplier": True}
    return organisation(slug, **(defaults | values))


def district(number: int = 18, name: str = "Währing", **values: Any) -> District:
    defaults = {
        "number": number,
        "name": name,
        "slug_de": f"bezirk-{number}",
        "slug_en": f"district-{number}",
        "postal_code": f"1{number:02d}0",
        "tile_row": (number - 1) // 6 + 1,
        "tile_column": (number - 1) % 6 + 1,
    }
    return District.objects.create(**(defaults | values))


def city(slug: str = "cascais", **values: Any) -> PartnerCity:
    defaults = {
        **_texts(slug, name=slug.title(), country="Portugal", summary=f"Über {slug}."),
        "kind": CityKind.CITY,
        "country_code": "PT",
        "latitude": 38.7,
        "longitude": -9.4,
    }
    return PartnerCity.objects.create(**(defaults | values))


def programme(slug: str = "klimateam", **values: Any) -> Programme:
    defaults = {
        **_texts(slug, name=slug.title(), summary=f"Über {slug}.", body="Ein Absatz."),
        "kind": "programme",
    }
    return Programme.objects.create(**(defaults | values))


def person(
    slug: str = "beispielperson-a",
    groups: tuple[str, ...] = (FieldGroup.FUNCTION,),
    **values: Any,
) -> Person:
    """An invented person; ``groups`` are the field groups with a valid consent."""
    defaults = {
        **_texts(slug, bio=f"Kurzprofil von {slug}."),
        "name": slug.replace("-", " ").title(),
        "is_demo": True,
    }
    many = {
        key: values.pop(key, ()) for key in ("topics", "target_groups", "districts")
    }
    found = Person.objects.create(**(defaults | values))
    for key, entries in many.items():
        getattr(found, key).set(entries)
    found.save()
    for group in groups:
        consent(found, group)
    return found


def consent(person: Person, group: str, **values: Any) -> Consent:
    defaults = {
        "granted_on": date(2026, 1, 1),
        "wording_version": "1",
        "way": "Formular",
    }
    return Consent.objects.create(
        person=person, field_group=group, **(defaults | values)
    )


def membership(
    person: Person, organisation: Organisation, function: str = "Moderation"
) -> Membership:
    return Membership.objects.create(
        person=person,
        organisation=organisation,
        function_de=function,
        function_en=f"{function} EN",
    )


def involvement(page: Any, party: Any, **values: Any) -> Involvement:
    field = "person" if isinstance(party, Person) else "organisation"
    defaults = {"role": "led", "basis": Basis.SOURCE, "year_from": 2024}
    return Involvement.objects.create(
        page_id=page.pk, **{field: party}, **(defaults | values)
    )
