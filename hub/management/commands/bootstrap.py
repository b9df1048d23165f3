"""Everything between an empty folder and a site with its full starter content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Migrates, loads starter and demo content, makes groups and logins, and brings "
        "the search index up to date. Safe to run again: a second time takes seconds."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", default="8000", help="port named in the address")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_starter")
        if settings.HUB_DEMO:
            call_command("load_demo")
        call_command("setup_groups", demo_users=settings.HUB_DEMO)
        call_command("search_index", "ensure")
        self.stdout.write(f"\nDrehscheibe: http://127.0.0.1:{options['port']}/")
        self.stdout.write(f"Verwaltung:  http://127.0.0.1:{options['port']}/admin/\n")
