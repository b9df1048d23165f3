"""``manage.py tick``: everything that is due, in every app. Safe to run at any time."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from hub.discovery import declared

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do everything that is due: retention, consents, mails, reminders, index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="only name the tasks")
        parser.add_argument("names", nargs="*", help="only these (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        tasks = declared("tick", "TASKS")
        unknown = set(options["names"]) - set(tasks)
        if unknown:
            raise CommandError(f"No such task: {', '.join(sorted(unknown))}")
        names = options["names"] or list(tasks)
        if options["list"]:
            self.stdout.write("\n".join(names))
            return
        failed = [name for name in names if not self.run_task(name, tasks[name])]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

    def run_task(self, name: str, task: Any) -> bool:
        """One task; one that fails does not stop the others."""
        try:
            with translation.override("de"):
                result = task()
        except Exception:
            logger.exception("Task %s failed", name)
            self.stderr.write(f"{name}: failed")
            return False
        self.stdout.write(f"{name}: {result}")
        return True
