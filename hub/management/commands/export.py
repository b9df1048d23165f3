"""Write the content as files, in the format the import reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.exchange.exporter import Exporter


class Command(BaseCommand):
    help = (
        "Schreibt alle Inhalte als Dateien im Austauschformat. "
        "Echte Personen und Bilder bleiben im Haus."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="Ordner")
        parser.add_argument(
            "--demo",
            action="store_true",
            help="die erfundenen Beispiele statt der Inhalte",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        written = Exporter(invented=options["demo"]).write(options["to"])
        for subject, number in written.items():
            self.stdout.write(f"{subject:<16}{number:>8}")
