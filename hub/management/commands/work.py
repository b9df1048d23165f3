"""``manage.py work``: the worker of production. Brings changes into the search index
every few seconds, lets the model of the search by meaning read what is new, and does what
is due every few minutes. Several may run: one indexes
at a time, the others find nothing to do."""

from __future__ import annotations

import logging
import random
import signal
import threading
import time
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

logger = logging.getLogger(__name__)

#: However much changes, the other work has its turn after so many seconds.
DRAIN_SECONDS = 30.0
#: So long the model reads before changes have their turn again.
READ_SECONDS = 10.0
#: While the index or the database is away, pauses double up to so many seconds.
LONGEST_PAUSE = 60.0


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
        self.stop = threading.Event()
        if not options["once"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stop.set())
        due = time.monotonic()
        pause = options["pause"]
        while not self.stop.is_set():
            is_done = self.run(
                "search_index", "drain", stop=self.stop.is_set, seconds=DRAIN_SECONDS
            )
            pause = options["pause"] if is_done else longer(pause)
            if is_done:
                self.run(
                    "search_index", "read", stop=self.stop.is_set, seconds=READ_SECONDS
                )
            if time.monotonic() >= due:
                self.run("tick")
                due = time.monotonic() + options["tick"]
            if options["once"]:
                return
            self.stop.wait(pause)

    def run(self, *command: str, **options: Any) -> bool:
        """One command; a failure is written down and tried again next time."""
        close_old_connections()
        try:
            call_command(*command, stdout=_Silence(), stderr=_Silence(), **options)
        except CommandError as error:
            logger.error("%s failed; it is tried again: %s", " ".join(command), error)
            return False
        except Exception:
            logger.exception("%s failed; it is tried again", " ".join(command))
            return False
        return True


def longer(pause: float) -> float:
    """The next pause after a failure; not the same for all workers."""
    return min(pause * 2 * random.uniform(0.8, 1.2), LONGEST_PAUSE)  # noqa: S311


class _Silence:
    """Takes what commands print: a loop would fill the log with "0 changes"."""

    def write(self, text: str) -> None:
        """Forget it."""

    def flush(self) -> None:
        """Nothing is kept."""
