"""Addresses on the pages of methods that others link to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

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


def compare_address(
    pks: Iterable[int], language: str | None = None, **more: str
) -> str:
    """Where these methods stand side by side; empty without a section of methods.

    ``pks`` are those of the German pages; ``more`` are other parameters of that page.
    """
    section = section_address("methods.MethodIndexPage", language).path
    if not section:
        return ""
    with translation.override(short_code(language)):
        path = f"{section}{COMPARE_WORD}/"
    query = [(METHOD, method_reference(pk)) for pk in pks]
    query += [(name, value) for name, value in more.items() if value]
    return f"{path}?{urlencode(query)}" if query else path
