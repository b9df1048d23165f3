"""What is due in the hub itself. Each task may run any number of times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from wagtail.models import DraftStateMixin

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from hub import signed_links
from hub.contact import services

#: Addresses of failed logins are needed no longer.
LOGIN_DAYS = 30


def pending_enquiries() -> str:
    """Questions that could not be mailed are tried again."""
    sent, failed = services.send_pending()
    return f"{sent} mailed, {failed} still waiting"


def old_enquiries() -> str:
    """Questions that were answered long ago are deleted."""
    return f"{services.forget_old()} deleted"


def old_logins() -> str:
    """Failed logins past their retention are deleted."""
    oldest = timezone.now() - timedelta(days=LOGIN_DAYS)
    models = (AccessAttempt, AccessFailureLog, AccessLog)
    rows = [m.objects.filter(attempt_time__lt=oldest).delete()[0] for m in models]
    return f"{sum(rows)} deleted"


def old_links() -> str:
    """Links of mails that expired long ago are deleted."""
    return f"{signed_links.forget_old()} deleted"


def sessions() -> str:
    """Sessions that ended are deleted."""
    call_command("clearsessions")
    return "cleared"


def reviews() -> str:
    """How many entries of each kind should be looked at again."""
    from hub.models import Freshness

    today = timezone.localdate()
    due = []
    for model in apps.get_models():
        if not issubclass(model, Freshness):
            continue
        overdue = model.objects.filter(review_due__lt=today)
        if issubclass(model, DraftStateMixin):
            overdue = overdue.filter(live=True)
        number = overdue.count()
        if number:
            due.append(f"{number} {model._meta.verbose_name_plural}")
    return ", ".join(due) or "none due"


TASKS: dict[str, Callable[[], str]] = {
    "pending_enquiries": pending_enquiries,
    "old_enquiries": old_enquiries,
    "old_logins": old_logins,
    "old_links": old_links,
    "sessions": sessions,
    "reviews": reviews,
}
