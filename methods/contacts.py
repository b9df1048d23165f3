"""Who can help: parties with the reasons why they are named. No scores, no ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hub.formats import years_text
from network.choices import Basis
from network.models import Involvement
from network.phrases import phrase

#: The office advises whoever asks; it never leads a list of others.
OFFICE_NAME = "Büro für Mitwirkung"
MOST_REASONS = 3
MOST_CONTACTS = 5
BASES = list(Basis)


@dataclass(frozen=True)
class Place:
    """The page a reason points to."""

    title: str
    url: str


@dataclass(frozen=True)
class Reason:
    """Why somebody is named, in words, as ``components/reason.html`` shows it."""

    basis: str
    text: str
    url: str = ""
    url_text: str = ""
    after: str = ""


@dataclass
class Contact:
    """A person or organisation with its reasons."""

    party: Any
    is_person: bool
    reasons: list[Reason] = field(default_factory=list)
    is_office: bool = False

    @property
    def name(self) -> str:
        return self.party.label

    @property
    def url(self) -> str:
        return self.party.get_absolute_url()

    @property
    def is_demo(self) -> bool:
        return self.party.is_demo

    @property
    def order(self) -> tuple[bool, bool, int, int, str]:
        """Real ones first, then evidence, then those with more of it, then by name."""
        best = min(BASES.index(Basis(reason.basis)) for reason in self.reasons)
        return self.is_demo, self.is_office, best, -len(self.reasons), self.name


def _years(involvement: Involvement) -> str:
    years = years_text(involvement.year_from, involvement.year_to)
    return f", {years}" if years else ""


def _duty(party: Any) -> str:
    """What an organisation is in charge of, in its own first words."""
    return ", ".join(party.responsibility_list[:3]) or _("dieses Thema")


def _reason(involvement: Involvement, place: Place | None) -> Reason | None:
    if involvement.basis == Basis.RESPONSIBILITY:
        # In charge of a case's subject says nothing about the method used there.
        if place is not None or involvement.person_id:
            return None
        return Reason(involvement.basis, _duty(involvement.party))
    if place is None:
        text = f"{involvement.get_role_display()}{_years(involvement)}"
        return Reason(involvement.basis, text)
    year = involvement.year_to or involvement.year_from
    before, after = phrase(involvement.role, involvement.basis, year)
    return Reason(involvement.basis, before, place.url, place.title, after)


def _shorten(contact: Contact) -> Contact:
    """At most three reasons, the strongest first."""
    contact.reasons.sort(key=lambda reason: BASES.index(Basis(reason.basis)))
    del contact.reasons[MOST_REASONS:]
    return contact


def contacts(places: Mapping[int, Place | None]) -> list[Contact]:
    """Parties involved in the given German pages; ``None`` names no page: one query."""
    found: dict[tuple[bool, int], Contact] = {}
    rows = (
        Involvement.objects.visible()
        .filter(page_id__in=places)
        .select_related("organisation", "person")
    )
    for row in rows:
        is_person = row.person_id is not None
        key = (is_person, row.person_id or row.organisation_id)
        contact = found.setdefault(key, Contact(row.party, is_person))
        contact.is_office = not is_person and row.party.name_de == OFFICE_NAME
        if reason := _reason(row, places[row.page_id]):
            contact.reasons.append(reason)
    named = [contact for contact in found.values() if contact.reasons]
    return [_shorten(c) for c in sorted(named, key=lambda c: c.order)]
