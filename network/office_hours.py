"""Office hours: on the page of an organisation, and as a calendar to take along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from icalendar import Calendar, Event, vRecur

from hub.formats import long_date
from network import profile, words
from network.choices import ReachedBy
from network.models import OfficeHours, Organisation

#: Days as calendars call them, Monday first.
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SECTION = "sprechzeiten"


@dataclass(frozen=True)
class Hours:
    """One line of the table."""

    weekday: str
    starts: time
    ends: time
    way: str
    remark: str


def current(record: Organisation) -> list[OfficeHours]:
    """Hours that hold now or later: one query."""
    today = timezone.localdate()
    rows = OfficeHours.objects.filter(organisation=record)
    return list(rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today)))


def _remark(row: OfficeHours) -> str:
    if row.valid_from and row.valid_from > timezone.localdate():
        return _("ab %(day)s") % {"day": long_date(row.valid_from)}
    if row.valid_until:
        return _("bis %(day)s") % {"day": long_date(row.valid_until)}
    return ""


def section(record: Any, language: str) -> profile.ProfileSection | None:
    """The section on the page of an organisation."""
    rows = current(record)
    url = record.get_url(language)
    if not rows or not url:
        return None
    shown = [
        Hours(
            row.get_weekday_display(),
            row.starts,
            row.ends,
            row.get_way_display(),
            _remark(row),
        )
        for row in rows
    ]
    return profile.ProfileSection(
        SECTION,
        _("Sprechzeiten"),
        "network/office_hours.html",
        {"hours": shown, "calendar_url": f"{url}{words.CALENDAR}/"},
    )


def calendar(record: Organisation, rows: Iterable[OfficeHours], url: str) -> bytes:
    """A calendar that repeats each week, with the time zone of Vienna inside."""
    found = Calendar()
    found.add("prodid", "-//Drehscheibe//Sprechzeiten//DE")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    # Lines of a calendar end with a line break: none comes from a name.
    title = " ".join((_("Sprechzeit: %(name)s") % {"name": record.label}).split())
    found.add("x-wr-calname", title)
    for row in rows:
        found.add_component(_event(record, row, title, url))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(record: Organisation, row: OfficeHours, title: str, url: str) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    first = _first_day(row)
    event = Event()
    # The same in every download: a calendar that has it already updates it.
    event.add("uid", f"officehours-{row.pk}@{urlsplit(url).hostname or 'localhost'}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", datetime.combine(first, row.starts, zone))
    event.add("dtend", datetime.combine(first, row.ends, zone))
    rule: dict[str, Any] = {"FREQ": "WEEKLY", "BYDAY": _DAYS[row.weekday]}
    if row.valid_until:
        end = datetime.combine(row.valid_until, time(23, 59, 59), zone)
        rule["UNTIL"] = end.astimezone(ZoneInfo("UTC"))
    event.add("rrule", vRecur(rule))
    event.add("summary", f"{title} ({row.get_way_display()})")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    if row.way == ReachedBy.PHONE and record.phone:
        event.add("location", record.phone)
    return event


def _first_day(row: OfficeHours) -> date:
    """The first of its weekdays: from the day it holds, or in this week."""
    today = timezone.localdate()
    start = row.valid_from or today - timedelta(days=today.weekday())
    return start + timedelta(days=(row.weekday - start.weekday()) % 7)


def register() -> None:
    """Called once when the app is ready."""
    profile.register_section("organisation", section)
