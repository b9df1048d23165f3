"""What people are reminded of: entries to look at, links that lead nowhere, and what
subjects add by ``register``. Nothing here names a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.models import ChangeRequest, CheckedLink, LinkPlace
from hub.reviews import dates

#: Nobody's, so the office's.
OFFICE = None


@dataclass(frozen=True)
class Line:
    """One sentence of a reminder and the page of the admin it leads to. It is made in
    the language of whoever reads it."""

    text: Callable[[], str]
    path: str
    owner_id: int | None = OFFICE


@dataclass
class Reminder:
    """All that waits for one recipient."""

    entries: list[Any] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.entries or self.lines)


_sources: list[Callable[[], Iterable[Line]]] = []


def register(source: Callable[[], Iterable[Line]]) -> None:
    """Add lines that a subject knows of."""
    if source not in _sources:
        _sources.append(source)


def recipients() -> dict[int, Any]:
    """Logins that can be reminded; what belongs to others is the office's."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    return {user.pk: user for user in users.select_related("wagtail_userprofile")}


def collect(users: dict[int, Any]) -> dict[int | None, Reminder]:
    """What waits, by recipient: a fixed number of queries per kind of entry."""
    found: dict[int | None, Reminder] = defaultdict(Reminder)
    until = timezone.localdate() + timedelta(days=settings.HUB_REVIEW_AHEAD_DAYS)
    for model in dates.freshness_models():
        hidden: Counter[int | None] = Counter()
        for entry in dates.due_rows(model, until):
            owner = (
                entry.content_owner_id if entry.content_owner_id in users else OFFICE
            )
            if model.is_reviewed_by_mail:
                found[owner].entries.append(entry)
            else:
                hidden[owner] += 1
        for owner, number in hidden.items():
            found[owner].lines.append(_unnamed(model, number, owner))
    for line in _lines():
        owner = line.owner_id if line.owner_id in users else OFFICE
        found[owner].lines.append(line)
    for reminder in found.values():
        reminder.entries.sort(key=lambda entry: (entry.review_due, str(entry)))
    return {owner: reminder for owner, reminder in found.items() if reminder}


def _unnamed(model: type[Model], number: int, owner: int | None) -> Line:
    def text() -> str:
        return ngettext(
            "%(count)d Eintrag (%(kind)s) ist zu prüfen.",
            "%(count)d Einträge (%(kind)s) sind zu prüfen.",
            number,
        ) % {"count": number, "kind": model._meta.verbose_name_plural}

    return Line(text, reverse("hub_worklist", args=["faellig"]), owner)


def _lines() -> Iterator[Line]:
    yield from _broken_links()
    yield from _change_requests()
    for source in _sources:
        yield from source()


def _broken_links() -> Iterator[Line]:
    """How many links lead nowhere, by who keeps the entry they stand in."""
    places = LinkPlace.objects.filter(link__in=CheckedLink.objects.broken())
    by_kind: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = places.values_list("content_type_id", "object_id", "link_id")
    for kind, entry, link in rows:
        by_kind[kind][entry].add(link)
    by_owner: dict[int | None, set[int]] = defaultdict(set)
    for kind, entries in by_kind.items():
        owners = _owners(kind, list(entries))
        for entry, links in entries.items():
            by_owner[owners.get(entry)] |= links
    path = reverse("hub_links")
    for owner, links in by_owner.items():
        yield Line(_link_text(len(links)), path, owner)


def _link_text(number: int) -> Callable[[], str]:
    return lambda: (
        ngettext(
            "%(count)d Link führt ins Leere.",
            "%(count)d Links führen ins Leere.",
            number,
        )
        % {"count": number}
    )


def _owners(kind: int, entries: list[int]) -> dict[int, int | None]:
    model = ContentType.objects.get_for_id(kind).model_class()
    if model is None or not any(
        f.name == "content_owner" for f in model._meta.concrete_fields
    ):
        return {}
    rows = model._default_manager.filter(pk__in=entries)
    return dict(rows.values_list("pk", "content_owner_id"))


def _change_requests() -> Iterator[Line]:
    number = ChangeRequest.objects.filter(state=ChangeRequest.State.NEW).count()
    if number:
        path = f"{reverse('wagtailsnippets_hub_changerequest:list')}?state=new"
        yield Line(
            lambda: (
                ngettext(
                    "%(count)d Änderungswunsch wartet.",
                    "%(count)d Änderungswünsche warten.",
                    number,
                )
                % {"count": number}
            ),
            path,
        )


def due_text(due: date) -> str:
    """ "zu prüfen bis" or "seit … zu prüfen", with the day."""
    from hub.formats import long_date

    day = long_date(due)
    if due < timezone.localdate():
        return _("zu prüfen seit %(day)s") % {"day": day}
    return _("zu prüfen bis %(day)s") % {"day": day}
