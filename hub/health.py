"""Whether everything works that pages need.

An app says what it needs in ``health.CHECKS``: name → function that returns nothing,
or one sentence about what is wrong.
"""

from __future__ import annotations

import logging

from django.db import connection

from hub.discovery import declared

logger = logging.getLogger(__name__)


def problems() -> dict[str, str]:
    """What does not work now, by the name of the check."""
    found = {}
    for name, check in declared("health", "CHECKS").items():
        try:
            message = check()
        except Exception as error:
            logger.exception("Readiness of %s", name)
            message = type(error).__name__
        if message:
            found[name] = str(message)
    return found


def database() -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


CHECKS = {"database": database}
