"""All reminders of one person as one mail, not more often than a setting says."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub import letters, signed_links
from hub.contact import mails
from hub.models import ReminderDigest
from hub.reviews import dates, reminders
from hub.reviews.reminders import Reminder

logger = logging.getLogger(__name__)

#: A mail names so many entries; the list in the admin has all of them.
MOST_ENTRIES = 25
LOCK_SECONDS = 300


def send_due() -> tuple[int, int]:
    """Mail every recipient whose time has come: how many worked, how many did not."""
    users = reminders.recipients()
    results = [
        _send(users.get(owner) if owner else None, reminder)
        for owner, reminder in reminders.collect(users).items()
        if _is_time(owner)
    ]
    return results.count(True), results.count(False)


def _is_time(owner: int | None) -> bool:
    since = timezone.now() - timedelta(days=settings.HUB_DIGEST_DAYS)
    return not ReminderDigest.objects.filter(user_id=owner, sent_at__gt=since).exists()


def _send(user: Any, reminder: Reminder) -> bool | None:
    """One mail. What fails is tried again next time; nobody gets two at once."""
    key = f"reminder-digest:{user.pk if user else 'office'}"
    if not cache.add(key, True, LOCK_SECONDS):
        return None
    try:
        # Links of a mail that did not leave are taken back with it.
        with transaction.atomic():
            _note(user, len(reminder.entries) + len(reminder.lines))
            mails.send(_message(user, reminder))
    except Exception:
        # No traceback: mail servers repeat addresses in their errors.
        logger.error("A reminder was not mailed; it is tried again")
        return False
    finally:
        cache.delete(key)
    return True


def _note(user: Any, lines: int) -> None:
    ReminderDigest.objects.update_or_create(
        user=user, defaults={"sent_at": timezone.now(), "lines": min(lines, 32_000)}
    )


def _language(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    wanted = profile.preferred_language if profile else ""
    codes = {code for code, _name in settings.LANGUAGES}
    return wanted if wanted in codes else settings.LANGUAGE_CODE


def _message(user: Any, reminder: Reminder) -> Any:
    office = mails.office()
    with translation.override(_language(user)):
        letter = letters.Letter(
            subject=_("Drehscheibe: Bitte sehen Sie nach, ob das noch stimmt"),
            parts=_parts(reminder),
            to=user.email if user else mails.office_address(office),
            reply_to=[mails.office_address(office)] if user else [],
        )
        return letter.message()


def _parts(reminder: Reminder) -> list[Any]:
    parts: list[Any] = []
    if reminder.entries:
        parts.append(
            letters.Words(
                _(
                    "Sie pflegen Einträge in der Drehscheibe. Bei diesen ist es Zeit "
                    "nachzusehen. Jeder Link führt auf eine Seite; erst der Knopf "
                    "dort ändert etwas. Sie müssen sich nicht anmelden."
                )
            )
        )
    for entry in reminder.entries[:MOST_ENTRIES]:
        parts += _entry_parts(entry)
    parts += _rest(len(reminder.entries) - MOST_ENTRIES)
    for line in reminder.lines:
        parts.append(letters.Words(line.text()))
        parts.append(letters.Link(_("Liste in der Verwaltung"), _full(line.path)))
    parts.append(letters.Words(_frequency()))
    return parts


def _entry_parts(entry: Any) -> list[Any]:
    url = _full(review_path(entry))
    words = (
        f"{entry} ({entry._meta.verbose_name}): {reminders.due_text(entry.review_due)}"
    )
    return [
        letters.Words(words),
        letters.Link(_("Stimmt noch"), f"{url}#stimmt"),
        letters.Link(_("Bitte ändern"), f"{url}#aendern"),
    ]


def _rest(number: int) -> list[Any]:
    if number <= 0:
        return []
    words = ngettext(
        "Dazu kommt %(count)d weiterer Eintrag.",
        "Dazu kommen %(count)d weitere Einträge.",
        number,
    ) % {"count": number}
    path = reverse("hub_worklist", args=["faellig"])
    return [
        letters.Words(words),
        letters.Link(_("Liste in der Verwaltung"), _full(path)),
    ]


def _frequency() -> str:
    days = settings.HUB_DIGEST_DAYS
    return ngettext(
        "Diese Nachricht kommt höchstens einmal am Tag, und nur, wenn etwas wartet.",
        "Diese Nachricht kommt höchstens alle %(count)d Tage, und nur, wenn etwas wartet.",
        days,
    ) % {"count": days}


def review_path(entry: Any) -> str:
    """The address of a new one-time link for an entry, in the active language."""
    token = signed_links.issue(
        dates.PURPOSE, signed_links.subject_of(entry), settings.HUB_REVIEW_LINK_DAYS
    )
    return reverse("review", args=[token])


def _full(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
