"""Addresses on the pages of methods that others link to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext_lazy

from hub.addresses import section_address, short_code
from hub.references import Reference

#: The word in an address that puts methods side by side.
COMPARE_WORD = pgettext_lazy("Adresse", "vergleich")

#: Names a method, by its reference; may stand several times.
METHOD = "m"

KIND = "method"


def method_reference(pk: int) -> str:
    """ "method-12", by the number of the German page."""
    return str(Reference(KIND, pk))


def page_below(
    *words: Any, query: Iterable[tuple[str, str]] = (), language: str | None = None
) -> str:
    """A page below the list of methods, by its words in an address; empty without a
    section of methods."""
    section = section_address("methods.MethodIndexPage", language).path
    if not section:
        return ""
    with translation.override(short_code(language)):
        path = section + "".join(f"{word}/" for word in words)
    asked = urlencode(list(query))
    return f"{path}?{asked}" if asked else path


def compare_address(
    pks: Iterable[int], language: str | None = None, **more: str
) -> str:
    """Where these methods stand side by side; empty without a section of methods.

    ``pks`` are those of the German pages; ``more`` are other parameters of that page.
    """
    query = [(METHOD, method_reference(pk)) for pk in pks]
    query += [(name, value) for name, value in more.items() if value]
    return page_below(COMPARE_WORD, query=query, language=language)


def in_every_language(address: Callable[[str], str]) -> list[dict[str, Any]]:
    """The same page in every language that has it, as the frame of a page wants it."""
    return [
        {"language": code, "url": url, "translated": True}
        for code, _name in settings.LANGUAGES
        if (url := address(code))
    ]


def crumb(page: Any) -> dict[str, str]:
    """The list of methods, as the way to a page below it. Its address is held in memory;
    Wagtail would ask for all sites."""
    return {"title": page.title, "url": page_below(language=page.language)}
