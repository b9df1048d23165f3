"""``manage.py doctor``: what works, what does not, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.discovery import declared
from hub.health import problems


class Command(BaseCommand):
    help = (
        "Say what pages need and do not have. Ends with an error if there is anything."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = problems()
        for name in declared("health", "CHECKS"):
            self.stdout.write(f"{name}: {found.get(name, 'ok')}")
        for name, note in declared("health", "NOTES").items():
            self.stdout.write(f"{name}: {note()}")
        if found:
            raise CommandError(f"Not well: {', '.join(found)}")
