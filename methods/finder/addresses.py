"""Where the finder is, as others link to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.addresses import section_address, short_code
from hub.navigation import NavLink

from .answers import Answers
from .asking import parameters

#: The word in an address that leads to the finder, and to how it reckons.
FINDER_WORD = pgettext_lazy("Adresse", "finder")
HOW_WORD = pgettext_lazy("Adresse", "so-rechnet-der-finder")


def finder_address(
    answers: Answers | None = None, language: str | None = None, **more: str
) -> str:
    """The finder with these answers filled in; empty without a section of methods.
    ``more`` are other parameters of that page."""
    section = section_address("methods.MethodIndexPage", language).path
    if not section:
        return ""
    with translation.override(short_code(language)):
        path = f"{section}{FINDER_WORD}/"
    query = parameters(answers) if answers else []
    query += [(name, value) for name, value in more.items() if value]
    return f"{path}?{urlencode(query)}" if query else path


NAV_LINK = NavLink(_("Planen"), lambda language: finder_address(None, language))
