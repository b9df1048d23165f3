"""``manage.py prepare``: before a version goes online. Migrates, makes the table of the
shared cache, the groups of editors, and a search index this version can read."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring database, cache and search index to this version. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        # First the table of the cache: migrations already forget cached addresses.
        call_command("createcachetable", stdout=self.stdout)
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        if "setup_groups" in get_commands():
            call_command("setup_groups", stdout=self.stdout)
        call_command("search_index", "ensure", stdout=self.stdout)
        self.stdout.write("Ready.")
