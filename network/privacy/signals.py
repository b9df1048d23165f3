"""What happens when texts are published: they are looked through for names."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published


def look_through(sender: type[Page], instance: Page, **_kwargs: Any) -> None:
    """Note probable names on a page that went online."""
    from network.privacy import names

    if names.is_content(instance):
        names.look(instance)


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(look_through, dispatch_uid="network.look_through")
