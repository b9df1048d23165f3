"""What is due with invitations and consents. Each task may run any number of times."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from network.models import Consent, Person
from network.privacy import (
    consents,
    erasure,
    invitations,
    letters,
    matrix,
    names,
)
from network.privacy.choices import Why

#: So many pages each time.
NAMES_AT_ONCE = 200


def invited() -> str:
    """Invitations: mailed, reminded of once, and deleted when nobody answers."""
    sent = invitations.send_pending()
    reminded = invitations.remind()
    deleted = invitations.forget_unanswered()
    return f"{sent} sent, {reminded} reminded, {deleted} deleted"


def ending() -> QuerySet[Consent]:
    """Consents that end soon and that nobody was asked about yet."""
    soon = timezone.localdate() + timedelta(days=consents.ask_again_days())
    rows = Consent.objects.valid().filter(
        expires_on__lte=soon, reminded_on__isnull=True, person__hidden_since=None
    )
    return rows.exclude(person__private_email="").select_related("person")


def ask_again() -> str:
    """Before a consent ends the person is asked again, once."""
    by_person: dict[int, list[Consent]] = {}
    for row in ending().order_by("person", "expires_on"):
        by_person.setdefault(row.person_id, []).append(row)
    asked = sum(_ask(rows) for rows in by_person.values())
    return f"{asked} asked"


def _ask(rows: list[Consent]) -> bool:
    person = rows[0].person
    language = language_of(person)
    sent = letters.deliver(lambda: letters.expiring(person, rows, language), language)
    if sent:
        keys = [row.pk for row in rows]
        Consent.objects.filter(pk__in=keys).update(reminded_on=timezone.localdate())
    return sent


def language_of(person: Person) -> str:
    """The language somebody was invited in; German if nobody invited them."""
    row = person.invitations.order_by("-pk").first()
    return row.language if row else settings.LANGUAGE_CODE


def over() -> list[Person]:
    """People whose last basis ended so long ago that their entry must go."""
    today = timezone.localdate()
    current = Consent.objects.valid().values("person")
    people = (
        Person.objects.filter(is_demo=False, consents__isnull=False)
        .exclude(pk__in=current)
        .exclude(pk__in=invitations.waiting().values("person"))
        .distinct()
        .prefetch_related("consents")
    )
    return [person for person in people if _is_over(person, today)]


def _is_over(person: Person, today: date) -> bool:
    ends = [
        min(filter(None, (row.expires_on, row.withdrawn_on)), default=None)
        for row in person.consents.all()
    ]
    if not ends or None in ends:
        return False
    keep = timedelta(days=matrix.row(person.capacity).keep_days)
    return max(ends) + keep < today


def retention() -> str:
    """Entries without any basis are erased when their time is over."""
    people = over()
    for person in people:
        erasure.erase(person, Why.EXPIRED)
    return f"{len(people)} erased"


def swept() -> str:
    """Indexes that still hold what was erased are built anew."""
    return f"{erasure.sweep()} swept"


def names_in_texts() -> str:
    """Pages that nobody has looked through for names of people, some each time."""
    return f"{names.look_at_new(NAMES_AT_ONCE)} looked through"


TASKS = {
    "invitations": invited,
    "consents_ending": ask_again,
    "retention": retention,
    "erased": swept,
    "names": names_in_texts,
}
