"""Under which answers of the finder a method fits, for the page of the method."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from hub.formats import number

from .addresses import finder_address
from .answers import Answers, Criterion
from .candidate import Candidate, Range
from .loading import candidate
from .rules import CONFLICTS, LEVELS, MOST_GROUPS, STRETCH
from .vocabulary import Vocabulary, vocabulary
from .wording import NAMES, amount, span

if TYPE_CHECKING:
    from methods.models import MethodPage


class Suits(NamedTuple):
    """One question of the finder, and the answers a method fits."""

    term: str
    text: str


class Suitable(NamedTuple):
    """What the page of a method says of the finder, and the finder with these answers."""

    answers: list[Suits]
    url: str


def suitable(page: MethodPage) -> Suitable:
    """The method as the finder sees it, from memory."""
    method = candidate(page.source_page_id)
    if method is None:
        return Suitable([], "")
    words = vocabulary(page.language)
    rows = [*_named(method, words), *_counted(method)]
    rows.sort(key=lambda row: list(Criterion).index(row[0]))
    return Suitable(
        [Suits(str(NAMES[criterion]), text) for criterion, text in rows],
        finder_address(fitting(method), page.language),
    )


def fitting(method: Candidate) -> Answers:
    """Answers that this method meets without any compromise."""
    levels = [code for code in LEVELS if code in method.levels]
    return Answers(
        goals=tuple(sorted(method.goals)),
        level=levels[0] if levels else "",
        people=method.people.low or method.people.high,
        weeks=_most(method.weeks),
        budget=_most(method.cost),
        conflict=method.conflict if method.conflict in CONFLICTS else "",
    )


def _most(needs: Range) -> int | None:
    return needs.high if needs.high is not None else needs.low


def _named(method: Candidate, words: Vocabulary) -> list[tuple[Criterion, str]]:
    conflicts = words[Criterion.CONFLICT]
    codes = {
        Criterion.GOALS: method.goals,
        Criterion.LEVEL: method.levels,
        Criterion.GROUPS: method.groups,
        Criterion.BARRIERS: method.measures,
        Criterion.INVITATION: method.recruitment,
        Criterion.FORMATS: method.formats,
    }
    found = [
        (criterion, ", ".join(n for code, n in words[criterion].items() if code in own))
        for criterion, own in codes.items()
    ]
    if method.conflict in conflicts:
        text = _("bis: %(conflict)s") % {"conflict": conflicts[method.conflict]}
        found.append((Criterion.CONFLICT, text))
    return [(criterion, text) for criterion, text in found if text]


def _counted(method: Candidate) -> list[tuple[Criterion, str]]:
    found = []
    if method.people != Range():
        found.append((Criterion.PEOPLE, _people(method.people)))
    for criterion, needs in (
        (Criterion.MINUTES, method.minutes),
        (Criterion.WEEKS, method.weeks),
        (Criterion.BUDGET, method.cost),
        (Criterion.STAFF_HOURS, method.staff_hours),
    ):
        least = needs.low if needs.low is not None else needs.high
        if least is not None:
            found.append((criterion, _least(criterion, least)))
    return found


def _people(needs: Range) -> str:
    text = span(Criterion.PEOPLE, needs)
    if needs.high is None:
        return text
    most = number(needs.high * MOST_GROUPS)
    return _("%(people)s, in Gruppen bis %(most)s") % {"people": text, "most": most}


def _least(criterion: Criterion, least: int) -> str:
    if not least:
        return _("auch ohne")
    text = _("ab %(value)s") % {"value": amount(criterion, least)}
    short = ceil(least * STRETCH)
    if short == least:
        return text
    return _("%(from)s, mit Abstrichen ab %(short)s") % {
        "from": text,
        "short": number(short)
        if criterion is not Criterion.MINUTES
        else amount(criterion, short),
    }
