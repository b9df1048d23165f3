"""How often one visitor may do something, without remembering who it was.

What is kept is a count under a hash of the address. The hash has another salt every
day, lives in the cache only, and is gone when the period is over.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

#: One household or office has the first 64 bits of an IPv6 address.
IPV6_PREFIX = 64


class Limit(NamedTuple):
    """So many times in so many seconds."""

    times: int
    seconds: int


def client_address(request: HttpRequest) -> str:
    """The visitor's address; behind proxies, what the outermost of them saw.

    Visitors can write anything into ``X-Forwarded-For``, so only as many entries are
    read, from the right, as there are proxies of our own.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.HUB_PROXY_COUNT
    if not proxies:
        return direct
    header = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    chain = [part.strip() for part in header.split(",") if part.strip()]
    return chain[-proxies] if len(chain) >= proxies else direct


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))


def fingerprint(text: str) -> str:
    """A hash that cannot be traced back and means nothing tomorrow."""
    day = timezone.localdate().isoformat()
    return salted_hmac(f"hub.ratelimit.{day}", text, algorithm="sha256").hexdigest()


def spend(name: str, who: str) -> int:
    """Count one use of ``name``; returns the seconds to wait, 0 when allowed.

    A limit that the settings do not name does not exist. A cache that fails stops
    nobody.
    """
    limit = settings.HUB_RATE_LIMITS.get(name)
    if limit is None:
        return 0
    limit = Limit(*limit)
    now = int(time.time())
    period, elapsed = divmod(now, limit.seconds)
    key = f"limit:{name}:{period}:{fingerprint(who)}"
    try:
        cache.add(key, 0, limit.seconds)
        used = cache.incr(key)
    except Exception:
        logger.exception("Rate limit %s not counted", name)
        return 0
    if used <= limit.times:
        return 0
    if used == limit.times + 1:
        logger.warning("Rate limit %s reached by a visitor", name)
    return limit.seconds - elapsed


def spend_by(request: HttpRequest, name: str) -> int:
    """Count one use by the visitor of this request."""
    return spend(name, _network(client_address(request)))
