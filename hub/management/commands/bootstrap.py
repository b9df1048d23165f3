"""Everything between an empty folder and a site with its full starter content."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from search.outbox import drained_later


class Command(BaseCommand):
    help = (
        "Migrates, loads starter and demo content, makes groups and logins, brings the "
        "search index up to date and does what is due. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        with drained_later():
            call_command("load_starter")
            call_command("load_demo", remove=not settings.HUB_DEMO)
            call_command("setup_groups", demo_users=settings.DEBUG or settings.HUB_DEMO)
        call_command("search_index", "ensure")
        call_command("tick", stdout=io.StringIO())
        address = settings.WAGTAILADMIN_BASE_URL
        self.stdout.write(f"\nDrehscheibe: {address}/\nVerwaltung:  {address}/admin/\n")
