"""``manage.py search_index rebuild | ensure | drain | read | retry | check | explain``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import maintenance
from search.engines.base import SearchUnavailableError
from search.explaining import explain_query
from search.lease import holder
from search.meaning.embedder import get_embedder, problem
from search.meaning.filling import fill
from search.meaning.shipped import ship
from search.models import IndexChange, PassageVector, SearchEvent
from search.outbox import drain, drain_waiting


class Command(BaseCommand):
    help = "Build, update, check and explain the search index."
    #: What the worker asks for: an end between two batches, or after some time.
    stealth_options = ("stop", "seconds")

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild", help="build all indexes anew")
        actions.add_parser(
            "ensure",
            help="rebuild if an index is missing, damaged or of another version, "
            "else drain",
        )
        actions.add_parser("drain", help="bring waiting changes into the index")
        actions.add_parser(
            "read", help="let the model of the search by meaning read what waits for it"
        )
        actions.add_parser(
            "ship", help="write all vectors into the file that comes with the hub"
        )
        actions.add_parser("retry", help="try changes again that were put aside")
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
        numbers = maintenance.ensure()
        if numbers is None:
            self.handle_drain(**options)
        else:
            self._print_numbers(numbers)

    def handle_rebuild(self, **options: Any) -> None:
        self._print_numbers(maintenance.rebuild())

    def _print_numbers(self, numbers: dict[str, int]) -> None:
        for language, number in numbers.items():
            self.stdout.write(f"{language}: {number} documents")

    def handle_drain(
        self,
        stop: Callable[[], bool] = lambda: False,
        seconds: float | None = None,
        **options: Any,
    ) -> None:
        # The worker says how long; a person waits for what is there now.
        done = drain(stop=stop, seconds=seconds) if seconds else drain_waiting()
        self.stdout.write(f"{done} changes indexed")
        SearchEvent.forget_old()
        changes = IndexChange.objects.all()
        if changes.due().exists() and (name := holder()):
            self.stdout.write(f"{name} is at work and takes up the rest")
        if number := changes.waiting().filter(attempts__gt=0).count():
            self.stdout.write(f"{number} changes failed and are tried again later")
        for row in changes.dead():
            self.stderr.write(f"put aside: {row}: {row.error}")
        if changes.dead().exists():
            self.stderr.write("When mended: manage.py search_index retry")

    def handle_read(
        self,
        stop: Callable[[], bool] = lambda: False,
        seconds: float | None = None,
        **options: Any,
    ) -> None:
        if get_embedder() is None:
            self.stdout.write(f"No model reads: {problem() or 'switched off'}")
            return
        done = fill(seconds=seconds, stop=stop)
        self.stdout.write(f"{done} passages read")
        if done:
            self.handle_drain(stop=stop, seconds=seconds)

    def handle_ship(self, **options: Any) -> None:
        embedder = get_embedder()
        if embedder is None:
            raise CommandError(f"No model reads: {problem() or 'switched off'}")
        if number := PassageVector.objects.waiting().count():
            raise CommandError(f"{number} wait. Run: manage.py search_index read")
        path = settings.SEARCH["VECTORS"]
        self.stdout.write(f"{ship(path, embedder)} vectors written to {path}")

    def handle_retry(self, **options: Any) -> None:
        self.stdout.write(f"{IndexChange.objects.retry()} changes tried again")
        self.handle_drain(**options)

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
