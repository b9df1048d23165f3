"""``manage.py search_index rebuild | ensure | drain | check | explain``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import maintenance
from search.engines.base import SearchUnavailableError
from search.explaining import explain_query
from search.models import IndexChange, SearchEvent
from search.outbox import drain


class Command(BaseCommand):
    help = "Build, update, check and explain the search index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild", help="build all indexes anew")
        actions.add_parser(
            "ensure",
            help="rebuild if an index is missing, damaged or of another version, "
            "else drain",
        )
        actions.add_parser("drain", help="bring waiting changes into the index")
        compare = actions.add_parser("check", help="compare database and index")
        compare.add_argument(
            "--repair", action="store_true", help="queue and drain the differences"
        )
        why = actions.add_parser("explain", help="show how a query is understood")
        why.add_argument("query")
        why.add_argument("--language", default="de")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"handle_{action}")(**options)
        except SearchUnavailableError as error:
            raise CommandError(f"{error} Run: {error.hint}") from error

    def handle_ensure(self, **options: Any) -> None:
        if maintenance.is_ready():
            self.handle_drain(**options)
        else:
            self.handle_rebuild(**options)

    def handle_rebuild(self, **options: Any) -> None:
        for language, number in maintenance.rebuild().items():
            self.stdout.write(f"{language}: {number} documents")

    def handle_drain(self, **options: Any) -> None:
        self.stdout.write(f"{drain()} changes indexed")
        SearchEvent.forget_old()
        for row in IndexChange.objects.filter(is_dead=True):
            self.stderr.write(f"put aside: {row}: {row.error}")

    def handle_check(self, repair: bool = False, **options: Any) -> None:
        differences = maintenance.check()
        for difference in differences:
            self.stdout.write(str(difference))
        waiting = IndexChange.objects.count()
        self.stdout.write(f"{len(differences)} differences, {waiting} changes waiting")
        if differences and repair:
            maintenance.repair(differences)
            self.stdout.write(f"{len(maintenance.check())} differences after repair")
        elif differences:
            raise CommandError("Run: manage.py search_index check --repair")

    def handle_explain(self, query: str, language: str, **options: Any) -> None:
        if language not in settings.SEARCH["LANGUAGES"]:
            raise CommandError(f"No index in the language '{language}'.")
        for line in explain_query(query, language):
            self.stdout.write(line)
