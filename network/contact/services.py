"""What becomes of a message: confirmed, delivered, passed on, answered, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from hub import ratelimit
from network.contact import outbox
from network.contact.parties import Party, address_of, block, is_blocked, next_after
from network.models import (
    ContactCount,
    ContactMail,
    ContactReport,
    ContactRequest,
    Organisation,
    Person,
)

State = ContactRequest.State
Kind = ContactMail.Kind

#: So long a form sent twice counts as sent once.
TWICE_SECONDS = 3600
#: So many messages one run of ``tick`` passes on or forgets; the next one goes on.
BATCH = 500


# From the form to the recipient -----------------------------------------------------------


def receive(request: ContactRequest, opened: str) -> ContactRequest:
    """Keep a message and ask its sender to confirm it. A double click keeps one."""
    key = f"contact:{ratelimit.fingerprint(opened + request.message)}"
    known = ContactRequest.objects.filter(pk=cache.get(key) or 0).first()
    if known:
        return known
    request.save()
    cache.set(key, request.pk, TWICE_SECONDS)
    outbox.queue(Kind.CONFIRM, request)
    return request


def confirm(request: ContactRequest) -> None:
    """The sender has the mailbox: deliver. A blocked sender sees the same."""
    if request.state != State.UNCONFIRMED:
        return
    stopped = is_blocked(request.sender_email, request.party)
    request.confirmed_at = timezone.now()
    request.state = State.STOPPED if stopped else State.OPEN
    request.save(update_fields=["confirmed_at", "state"])
    if not stopped:
        pass_on(request)


@transaction.atomic
def pass_on(request: ContactRequest, late: datetime | None = None) -> bool:
    """Deliver to whom nobody has asked yet, the office last; nobody is asked twice.

    With ``late`` only what was delivered before then and to nobody since: of two
    processes that want to pass on the same, one does.
    """
    ContactRequest.objects.select_for_update().filter(pk=request.pk).first()
    delivered = list(_deliveries(request))
    if late and any(mail.created_at > late for mail in delivered):
        return False
    tried = {(mail.person_id, mail.organisation_id) for mail in delivered}
    if (None, None) in tried:
        return False
    outbox.queue(Kind.DELIVERY, request, next_after(request, tried))
    return True


def _deliveries(request: ContactRequest) -> QuerySet[ContactMail]:
    return request.mails.filter(kind=Kind.DELIVERY)


# What the recipient does ------------------------------------------------------------------


def answer(mail: ContactMail, text: str, *, shares_address: bool) -> bool:
    """Send an answer back; the first one counts."""
    now = timezone.now()
    request = mail.request
    if request is None:
        return False
    taken = ContactRequest.objects.filter(pk=request.pk, state=State.OPEN).update(
        state=State.ANSWERED,
        answer=text,
        shares_address=shares_address,
        answered_at=now,
        is_answered_by_addressee=mail.party == request.party,
    )
    if taken:
        outbox.queue(Kind.ANSWER, request, mail.party)
    return bool(taken)


def decline(mail: ContactMail) -> None:
    """Somebody else shall answer: pass on at once, if nobody has it yet."""
    request = mail.request
    if request is None or request.state != State.OPEN:
        return
    latest = _deliveries(request).order_by("-pk").first()
    if latest and latest.pk == mail.pk:
        pass_on(request)


def stop(mail: ContactMail) -> None:
    """The recipient wants nothing from this sender any more, and nobody else gets
    what is under way. The sender learns nothing of it."""
    request = mail.request
    if request is None or mail.party is None:
        return
    block(request.sender_email, mail.party)
    ContactRequest.objects.filter(pk=request.pk, state=State.OPEN).update(
        state=State.STOPPED
    )


def report(mail: ContactMail, reason: str, note: str, *, blocks: bool) -> None:
    """Tell the editors: from now on they may read this message."""
    request = mail.request
    if request is None:
        return
    ContactReport.objects.get_or_create(
        request=request, defaults={"reason": reason, "note": note}
    )
    ContactRequest.objects.filter(pk=request.pk, state=State.OPEN).update(
        state=State.STOPPED
    )
    if blocks and mail.party:
        block(request.sender_email, mail.party)


def ask_for_wishes(email: str) -> None:
    """Mail the link to the settings to all parties with this address; tells nobody
    whether there is one."""
    for party in _parties_at(email):
        outbox.queue(Kind.SETTINGS, party=party)


def _parties_at(email: str) -> list[Party]:
    people = Person.objects.visible().filter(private_email__iexact=email)
    offices = Organisation.objects.visible().filter(mailbox__iexact=email)
    return [party for party in [*people, *offices] if address_of(party)]


# What is due -------------------------------------------------------------------------------


def forward_overdue() -> int:
    """Pass on what nobody has answered in time."""
    late = timezone.now() - timedelta(days=settings.HUB_CONTACT_FORWARD_DAYS)
    deliveries = Q(mails__kind=Kind.DELIVERY)
    office = deliveries & Q(mails__person=None, mails__organisation=None)
    due = (
        ContactRequest.objects.filter(state=State.OPEN)
        .annotate(
            last=Max("mails__created_at", filter=deliveries),
            at_office=Count("mails", filter=office),
        )
        .filter(Q(last__lte=late) | Q(last=None), at_office=0)
        .select_related("person__stand_in", "organisation")
        .order_by("pk")[:BATCH]
    )
    return sum(pass_on(request, late) for request in due)


def forget_unconfirmed() -> int:
    """Delete what nobody confirmed; only the number remains."""
    days = settings.HUB_CONTACT_CONFIRM_DAYS
    return _forget(ContactRequest.objects.filter(state=State.UNCONFIRMED), days)


def forget_old() -> int:
    """Delete messages whose time is over, but for reports that nobody handled yet and
    mails that still wait for the mail server."""
    waiting = outbox.waiting().exclude(kind=Kind.CONFIRM).values("request")
    kept = Q(report__state=ContactReport.State.NEW) | Q(pk__in=waiting)
    rows = ContactRequest.objects.exclude(state=State.UNCONFIRMED).exclude(kept)
    return _forget(rows, settings.HUB_CONTACT_DAYS)


def _forget(rows: QuerySet[ContactRequest], days: int) -> int:
    oldest = timezone.now() - timedelta(days=days)
    number = 0
    for request in rows.filter(created_at__lt=oldest).order_by("pk")[:BATCH]:
        with transaction.atomic():
            _count(request)
            request.delete()
        number += 1
    return number


def _count(request: ContactRequest) -> None:
    """Add a message to the numbers: of people no more than that there was one."""
    outcome = State.UNANSWERED if request.state == State.OPEN else request.state
    key = {
        "month": timezone.localtime(request.created_at).date().replace(day=1),
        "organisation_id": request.organisation_id,
        "purpose": request.purpose,
        "outcome": outcome,
        "answer_days": _answer_days(request),
    }
    with transaction.atomic():
        row, _made = ContactCount.objects.get_or_create(**key)
        ContactCount.objects.filter(pk=row.pk).update(number=F("number") + 1)


def _answer_days(request: ContactRequest) -> int | None:
    """Days until the organisation itself answered; of people nothing is counted."""
    if not (request.organisation_id and request.is_answered_by_addressee):
        return None
    if not (request.answered_at and request.confirmed_at):
        return None
    return (request.answered_at - request.confirmed_at).days


def forget_settings_mails() -> int:
    """Mails that belong to no message are needed no longer once they are sent."""
    oldest = timezone.now() - timedelta(days=settings.HUB_CONTACT_LINK_DAYS)
    rows = ContactMail.objects.filter(request=None, created_at__lt=oldest)
    return rows.delete()[0]
