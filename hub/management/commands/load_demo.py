"""Bring invented people, offices and cases, or take them away again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from hub.exchange.command import ExchangeCommand
from hub.exchange.importer import Importer
from hub.exchange.removal import remove_demo

DEMO = Path(settings.BASE_DIR) / "hub" / "starter" / "demo"


class Command(ExchangeCommand):
    help = "Lädt erfundene Beispielpersonen, Beispielstellen und Beispielfälle."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--remove", action="store_true", help="alles Erfundene wieder löschen"
        )
        parser.add_argument("--from", dest="folder", type=Path, default=DEMO)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self._remove()
            return
        if not settings.HUB_DEMO:
            raise CommandError("HUB_DEMO ist aus: Erfundenes wird hier nicht geladen.")
        importer = Importer(options["folder"], invented=True, track=self.track)
        self.run_import(importer, **options)

    def _remove(self) -> None:
        """Always allowed: taking invented things away harms nobody."""
        removed = remove_demo()
        for subject, number in removed.items():
            self.stdout.write(f"{subject:<16}{number:>8}")
        self.stdout.write(f"{sum(removed.values())} erfundene Einträge gelöscht.")
