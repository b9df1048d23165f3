"""What is due in the hub itself. Each task may run any number of times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from wagtail.models import DraftStateMixin

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from hub import signed_links
from hub.contact import services
from hub.linkcheck import places, run
from hub.models import ChangeRequest
from hub.reviews import dates, digest

#: Addresses of failed logins are needed no longer.
LOGIN_DAYS = 30
#: So often the list of links is brought in line with the texts.
NOTED_SECONDS = 24 * 60 * 60
#: The worker has other work waiting: slow servers get so long with every tick.
LINK_SECONDS = 30.0


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


def links() -> str:
    """A few links to other websites are checked, where that is wanted."""
    limit = settings.HUB_LINKS_PER_TICK
    if not limit:
        return "left to check_links"
    if cache.add("hub.linkcheck.noted", True, NOTED_SECONDS):
        places.note()
    return str(run.check(limit, seconds=LINK_SECONDS))


def review_days() -> str:
    """Entries without a day of review get one."""
    return f"{dates.give_days()} given"


def reminders() -> str:
    """Everybody is reminded of what waits, in one mail."""
    sent, failed = digest.send_due()
    return f"{sent} mailed, {failed} to try again"


def old_change_requests() -> str:
    """What was changed long ago is remembered no longer."""
    oldest = timezone.now() - timedelta(days=settings.HUB_ENQUIRY_DAYS)
    done = ChangeRequest.objects.filter(
        state=ChangeRequest.State.DONE, created_at__lt=oldest
    )
    return f"{done.delete()[0]} deleted"


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
    "review_days": review_days,
    "links": links,
    "reminders": reminders,
    "old_change_requests": old_change_requests,
}
