"""The site's address in Wagtail's own table follows ``HUB_BASE_URL``.

Canonical addresses, feeds, the sitemap and links in mails are made from it; entered
twice, the two would differ one day.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.signals import post_migrate

from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def follow(**_signal: Any) -> None:
    """Enter host and port after every ``migrate``, which is part of every upgrade."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not base.hostname:
        return
    port = base.port or PORTS.get(base.scheme, 80)
    if (site.hostname, site.port) != (base.hostname, port):
        site.hostname, site.port = base.hostname, port
        site.save()


def connect() -> None:
    """Listen once."""
    post_migrate.connect(follow, dispatch_uid="hub.hostname")
