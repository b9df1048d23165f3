"""What the network exchanges: places, organisations, programmes, people, involvements."""

from __future__ import annotations

from typing import Any

from hub.exchange.refs import References
from hub.exchange.registry import registry
from hub.exchange.subjects import RecordSubject
from network.models import (
    District,
    Involvement,
    NetworkPage,
    Organisation,
    PartnerCity,
    Person,
    Programme,
    ProgrammesPage,
)


class InvolvementSubject(RecordSubject):
    """Who did what in a case or with a method."""

    def stable_id(self, obj: Involvement, refs: References) -> str:
        page = refs.page_name(obj.page_id) or obj.page_id
        party = (
            refs.token("organisations", obj.organisation_id)
            if obj.organisation_id
            else refs.token("people", obj.person_id)
        )
        return f"{page}/{party}/{obj.role or obj.basis}"


def _named(name: str, model: type[Any], order: int, **options: Any) -> RecordSubject:
    return RecordSubject(name, model, order=order, lines=("aliases",), **options)


def register() -> None:
    """Called once when the app is ready."""
    registry.register(RecordSubject("districts", District, order=20, id_from="number"))
    registry.register(
        RecordSubject(
            "organisations",
            Organisation,
            order=30,
            lines=("aliases", "responsibilities"),
        )
    )
    registry.register(_named("programmes", Programme, 40, children=("parties",)))
    registry.register(_named("partner_cities", PartnerCity, 50))
    registry.register(
        RecordSubject(
            "people",
            Person,
            order=85,
            children=("memberships", "consents"),
            # Nobody's own address ever stands in a file.
            exclude=("private_email",),
            is_private=True,
        )
    )
    registry.register(
        InvolvementSubject(
            "involvements", Involvement, order=130, required=(), is_target=False
        )
    )
    pages = registry.get("pages")
    if pages:
        pages.models |= {"network": NetworkPage, "programmes": ProgrammesPage}
