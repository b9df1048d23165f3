"""A round of checks: so many links, so politely, and what becomes of each."""

from __future__ import annotations

import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hub.linkcheck import net, places
from hub.models import CheckedLink
from hub.models.link import LinkState

logger = logging.getLogger(__name__)

#: Answers that say "there is nothing here any more".
_DEAD = frozenset({404, 410})
#: Answers of servers that want no machines: a person has to look.
_CLOSED = frozenset({401, 402, 403, 405, 406, 407, 429, 451})
_BROKEN = (LinkState.DEAD, LinkState.FAILING, LinkState.REFUSED)
#: At most so many addresses of one host in a round: others wait for the next.
PER_HOST = 25
#: What fails is asked again sooner than what works.
RETRY = timedelta(hours=20)


@dataclass
class Round:
    """What a round did."""

    checked: int = 0
    broken: int = 0
    left: int = 0

    def __str__(self) -> str:
        return f"{self.checked} checked, {self.broken} broken, {self.left} waiting"


def due(now: datetime | None = None) -> QuerySet[CheckedLink]:
    """Links to check, those never checked first."""
    now = now or timezone.now()
    oldest = now - timedelta(days=settings.HUB_LINK_DAYS)
    return CheckedLink.objects.filter(
        Q(checked_at__isnull=True)
        | Q(checked_at__lt=oldest)
        | Q(state__in=_BROKEN, checked_at__lt=now - RETRY)
    ).order_by(F("checked_at").asc(nulls_first=True), "pk")


class _Queue:
    """Links by host, so that each host rests while others are asked."""

    def __init__(self, links: list[CheckedLink], rest: float) -> None:
        self.rest = rest
        self.hosts: dict[str, deque[CheckedLink]] = defaultdict(deque)
        for link in links:
            if len(self.hosts[link.host]) < PER_HOST:
                self.hosts[link.host].append(link)
        self.ready = dict.fromkeys(self.hosts, 0.0)

    def next(self, now: float) -> tuple[CheckedLink | None, float]:
        """A link whose host has rested, or the seconds until there is one."""
        waiting = [host for host, links in self.hosts.items() if links]
        if not waiting:
            return None, 0.0
        host = min(waiting, key=lambda name: self.ready[name])
        wait = self.ready[host] - now
        if wait > 0:
            return None, wait
        self.ready[host] = now + self.rest
        return self.hosts[host].popleft(), 0.0

    def rested(self, host: str, now: float) -> None:
        """The rest begins when an answer is there, not when it was asked for."""
        self.ready[host] = now + self.rest

    def skip(self, host: str) -> None:
        """Ask a host nothing more in this round."""
        self.hosts[host].clear()


def check(
    limit: int,
    rules: net.Rules | None = None,
    sleep: Callable[[float], None] = time.sleep,
    seconds: float | None = None,
) -> Round:
    """Check at most ``limit`` links, in a bounded time."""
    links = list(due()[:limit])
    queue = _Queue(links, settings.HUB_LINK_HOST_SECONDS)
    found = Round()
    if seconds is None:
        seconds = settings.HUB_LINK_RUN_SECONDS
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        link, wait = queue.next(time.monotonic())
        if link is None and not wait:
            break
        if link is None:
            sleep(min(wait, max(until - time.monotonic(), 0)))
            continue
        if settle(link, rules) == 429:
            queue.skip(link.host)
        queue.rested(link.host, time.monotonic())
        found.checked += 1
        found.broken += link.state in _BROKEN
    found.left = due().count()
    return found


def settle(link: CheckedLink, rules: net.Rules | None = None) -> int:
    """Ask for one address and keep what it answered; returns the status, 0 for none."""
    status, moved_to = 0, ""
    try:
        answer = net.ask(link.url, rules)
    except net.Refused:
        state = LinkState.REFUSED
    except net.Unreachable as error:
        state = LinkState.DEAD if error.gone else LinkState.FAILING
    except Exception:
        # One strange address must not end the round.
        logger.error("Link %s could not be checked", link.pk)
        state = LinkState.FAILING
    else:
        status, moved_to = answer.status, answer.moved_to
        state = state_of(status, moved_to)
    _keep(link, state, status, moved_to)
    return status


def state_of(status: int, moved_to: str) -> LinkState:
    """What an answer says of a link."""
    if status in _DEAD:
        return LinkState.DEAD
    if status in _CLOSED:
        return LinkState.CLOSED
    if status >= 400 or status < 200:
        return LinkState.FAILING
    return LinkState.MOVED if moved_to else LinkState.WORKS


def _keep(link: CheckedLink, state: LinkState, status: int, moved_to: str) -> None:
    is_broken = state in _BROKEN
    if link.state != state:
        # Somebody accepted what was found then; this is something else.
        link.accepted_at = None
    link.state = state
    link.status = status or None
    link.moved_to = moved_to[: places.LONGEST] if state == LinkState.MOVED else ""
    link.failures = min(link.failures + 1, 999) if is_broken else 0
    link.broken_since = (
        (link.broken_since or timezone.localdate()) if is_broken else None
    )
    link.checked_at = timezone.now()
    link.save(
        update_fields=[
            "accepted_at",
            "state",
            "status",
            "moved_to",
            "failures",
            "broken_since",
            "checked_at",
        ]
    )
