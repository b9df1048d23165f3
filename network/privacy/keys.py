"""Who may see one's own data: whoever used a mailed link, for a while, in this browser."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from network.models import Person

_KEY = "own_data"


def open_for(request: HttpRequest, person: Person) -> None:
    """The link was used: this browser may see the entry for some minutes."""
    minutes = int(settings.HUB_PRIVACY["SESSION_MINUTES"])
    request.session.cycle_key()
    request.session[_KEY] = {
        "person": person.pk,
        "until": int(time.time()) + 60 * minutes,
    }


def person_of(request: HttpRequest) -> Person | None:
    """Whose entry this browser may see now."""
    kept: Any = request.session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("until", 0) < time.time():
        close(request)
        return None
    return Person.objects.filter(pk=kept.get("person")).first()


def close(request: HttpRequest) -> None:
    """Finished: the next one at this computer sees nothing."""
    request.session.pop(_KEY, None)
