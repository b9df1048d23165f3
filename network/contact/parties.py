"""Who can be reached now, and who comes after whom.

A person needs a valid consent for being contacted and a private address; an
organisation a function mailbox. Neither pauses nor limits are told to anybody: from
outside all that is to be seen is whether delivery is possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.contact import mails
from network import services
from network.choices import ContactPurpose, FieldGroup
from network.models import (
    ContactBlock,
    ContactMail,
    ContactPreference,
    ContactRequest,
    Organisation,
    Person,
)

#: ``None`` is the office.
Party: TypeAlias = Person | Organisation
WEEK = timedelta(days=7)
NEEDED = {FieldGroup.FUNCTION, FieldGroup.CONTACT}


@dataclass(frozen=True)
class Reach:
    """How somebody can be reached today."""

    address: str = ""
    language: str = settings.LANGUAGE_CODE
    purposes: list[str] = field(default_factory=lambda: list(ContactPurpose.values))
    #: Ids of the topics that are accepted; empty: all.
    topics: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.address)

    def takes(self, request: ContactRequest) -> bool:
        """Whether somebody wants to be asked this."""
        if not self or request.purpose not in self.purposes:
            return False
        return not self.topics or request.topic_id in self.topics


NOBODY = Reach()


def same_party(party: Party | None) -> dict[str, Party | None]:
    """The columns that name a party."""
    return {
        "person": party if isinstance(party, Person) else None,
        "organisation": party if isinstance(party, Organisation) else None,
    }


def address_of(party: Party) -> str:
    """Where messages to a party go, if it may get any (reads prefetched consents)."""
    if isinstance(party, Organisation):
        return party.mailbox if party.live and not party.successor_id else ""
    if not party.live or not party.allowed_groups() >= NEEDED:
        return ""
    if party.is_demo and not party.private_email:
        # Invented like the person, for trying things out: nobody has such an address.
        return f"{party.slug_de}@example.org"
    return party.private_email


def reach(party: Party) -> Reach:
    """How a party can be reached now: at most four queries, with consents prefetched
    three."""
    address = address_of(party)
    if not address:
        return NOBODY
    wish = (
        ContactPreference.objects.filter(**_filter(party))
        .prefetch_related("topics")
        .first()
    )
    if wish is None:
        return Reach(address)
    if wish.is_paused or _is_full(party, wish.weekly_maximum):
        return NOBODY
    return Reach(
        address,
        wish.language,
        wish.purposes or list(ContactPurpose.values),
        frozenset(topic.pk for topic in wish.topics.all()),
    )


def _filter(party: Party) -> dict[str, Party]:
    return {"person" if isinstance(party, Person) else "organisation": party}


def _is_full(party: Party, maximum: int | None) -> bool:
    if maximum is None:
        return False
    delivered = ContactMail.objects.filter(
        kind=ContactMail.Kind.DELIVERY,
        created_at__gt=timezone.now() - WEEK,
        **_filter(party),
    )
    return delivered.count() >= maximum


# Who comes next ------------------------------------------------------------------------


def chain(request: ContactRequest) -> Iterator[Party | None]:
    """Whom a message goes to, one after the other; the office last."""
    if request.organisation:
        yield request.organisation
    if request.person:
        yield request.person
        if request.person.stand_in:
            yield request.person.stand_in
        yield from _organisations_of(request.person)
    yield None


def _organisations_of(person: Person) -> list[Organisation]:
    """Where somebody works now, the organisation they lead first."""
    year = timezone.localdate().year
    current = Q(year_to__isnull=True) | Q(year_to__gte=year)
    rows = person.memberships.filter(
        current, organisation__in=Organisation.objects.visible().current()
    ).select_related("organisation")
    # The office is the end of every chain, not a part of it.
    return [
        row.organisation
        for row in rows
        if row.organisation.slug_de != services.OFFICE_SLUG
    ]


def next_after(
    request: ContactRequest, tried: set[tuple[int | None, int | None]]
) -> Party | None:
    """The first that was not asked yet, can be reached now and wants to be asked."""
    for party in chain(request):
        if party is None:
            break
        columns = same_party(party)
        key = tuple(getattr(found, "pk", None) for found in columns.values())
        if key in tried or is_blocked(request.sender_email, party):
            continue
        if reach(party).takes(request):
            return party
    return None


# Whose messages nobody gets -------------------------------------------------------------


def sender_hash(email: str) -> str:
    """What is remembered of a blocked address: nobody can read it again."""
    text = email.strip().casefold()
    return salted_hmac("network.contact.sender", text, algorithm="sha256").hexdigest()


def is_blocked(email: str, party: Party | None) -> bool:
    """Whether a recipient, or the office for all, gets nothing from this address."""
    everywhere = Q(person__isnull=True, organisation__isnull=True)
    here = Q(**_filter(party)) if party else everywhere
    rows = ContactBlock.objects.filter(sender=sender_hash(email))
    return rows.filter(everywhere | here).exists()


def block(email: str, party: Party | None) -> None:
    """From now on this recipient gets nothing from this address; ``None``: nobody."""
    key = {"sender": sender_hash(email), **same_party(party)}
    if not ContactBlock.objects.filter(**key).exists():
        ContactBlock.objects.create(**key)


def unblock(email: str, party: Party | None) -> None:
    """Take that back."""
    rows = ContactBlock.objects.filter(sender=sender_hash(email))
    rows.filter(**same_party(party)).delete()


# The office -----------------------------------------------------------------------------


def office_address() -> str:
    return mails.office_address(mails.office())


def party_address(party: Party | None) -> str:
    """Where to write to somebody, also who is paused: the office has its own."""
    return address_of(party) if party else office_address()
