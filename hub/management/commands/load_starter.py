"""Bring the starter content into the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from hub.exchange.command import ExchangeCommand
from hub.exchange.importer import Importer

STARTER = Path(settings.BASE_DIR) / "hub" / "starter"


class Command(ExchangeCommand):
    help = (
        "Lädt die Startinhalte (oder einen anderen Ordner im selben Format). "
        "Prüft zuerst alles; bei einem Fehler wird nichts gespeichert. "
        "Was die Redaktion geändert hat, bleibt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=STARTER,
            help="Ordner mit den Dateien",
        )
        parser.add_argument(
            "--only", default="", help="nur diese Bereiche, durch Beistriche getrennt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        only = {name.strip() for name in options["only"].split(",") if name.strip()}
        importer = Importer(options["folder"], only=only or None, track=self.track)
        self.run_import(importer, **options)
