"""What the office is reminded of beside entries: consents that end. Nobody is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from hub import worklists
from hub.reviews.reminders import Line, register

#: The list in the admin, registered in ``wagtail_hooks``.
REPORT = "einwilligung-laeuft-ab"


def _text(number: int) -> Callable[[], str]:
    return lambda: (
        ngettext(
            "Bei %(count)d Person läuft eine Einwilligung bald ab.",
            "Bei %(count)d Personen läuft eine Einwilligung bald ab.",
            number,
        )
        % {"count": number}
    )


def expiring_consents() -> Iterator[Line]:
    """How many people have to be asked again, for the office."""
    report = worklists.reports.get(REPORT)
    if report is None:
        return
    number = worklists.total(report.models(), report.rows)
    if number:
        yield Line(_text(number), reverse("hub_worklist", args=[REPORT]))


def connect() -> None:
    """Called once when the app is ready."""
    register(expiring_consents)
