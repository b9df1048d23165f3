"""Mails that are due: a row each, until the mail server took it.

What a request makes due is sent after its response, so that nobody waits for the mail
server, and nobody learns from the time it takes whether there was a mail. What fails,
and what a crash leaves, ``tick`` sends.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.mail import get_connection
from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from network.contact import letters
from network.contact.parties import Party, same_party
from network.models import ContactMail, ContactRequest

logger = logging.getLogger(__name__)

#: While one process sends a mail, no other does.
CLAIM = timedelta(minutes=5)
#: So many mails one run of ``tick`` sends at most; the next one goes on.
BATCH = 500
#: After so many failures in a row the server is left in peace until the next run.
PATIENCE = 3
#: What failed so often waits for somebody to look at it (one try in 10 minutes: a week).
ATTEMPTS_MAX = 1000

_due: set[int] = set()
_lock = threading.Lock()


class Sent(NamedTuple):
    """What became of mails that were due."""

    mailed: int
    failed: int


def queue(
    kind: str, request: ContactRequest | None = None, party: Party | None = None
) -> ContactMail:
    """Make a mail due; it is sent once the change is safe."""
    mail = ContactMail.objects.create(kind=kind, request=request, **same_party(party))
    transaction.on_commit(lambda: _remember(mail.pk), robust=True)
    return mail


def _remember(pk: int) -> None:
    with _lock:
        _due.add(pk)


def flush(**_signal: Any) -> None:
    """After a response: send what it made due."""
    with _lock:
        keys = list(_due)
        _due.clear()
    if not keys:
        return
    try:
        send(ContactMail.objects.filter(pk__in=keys))
    except DatabaseError:
        logger.exception("Mails were not sent now; tick sends them")


def waiting() -> QuerySet[ContactMail]:
    """What is not mailed yet, and nobody is sending right now."""
    stale = timezone.now() - CLAIM
    return ContactMail.objects.filter(
        Q(claimed_at__isnull=True) | Q(claimed_at__lt=stale),
        mailed_at__isnull=True,
        attempts__lt=ATTEMPTS_MAX,
    )


def send_waiting() -> Sent:
    """Send what is due, those tried least first, so that one bad address holds up
    nobody."""
    return send(waiting().order_by("attempts", "pk")[:BATCH])


def send(mails: QuerySet[ContactMail]) -> Sent:
    """Send over one connection; what fails stays due."""
    keys = list(mails.values_list("pk", flat=True))
    done = failed = in_a_row = 0
    connection = get_connection()
    for pk in keys:
        worked = _send_one(pk, connection)
        done += worked is True
        failed += worked is False
        in_a_row = in_a_row + 1 if worked is False else 0
        if in_a_row == PATIENCE:
            break
    connection.close()
    return Sent(done, failed)


def _send_one(pk: int, connection: Any) -> bool | None:
    """Whether a mail was sent; ``None``: somebody else does, or nobody needs it."""
    if not waiting().filter(pk=pk).update(claimed_at=timezone.now()):
        return None
    mail = _load(pk)
    try:
        with transaction.atomic():
            message = letters.message_of(mail)
        if message is not None:
            connection.send_messages([message])
    except Exception as error:
        # No traceback: mail servers repeat addresses in their errors.
        logger.error("Mail %s not sent (%s); tried again", pk, type(error).__name__)
        connection.close()
        _rows(pk).update(claimed_at=None, attempts=F("attempts") + 1)
        return False
    _rows(pk).update(mailed_at=timezone.now())
    return True if message is not None else None


def _rows(pk: int) -> QuerySet[ContactMail]:
    return ContactMail.objects.filter(pk=pk)


def _load(pk: int) -> ContactMail:
    related = (
        "person",
        "organisation",
        "request__person",
        "request__organisation",
        "request__topic",
    )
    return _rows(pk).select_related(*related).get()


def connect() -> None:
    """Called once when the app is ready."""
    request_finished.connect(flush, dispatch_uid="network.contact.flush")
