"""Whether the search can answer: an index this code can read, changes not too old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .engines import get_engine
from .engines.base import SearchUnavailableError
from .meaning.embedder import get_embedder, problem
from .models import IndexChange, PassageVector

#: Changes that wait longer mean that nobody drains the outbox.
MAX_AGE = timedelta(minutes=15)


def index() -> str:
    """There is an index of the right version in every language, in each engine."""
    try:
        for engine in get_engine().parts:
            for language in settings.SEARCH["LANGUAGES"]:
                engine.verify(language)
    except SearchUnavailableError as error:
        return f"{error} Run: {error.hint}"
    return ""


def outbox() -> str:
    """The oldest change that was not tried yet is young enough."""
    fresh = IndexChange.objects.waiting().filter(attempts=0)
    oldest = fresh.values_list("created", flat=True).first()
    age = timezone.now() - oldest if oldest else timedelta(0)
    if age <= MAX_AGE:
        return ""
    minutes = int(age.total_seconds() // 60)
    return f"Changes wait for {minutes} minutes. Run: manage.py search_index drain"


def put_aside() -> str:
    """No change was given up. Which and why, the command and the admin say."""
    number = IndexChange.objects.dead().count()
    if not number:
        return ""
    return f"{number} changes were put aside. Run: manage.py search_index drain"


def meaning() -> str:
    """What the search by meaning can do now."""
    used = get_embedder()
    if used is None:
        reason = problem()
        return f"off: {reason}" if reason else "off, as set"
    waiting = PassageVector.objects.waiting().count()
    if waiting:
        return f"{used.model}, {waiting} passages wait to be read"
    return f"{used.model}, everything was read"


CHECKS: dict[str, Callable[[], str]] = {
    "index": index,
    "outbox": outbox,
    "put_aside": put_aside,
}

#: What somebody who looks wants to know, and what stops nobody from working.
NOTES: dict[str, Callable[[], str]] = {"search by meaning": meaning}
