"""What is easily forgotten before the site goes public: ``manage.py check --deploy``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


def _is_example(address: str) -> bool:
    """Whether an address is one that exists only in examples."""
    host = address.rpartition("@")[2].lower()
    return not host or host.endswith(
        ("example.org", "example.com", ".example", "localhost")
    )


@register(Tags.security, deploy=True)
def check_decided(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Everything that only the operator can know has been decided."""
    return [*_addresses(), *_secrets()]


def _addresses() -> Iterable[CheckMessage]:
    if _is_example(settings.HUB_OFFICE_EMAIL):
        yield Error(
            "Questions to the office would go nowhere.",
            hint="Set HUB_OFFICE_EMAIL to a mailbox that people read.",
            id="hub.E001",
        )
    if _is_example(settings.DEFAULT_FROM_EMAIL):
        yield Warning(
            "Mails have an invented sender and will be refused.",
            hint="Set HUB_FROM_EMAIL.",
            id="hub.W001",
        )
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if base.scheme != "https" or base.hostname in ("127.0.0.1", "localhost"):
        yield Error(
            "Links in mails, feeds and the sitemap would lead to this machine.",
            hint="Set HUB_BASE_URL to the public address, with https.",
            id="hub.E002",
        )
    elif base.hostname not in settings.ALLOWED_HOSTS:
        yield Warning(
            "HUB_BASE_URL names a host that HUB_ALLOWED_HOSTS does not.",
            id="hub.W002",
        )


def _secrets() -> Iterable[CheckMessage]:
    if settings.HUB_DEMO:
        yield Error(
            "Invented people and cases would be public.",
            hint="Leave HUB_DEMO out and run: manage.py load_demo --remove",
            id="hub.E003",
        )
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith("sqlite3"):
        yield Warning(
            "SQLite serves one writer at a time.",
            hint="Set HUB_DATABASE_URL=postgres://…",
            id="hub.W003",
        )
