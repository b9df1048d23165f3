"""``manage.py erase_person``: removes somebody everywhere, and looks whether it is true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from network.models import Person
from network.privacy import erasure, occurrences, tombstones
from network.privacy.erasure import Erased
from network.privacy.needles import Needles, needles_of
from search import maintenance


class Command(BaseCommand):
    help = (
        "Remove a person everywhere: entry, history, texts of others, translation "
        "memory, logs, index, mailboxes. Only a hash stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "who", nargs="?", help="number, address (slug) or e-mail address"
        )
        parser.add_argument(
            "--name", default="", help="a name without an entry: only texts are changed"
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help="look through everything afterwards; fails with a list of traces",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only list where the person occurs"
        )
        parser.add_argument(
            "--reapply",
            nargs="?",
            const="",
            metavar="FILE",
            help="after a restored backup: erase again whom the hashes (FILE) name",
        )
        parser.add_argument(
            "--allow-again",
            metavar="MAIL",
            help="somebody wants to come back: forget the hashes of this address",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        who, name = options["who"], options["name"]
        if options["allow_again"]:
            self._allow(options["allow_again"], name)
        elif options["reapply"] is not None:
            self._reapply(options["reapply"], options["verify"])
        elif not who and not name:
            raise CommandError("Say who: a number, an address, or --name.")
        elif options["dry_run"]:
            self._list(who, name)
        else:
            self._finish([self._erase(who, name)], options["verify"])

    def _erase(self, who: str | None, name: str) -> Erased:
        return erasure.erase(_person(who)) if who else erasure.erase_name(name)

    def _finish(self, done: list[Erased], verify: bool) -> None:
        maintenance.rebuild()
        erasure.sweep()
        for erased in done:
            self._report(erased)
        if verify:
            self._verify(done)

    def _report(self, erased: Erased) -> None:
        """Texts that lost a name may need another wording: somebody should look."""
        self.stdout.write(f"Erased. {len(erased.changed)} other texts changed.")
        for place in sorted({str(cell) for cell in erased.changed}):
            self.stdout.write(f"  {place}")

    def _verify(self, done: list[Erased]) -> None:
        traces = [trace for erased in done for trace in erasure.verify(erased.needles)]
        if traces:
            raise CommandError("Traces left:\n  " + "\n  ".join(sorted(set(traces))))
        self.stdout.write("0 traces left.")

    def _reapply(self, path: str, verify: bool) -> None:
        if path and not Path(path).exists():
            raise CommandError(f"No such file: {path}")
        number = tombstones.take_in(Path(path) if path else None)
        done = erasure.reapply()
        self.stdout.write(f"{number} hashes taken in, {len(done)} people erased again.")
        if done:
            self._finish(done, verify)

    def _allow(self, address: str, name: str) -> None:
        number = tombstones.forget(address, name)
        self.stdout.write(f"{number} hashes forgotten.")

    def _list(self, who: str | None, name: str) -> None:
        needles = needles_of(_person(who)) if who else Needles((name,))
        for found in occurrences.everywhere(needles):
            self.stdout.write(f"{found.place}: {found.excerpt}  {found.url}".rstrip())


def _person(who: str) -> Person:
    """The one person meant; nobody is erased by a guess."""
    wanted = Q(slug_de=who) | Q(slug_en=who) | Q(private_email__iexact=who)
    if who.isdigit():
        wanted |= Q(pk=int(who))
    found = list(Person.objects.filter(wanted).distinct()[:2])
    if len(found) != 1:
        raise CommandError("Nobody found." if not found else "More than one person.")
    return found[0]
