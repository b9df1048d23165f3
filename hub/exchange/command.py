"""What the commands of the exchange have in common: progress, problems, report."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tqdm import tqdm

from .importer import Importer
from .problems import ExchangeError, Problem

T = TypeVar("T")

MOST_PROBLEMS = 200


class ExchangeCommand(BaseCommand):
    """Imports a folder and says what came of it."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="alles tun, aber nichts speichern"
        )
        parser.add_argument(
            "--check", action="store_true", help="nur die Dateien prüfen"
        )

    def track(self, steps: Sequence[T], label: str) -> Iterable[T]:
        """A progress bar where somebody watches."""
        is_quiet = not sys.stderr.isatty() or not steps
        bar: Iterable[T] = tqdm(steps, desc=label, disable=is_quiet, leave=False)
        return bar

    def run_import(self, importer: Importer, **options: Any) -> None:
        """Check or import; problems end the command with an error."""
        if options["check"]:
            self._complain(importer.check())
            self.stdout.write("Die Dateien sind in Ordnung.")
            return
        try:
            report = importer.run(dry_run=options["dry_run"])
        except ExchangeError as error:
            self._complain(error.problems)
            return
        if options["verbosity"]:
            self.stdout.write("\n".join(report.lines()))

    def _complain(self, problems: list[Problem]) -> None:
        if not problems:
            return
        for problem in problems[:MOST_PROBLEMS]:
            self.stderr.write(str(problem))
        if len(problems) > MOST_PROBLEMS:
            self.stderr.write(f"… und {len(problems) - MOST_PROBLEMS} weitere")
        raise CommandError(f"{len(problems)} Fehler. Es wurde nichts gespeichert.")
