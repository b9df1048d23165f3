"""What a profile says about writing to whom it is about."""

from __future__ import annotations

from typing import NamedTuple

from network.contact.addresses import contact_path
from network.contact.answer_times import AnswerTime, answer_time
from network.contact.parties import Party, reach
from network.models import Organisation
from network.services import OFFICE_SLUG


class Way(NamedTuple):
    """The form, where a message arrives now; else nothing, and the office helps."""

    url: str = ""
    answer_time: AnswerTime | None = None


def way_to(party: Party, language: str) -> Way:
    """How to write to somebody: at most five queries."""
    if isinstance(party, Organisation) and party.slug_de == OFFICE_SLUG:
        return Way()
    if not reach(party):
        return Way()
    fast = answer_time(party) if isinstance(party, Organisation) else None
    return Way(contact_path(party, language), fast)
