"""Where the finder is, as others link to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.navigation import NavLink
from methods.addresses import page_below

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
    query = parameters(answers) if answers else []
    query += [(name, value) for name, value in more.items() if value]
    return page_below(FINDER_WORD, query=query, language=language)


def how_address(language: str | None = None) -> str:
    """Where it is explained how the finder reckons."""
    return page_below(FINDER_WORD, HOW_WORD, language=language)


NAV_LINK = NavLink(_("Planen"), lambda language: finder_address(None, language))
