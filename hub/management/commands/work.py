"""``manage.py work``: the worker of production. Brings changes into the search index
every few seconds, and does what is due every few minutes."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Drain the search outbox and run what is due, until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pause", type=float, default=3, help="seconds between two drains"
        )
        parser.add_argument(
            "--tick", type=float, default=600, help="seconds between two ticks"
        )
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        due = time.monotonic()
        while not stop.is_set():
            self.run("search_index", "drain")
            if time.monotonic() >= due:
                self.run("tick")
                due = time.monotonic() + options["tick"]
            if options["once"]:
                return
            stop.wait(options["pause"])

    def run(self, *command: str) -> None:
        """One command; a failure is written down and tried again next time."""
        close_old_connections()
        try:
            call_command(*command, stdout=_Silence(), stderr=self.stderr)
        except Exception:
            logger.exception("%s failed; it is tried again", " ".join(command))


class _Silence:
    """Takes what commands print: a loop would fill the log with "0 changes"."""

    def write(self, text: str) -> None:
        """Forget it."""

    def flush(self) -> None:
        """Nothing is kept."""
