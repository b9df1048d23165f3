"""What keeps machines out without asking people riddles.

A field that people do not see, the time it takes to write, and the number of links.
Whoever is caught gets a sentence that says what to do, and keeps the text: a person
must never be mistaken for a machine in silence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

#: People need at least this long; a stamp older than a week is no longer taken.
SECONDS_MIN = 3
SECONDS_MAX = 7 * 24 * 60 * 60
LINKS_MAX = 3

_SALT = "hub.contact.opened"
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)


class Opened(NamedTuple):
    """When a form was opened, as far as its stamp can be trusted."""

    is_valid: bool
    is_too_fast: bool


def stamp() -> str:
    """A signed moment that goes with the form."""
    return signing.dumps(timezone.now().timestamp(), salt=_SALT)


def read_stamp(text: str) -> Opened:
    """Read a stamp; forged, missing and very old ones are not valid."""
    try:
        opened = float(signing.loads(text, salt=_SALT, max_age=SECONDS_MAX))
    except (signing.BadSignature, TypeError, ValueError):
        return Opened(False, False)
    return Opened(True, timezone.now().timestamp() - opened < SECONDS_MIN)


def links_in(text: str) -> int:
    """How many links a text holds."""
    return len(_LINK.findall(text))
