"""How fast an organisation answers, if it agrees that its page says so. Never of people:
that would be an evaluation of staff."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from network.models import ContactCount, ContactRequest, Organisation

State = ContactRequest.State
#: Fewer requests say nothing about an organisation, and too much about each of them.
LEAST = 10
#: What did come to the organisation; what nobody answered counts as never.
DELIVERED = (State.ANSWERED, State.UNANSWERED)
NEVER = math.inf


class AnswerTime(NamedTuple):
    """Half of the requests were answered within so many days."""

    days: int
    requests: int


def answer_time(organisation: Organisation) -> AnswerTime | None:
    """The median over all requests, answered or not: two queries, or none."""
    if not organisation.shows_answer_time:
        return None
    days = _kept(organisation) + _current(organisation)
    number = sum(days.values())
    if number < LEAST:
        return None
    middle = sorted(days.elements())[(number - 1) // 2]
    return None if middle == NEVER else AnswerTime(max(1, math.ceil(middle)), number)


def _kept(organisation: Organisation) -> Counter[float]:
    """Requests of which only the number is left."""
    rows = ContactCount.objects.filter(organisation=organisation, outcome__in=DELIVERED)
    found: Counter[float] = Counter()
    for days, number in rows.values_list("answer_days", "number"):
        found[NEVER if days is None else days] += number
    return found


def _current(organisation: Organisation) -> Counter[float]:
    """Requests that are still there; those somebody may still answer do not count."""
    late = timezone.now() - timedelta(days=settings.HUB_CONTACT_FORWARD_DAYS)
    rows = ContactRequest.objects.filter(
        organisation=organisation, state__in=(State.OPEN, *DELIVERED)
    )
    found: Counter[float] = Counter()
    for request in rows.only(
        "state", "confirmed_at", "answered_at", "is_answered_by_addressee"
    ):
        if request.is_answered_by_addressee and request.answered_at:
            found[(request.answered_at - request.confirmed_at).days] += 1
        elif request.state != State.OPEN or request.confirmed_at < late:
            found[NEVER] += 1
    return found
