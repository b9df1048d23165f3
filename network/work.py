"""What a party did, year by year. Being in charge of something is no work and not here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from network.choices import Basis
from network.services import Involved, Involvements, involvements_of

#: What counts as documented: a source says so, or the party confirmed it.
DOCUMENTED = (Basis.SOURCE, Basis.CONFIRMED)


@dataclass(frozen=True)
class Year:
    """One year of a timeline with what was done in it."""

    label: str
    entries: list[Involved]


@dataclass
class Work:
    """A case or method with the roles of a party in it."""

    entry: Involved
    roles: set[str] = field(default_factory=set)


def timeline(entries: Iterable[Involved]) -> list[Year]:
    """Newest year first; what has no year comes last. No query."""
    by_year: dict[int | None, list[Involved]] = {}
    for entry in entries:
        by_year.setdefault(entry.year, []).append(entry)
    known = sorted((year for year in by_year if year is not None), reverse=True)
    years = [Year(str(year), by_year[year]) for year in known]
    if undated := by_year.get(None):
        years.append(Year(_("ohne Jahr"), undated))
    return years


def involvements(party: Any, language: str) -> Involvements:
    """What is known of a party. The page and what other subjects add to it ask: it is
    read once for each record that was loaded."""
    known = party.__dict__.setdefault("_involvements", {})
    if language not in known:
        known[language] = involvements_of(party, language)
    return known[language]


def documented(party: Any, language: str) -> dict[int, Work]:
    """Works with a documented part of a party by their German page."""
    works: dict[int, Work] = {}
    for entry in involvements(party, language).participation:
        if entry.basis in DOCUMENTED:
            work = works.setdefault(entry.source_page_id, Work(entry))
            work.roles.add(entry.role_code)
    return works
