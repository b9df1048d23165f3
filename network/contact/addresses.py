"""Where the pages of messages are: below a profile, or below the network page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from hub.addresses import section_address, short_code
from hub.models import Record
from network import words

SECTION = "network.NetworkPage"


def contact_path(record: Record, language: str | None = None) -> str:
    """The form for writing to whom a record is about."""
    url = record.get_url(language)
    with translation.override(short_code(language)):
        return f"{url}{words.CONTACT}/" if url else ""


def contact_url(record: Record, language: str | None = None) -> str:
    """The same with the host, for mails."""
    url = record.get_full_url(language)
    with translation.override(short_code(language)):
        return f"{url}{words.CONTACT}/" if url else ""


def contact_alternates(record: Record) -> list[dict[str, object]]:
    """The form in every language."""
    return [
        {"language": code, "url": path, "translated": True}
        for code, _name in settings.LANGUAGES
        if (path := contact_path(record, code))
    ]


def _below(name: str, language: str, **parts: Any) -> str:
    from network.models import NetworkPage

    with translation.override(language):
        return str(NetworkPage.get_resolver().reverse(name, **parts))


def relay_url(name: str, language: str, token: str) -> str:
    """A page that a mailed link opens, with the host. German where there is no other."""
    for code in (language, settings.LANGUAGE_CODE):
        section = section_address(SECTION, code)
        if section.path:
            return section.full + _below(name, code, token=token)
    return ""


def relay_alternates(name: str, **parts: Any) -> list[dict[str, object]]:
    """Such a page in every language."""
    found = []
    for code, _name in settings.LANGUAGES:
        section = section_address(SECTION, code)
        if section.path:
            url = section.path + _below(name, code, **parts)
            found.append({"language": code, "url": url, "translated": True})
    return found
