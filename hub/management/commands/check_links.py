"""``manage.py check_links``: whether links to other websites still lead anywhere.

Bounded and polite: so many a run, one host at a time with a rest in between, HEAD
before GET, never an address that is not public. Results stand in the admin.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from hub.linkcheck import places, run


class Command(BaseCommand):
    help = "Check links to other websites, so many a run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--limit",
            type=int,
            default=settings.HUB_LINKS_PER_RUN,
            help=f"at most so many (default: {settings.HUB_LINKS_PER_RUN})",
        )
        parser.add_argument(
            "--collect", action="store_true", help="only note which links there are"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        links, where = places.note()
        self.stdout.write(f"{links} links in {where} places")
        if options["collect"]:
            return
        self.stdout.write(str(run.check(max(options["limit"], 0))))
