"""Links in mails that let somebody do one thing, once, for a while.

A token says nothing and can be guessed by nobody; the database keeps its hash only.
Whoever uses them follows three rules: a GET shows and a POST acts (mail scanners open
every link), a page with a token goes through ``guarded``, and the subject of a link
names a row, never a person::

    token = issue("network.invitation", subject_of(invitation), days=30)
    link = peek("network.invitation", token)        # GET: look, nothing is used up
    link = consume("network.invitation", token)     # POST: the first one gets it
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from hub.models.signed_link import SignedLink

#: 192 random bits in hexadecimal: what ``hub.logs`` replaces in every line.
_BYTES = 24
_TOKEN = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")
#: As a part of a route: ``path("einladung/<str:token>/")``.
TOKEN_LENGTH = 2 * _BYTES
#: Used and expired links are kept so long, to say what happened to them.
KEPT_DAYS = 30

Response = TypeVar("Response", bound=HttpResponse)


def subject_of(row: Model) -> str:
    """How a link names a row."""
    return f"{row._meta.label_lower}:{row.pk}"


def issue(purpose: str, subject: str, days: float) -> str:
    """A new token for one purpose and subject. Nobody can read it again later."""
    token = secrets.token_hex(_BYTES)
    SignedLink.objects.create(
        digest=_digest(purpose, token),
        purpose=purpose,
        subject=subject,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token


def peek(purpose: str, token: str) -> SignedLink | None:
    """The link of a token that could be used now; changes nothing."""
    return _usable(purpose, token).first()


def consume(purpose: str, token: str) -> SignedLink | None:
    """Use a token up. Of two requests at the same time, one gets the link."""
    link = peek(purpose, token)
    if link is None:
        return None
    now = timezone.now()
    taken = _usable(purpose, token).update(used_at=now)
    link.used_at = now
    return link if taken else None


def state(purpose: str, token: str) -> str:
    """Why a token cannot be used: "used", "expired" or "unknown"; "" when it can."""
    link = _found(purpose, token).first()
    if link is None:
        return "unknown"
    if link.used_at:
        return "used"
    return "" if link.expires_at > timezone.now() else "expired"


def revoke(purpose: str, subject: str) -> int:
    """Take back all open links of a subject; returns how many."""
    links = SignedLink.objects.filter(purpose=purpose, subject=subject)
    return links.filter(used_at__isnull=True).update(used_at=timezone.now())


def forget_old() -> int:
    """Delete what expired long ago."""
    oldest = timezone.now() - timedelta(days=KEPT_DAYS)
    return SignedLink.objects.filter(expires_at__lt=oldest).delete()[0]


def guarded(response: Response) -> Response:
    """For every page whose address holds a token: kept by no cache, told to no other
    page, found by no search engine."""
    add_never_cache_headers(response)
    # Other pages learn the host, never the address. "no-referrer" would make browsers
    # send "Origin: null" with the forms of the page, and Django refuses these.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _digest(purpose: str, token: str) -> str:
    """The purpose is part of it: a token for one thing opens no other."""
    return hashlib.sha256(f"{purpose}\n{token}".encode()).hexdigest()


def _found(purpose: str, token: str) -> QuerySet[SignedLink]:
    if not _TOKEN.fullmatch(token):
        return SignedLink.objects.none()
    return SignedLink.objects.filter(digest=_digest(purpose, token), purpose=purpose)


def _usable(purpose: str, token: str) -> QuerySet[SignedLink]:
    return _found(purpose, token).filter(
        used_at__isnull=True, expires_at__gt=timezone.now()
    )
