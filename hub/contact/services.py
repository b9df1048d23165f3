"""What becomes of a question: kept first, mailed then, and again until it is."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from hub import ratelimit
from hub.contact import mails
from hub.models import Enquiry

logger = logging.getLogger(__name__)

#: While one process sends a question, no other does.
LOCK_SECONDS = 120
#: So long a form sent twice counts as sent once.
TWICE_SECONDS = 3600


def receive(enquiry: Enquiry, opened: str) -> Enquiry:
    """Keep a question and mail it once it is safe. A double click keeps one."""
    key = f"enquiry:{ratelimit.fingerprint(opened + enquiry.message)}"
    known = Enquiry.objects.filter(pk=cache.get(key) or 0).first()
    if known:
        return known
    enquiry.save()
    cache.set(key, enquiry.pk, TWICE_SECONDS)
    transaction.on_commit(lambda: deliver(enquiry), robust=True)
    return enquiry


def deliver(enquiry: Enquiry) -> bool:
    """Mail a question to the office and confirm it to the sender.

    A failure loses nothing: the question stays marked as not mailed.
    """
    if not cache.add(f"enquiry-mail:{enquiry.pk}", True, LOCK_SECONDS):
        return False
    reachable = mails.office()
    try:
        mails.send(mails.to_office(enquiry, reachable))
    except Exception:
        # No traceback: mail servers repeat addresses in their errors.
        logger.error("Question %s not mailed; it is kept and tried again", enquiry.pk)
        cache.delete(f"enquiry-mail:{enquiry.pk}")
        return False
    enquiry.mailed_at = timezone.now()
    Enquiry.objects.filter(pk=enquiry.pk).update(mailed_at=enquiry.mailed_at)
    _confirm(enquiry, reachable)
    return True


def _confirm(enquiry: Enquiry, reachable: mails.HubSettings) -> None:
    """Tell the sender; only a few times a day to the same address."""
    if ratelimit.spend("confirmation", enquiry.email.lower()):
        return
    try:
        mails.send(mails.to_sender(enquiry, reachable))
    except Exception:
        logger.error("Question %s not confirmed to the sender", enquiry.pk)


def send_pending() -> tuple[int, int]:
    """Mail what could not be mailed; returns how many worked and how many did not."""
    pending = Enquiry.objects.filter(mailed_at__isnull=True).order_by("created_at")
    results = [deliver(enquiry) for enquiry in pending]
    return results.count(True), results.count(False)


def forget_old() -> int:
    """Delete answered and closed questions whose time is over."""
    oldest = timezone.now() - timedelta(days=settings.HUB_ENQUIRY_DAYS)
    done = (Enquiry.State.ANSWERED, Enquiry.State.CLOSED)
    return Enquiry.objects.filter(state__in=done, created_at__lt=oldest).delete()[0]
