"""Whom to address in an organisation: by function where no name may be shown.

A function never says whether there is a person in the directory behind it: it is the
organisation's own text, or what every organisation of its kind has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from network.choices import MUNICIPAL_KINDS, OrganisationKind
from network.filters import TOPIC
from network.models import Organisation
from network.services import Member

#: What the head of such an organisation is called; others say it themselves.
USUAL_HEADS = {
    OrganisationKind.DEPARTMENT: _("Abteilungsleitung"),
    OrganisationKind.DISTRICT_BODY: _("Bezirksvorsteher*in"),
}


@dataclass(frozen=True)
class Functions:
    """Functions to address where no name stands."""

    head: str = ""
    contact: str = ""

    def __bool__(self) -> bool:
        return bool(self.head or self.contact)


def functions_of(record: Organisation, members: Sequence[Member]) -> Functions:
    """The head's function unless a head is shown by name, and that for questions."""
    has_named_head = any(member.is_lead for member in members)
    usual = USUAL_HEADS.get(OrganisationKind(record.kind), "")
    head = record.head_function or record.head_function_de or str(usual)
    contact = record.contact_function or record.contact_function_de or ""
    return Functions("" if has_named_head else head, contact)


def duty_topics_of(record: Organisation, list_url: str) -> list[dict[str, str]]:
    """Topics a body of the city is in charge of, each with all that are. Of others topics
    are what they work on, and no duty."""
    if record.is_multiplier or record.kind not in MUNICIPAL_KINDS:
        return []
    return [
        {"name": str(topic), "url": f"{list_url}?{TOPIC}={topic.code}"}
        for topic in record.topics.all()
    ]
