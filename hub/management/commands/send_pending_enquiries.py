"""``manage.py send_pending_enquiries``: mail the questions that could not be mailed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.contact import services


class Command(BaseCommand):
    help = "Mail the questions to the office that could not be mailed when they came."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = services.send_pending()
        self.stdout.write(f"{sent} mailed")
        if failed:
            raise CommandError(f"{failed} still waiting: is the mail server reachable?")
