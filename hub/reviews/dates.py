"""When an entry was confirmed, and when it is due again.

The two days are no text: they change on what is public, on its translations, and in
drafts that wait, so that publishing a draft brings no old day back.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Model, Q
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from hub import signed_links
from hub.models import BasePage, Freshness

#: Purpose of the links in reminders.
PURPOSE = "hub.review"
#: Name of the entry in the log.
CONFIRMED = "hub.review_confirmed"


def freshness_models() -> list[type[Model]]:
    """Every kind of entry that somebody keeps."""
    return [model for model in apps.get_models() if issubclass(model, Freshness)]


def next_due(model: type[Model], start: date) -> date:
    """The day an entry of a kind should be looked at again."""
    return start + timedelta(days=round(model.review_months * 365 / 12))


@transaction.atomic
def confirm(entry: Any, user: Any = None) -> date:
    """Somebody says that an entry is still right; returns the day it is due again."""
    today = timezone.localdate()
    due = next_due(type(entry), today)
    for version in _versions(entry):
        set_days(version, reviewed_at=today, review_due=due)
    log(
        instance=entry,
        action=CONFIRMED,
        user=user,
        data={"review_due": due.isoformat()},
    )
    # Older mails hold links to the same entry.
    signed_links.revoke(PURPOSE, signed_links.subject_of(entry))
    return due


def _versions(entry: Any) -> list[Any]:
    """The entry, and for a page its translations and placeholders."""
    if not isinstance(entry, BasePage):
        return [entry]
    manager = type(entry)._default_manager
    return list(manager.filter(translation_key=entry.translation_key))


def set_days(entry: Any, **days: date) -> None:
    """Change days of an entry, and of its drafts."""
    for name, day in days.items():
        setattr(entry, name, day)
    options = {"clean": False} if isinstance(entry, Page) else {}
    entry.save(update_fields=list(days), **options)
    if not isinstance(entry, DraftStateMixin):
        return
    keys = {entry.latest_revision_id, entry.live_revision_id} - {None}
    waiting = Q(object_id=str(entry.pk), approved_go_live_at__isnull=False)
    same_kind = Q(base_content_type=entry.get_base_content_type())
    revisions = Revision.objects.filter(Q(pk__in=keys) | waiting & same_kind)
    for revision in revisions:
        revision.content |= {name: day.isoformat() for name, day in days.items()}
        revision.save(update_fields=["content"])


def give_days() -> int:
    """Entries that were never given a day get one, spread over their period so that
    not all are due at once; returns how many."""
    given = 0
    today = timezone.localdate()
    for model in freshness_models():
        rows = model._default_manager.filter(review_due__isnull=True)
        if issubclass(model, DraftStateMixin):
            rows = rows.filter(live=True)
        if issubclass(model, BasePage):
            rows = rows.filter(locale__language_code=settings.LANGUAGE_CODE)
        period = (next_due(model, today) - today).days
        for entry in rows.iterator(chunk_size=200):
            due = today + timedelta(days=30 + entry.pk * 37 % max(period - 30, 1))
            with transaction.atomic():
                for version in _versions(entry):
                    set_days(version, review_due=due)
            given += 1
    return given


def due_rows(model: type[Model], until: date) -> models.QuerySet:
    """German, public entries of a kind that are due by a day, the oldest first."""
    rows = model._default_manager.filter(review_due__lte=until)
    if hasattr(rows, "visible"):
        rows = rows.visible()
    if issubclass(model, BasePage):
        rows = rows.filter(locale__language_code=settings.LANGUAGE_CODE)
    return rows.order_by("review_due", "pk")
