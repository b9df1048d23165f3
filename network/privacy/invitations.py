"""Asking people whether they want to be shown, once more, and then no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hub import signed_links
from network.models import Consent, Invitation, Person
from network.privacy import erasure, letters
from network.privacy.choices import Why


def _days(name: str) -> int:
    return int(settings.HUB_PRIVACY[name])


def obstacle(person: Person) -> str:
    """Why somebody cannot be invited; empty if they can."""
    if person.is_demo:
        return _("Erfundene Personen lädt niemand ein.")
    if not person.private_email:
        return _("Tragen Sie zuerst die private E-Mail-Adresse der Person ein.")
    try:
        person.clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def waiting() -> QuerySet[Invitation]:
    """Invitations nobody has answered yet."""
    return Invitation.objects.filter(answered_at__isnull=True)


def invite(person: Person, user: Any, language: str) -> Invitation:
    """Invite somebody; an earlier invitation that is still open is replaced."""
    with transaction.atomic():
        for earlier in waiting().filter(person=person):
            signed_links.revoke(letters.INVITATION, signed_links.subject_of(earlier))
            earlier.delete()
        row = Invitation.objects.create(
            person=person, invited_by=user, language=language
        )
    transaction.on_commit(lambda: send(row))
    return row


def send(row: Invitation) -> bool:
    """Mail an invitation; one that could not be mailed is tried again by ``tick``."""
    days = _days("INVITATION_DAYS")
    sent = letters.deliver(lambda: letters.invitation(row, days), row.language)
    if sent:
        row.sent_at = timezone.now()
        row.save(update_fields=["sent_at"])
    return sent


def send_pending() -> int:
    """Mail what could not be mailed."""
    rows = waiting().filter(sent_at__isnull=True).select_related("person")
    return sum(send(row) for row in rows)


def remind() -> int:
    """One reminder, and only one; its link ends when the first one would have."""
    rows = _older_than(_days("REMINDER_DAYS")).filter(reminded_at__isnull=True)
    return sum(_remind(row) for row in rows)


def _remind(row: Invitation) -> bool:
    left = _days("INVITATION_DAYS") - _days("REMINDER_DAYS")
    sent = letters.deliver(
        lambda: letters.invitation(row, left, again=True), row.language
    )
    if sent:
        row.reminded_at = timezone.now()
        row.save(update_fields=["reminded_at"])
    return sent


def _older_than(days: int) -> QuerySet[Invitation]:
    moment = timezone.now() - timedelta(days=days)
    return waiting().filter(sent_at__lt=moment).select_related("person")


def forget_unanswered() -> int:
    """Drafts of people who did not answer are deleted; a hash keeps them from being
    entered again. Somebody who is shown on another basis stays."""
    number = 0
    for row in list(_older_than(_days("INVITATION_DAYS"))):
        if _has_basis(row.person):
            row.delete()
            continue
        erasure.erase(row.person, Why.UNANSWERED)
        number += 1
    return number


def _has_basis(person: Person) -> bool:
    return Consent.objects.valid().filter(person=person).exists()


def answered(row: Invitation, groups: Iterable[str]) -> None:
    """Note the answer; whoever agrees to nothing is forgotten at once."""
    agreed = bool(list(groups))
    row.answered_at = timezone.now()
    row.save(update_fields=["answered_at"])
    transaction.on_commit(
        lambda: letters.deliver(
            lambda: letters.answered(row, agreed), settings.LANGUAGE_CODE
        )
    )
    if not agreed and not _has_basis(row.person):
        erasure.erase(row.person, Why.DECLINED)
