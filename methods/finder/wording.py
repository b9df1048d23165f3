"""Findings in words, each with the number or the name behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hub.formats import (
    euros_text,
    hours_text,
    is_german,
    minutes_text,
    number,
    people_text,
    weeks_text,
)

from .answers import Criterion
from .candidate import Range
from .findings import Finding, Fit, Why
from .vocabulary import Vocabulary, listed

#: Short names of the criteria.
NAMES: Mapping[Criterion, Any] = {
    Criterion.GOALS: _("Ziel"),
    Criterion.LEVEL: _("Stufe"),
    Criterion.GROUPS: _("Zielgruppe"),
    Criterion.BARRIERS: _("Hürden senken"),
    Criterion.INVITATION: _("Einladung"),
    Criterion.PEOPLE: _("Personen"),
    Criterion.MINUTES: _("Zeit je Person"),
    Criterion.WEEKS: _("Vorlauf"),
    Criterion.BUDGET: _("Budget"),
    Criterion.STAFF_HOURS: _("Arbeitszeit"),
    Criterion.CONFLICT: _("Konflikt"),
    Criterion.FORMATS: _("Format"),
}
#: How a finding is marked: ending of the class, icon, hidden word before the text.
MARKS: Mapping[Fit, tuple[str, str, Any]] = {
    Fit.FITS: ("fits", "check", _("passt:")),
    Fit.UNKNOWN: ("unknown", "help", _("unbekannt:")),
    Fit.STRETCHES: ("partly", "partly", _("passt mit Abstrichen:")),
    Fit.BREAKS: ("misfit", "cross", _("passt nicht:")),
}
#: Numbers in the units of a criterion, from so much to so much.
_UNITS: Mapping[Criterion, Callable[[Any, Any], str]] = {
    Criterion.PEOPLE: people_text,
    Criterion.MINUTES: minutes_text,
    Criterion.WEEKS: weeks_text,
    Criterion.BUDGET: euros_text,
    Criterion.STAFF_HOURS: hours_text,
}
_C, _W = Criterion, Why
#: A sentence for each finding there can be.
_SENTENCES: Mapping[tuple[Criterion, Why], Any] = {
    (_C.GOALS, _W.ALL): _("dient dem Ziel: %(met)s"),
    (_C.GOALS, _W.SOME): _("dient dem Ziel: %(met)s; nicht: %(open)s"),
    (_C.GOALS, _W.NONE): _("dient einem anderen Ziel als: %(open)s"),
    (_C.LEVEL, _W.WITHIN): _("erlaubt: %(met)s"),
    (_C.LEVEL, _W.NEAR): _("geht von %(lowest)s bis %(highest)s, nicht genau: %(met)s"),
    (_C.LEVEL, _W.PROMISES_MORE): _(
        "verspricht mehr, als Sie zusagen: mindestens %(lowest)s"
    ),
    (_C.LEVEL, _W.PROMISES_LESS): _("reicht nur bis: %(highest)s"),
    (_C.GROUPS, _W.ALL): _("erreicht: %(met)s"),
    (_C.GROUPS, _W.SOME): _("erreicht: %(met)s; eigens ansprechen: %(open)s"),
    (_C.GROUPS, _W.NONE): _("nicht gedacht für: %(open)s"),
    (_C.GROUPS, _W.FOR_EVERYONE): _(
        "richtet sich an alle; eigens ansprechen: %(open)s"
    ),
    (_C.BARRIERS, _W.ALL): _("dabei ist: %(met)s"),
    (_C.BARRIERS, _W.SOME): _("dabei ist: %(met)s; zusätzlich nötig: %(open)s"),
    (_C.BARRIERS, _W.NONE): _("zusätzlich nötig: %(open)s"),
    (_C.INVITATION, _W.ALL): _("möglich: %(met)s"),
    (_C.INVITATION, _W.NONE): _("üblich ist: %(has)s; nicht: %(open)s"),
    (_C.PEOPLE, _W.WITHIN): _("%(span)s, Sie rechnen mit %(asked)s"),
    (_C.PEOPLE, _W.TOO_MANY): _("höchstens %(most)s, Sie rechnen mit %(asked)s"),
    (_C.PEOPLE, _W.FEW): _("erst ab %(least)s, Sie rechnen mit %(asked)s: knapp"),
    (_C.PEOPLE, _W.TOO_FEW): _("erst ab %(least)s, Sie rechnen mit %(asked)s"),
    (_C.MINUTES, _W.WITHIN): _("%(span)s je Person, Sie haben %(asked)s"),
    (_C.MINUTES, _W.SMALL_FORM): _(
        "%(span)s je Person, Sie haben %(asked)s: kurze Form"
    ),
    (_C.MINUTES, _W.SHORT): _(
        "mindestens %(least)s je Person, Sie haben %(asked)s: kürzen"
    ),
    (_C.MINUTES, _W.FAR_SHORT): _(
        "mindestens %(least)s je Person, Sie haben %(asked)s"
    ),
    (_C.WEEKS, _W.WITHIN): _("%(span)s Vorlauf, Sie haben %(asked)s"),
    (_C.WEEKS, _W.SMALL_FORM): _("%(span)s Vorlauf, Sie haben %(asked)s: kleine Form"),
    (_C.WEEKS, _W.SHORT): _("mindestens %(least)s Vorlauf, Sie haben %(asked)s: knapp"),
    (_C.WEEKS, _W.FAR_SHORT): _("mindestens %(least)s Vorlauf, Sie haben %(asked)s"),
    (_C.BUDGET, _W.WITHIN): _("kostet %(span)s, Sie haben %(asked)s"),
    (_C.BUDGET, _W.SMALL_FORM): _("kostet %(span)s, Sie haben %(asked)s: kleine Form"),
    (_C.BUDGET, _W.SHORT): _("kostet mindestens %(least)s, Sie haben %(asked)s: knapp"),
    (_C.BUDGET, _W.FAR_SHORT): _("kostet mindestens %(least)s, Sie haben %(asked)s"),
    (_C.STAFF_HOURS, _W.WITHIN): _("%(span)s Arbeit im Team, Sie haben %(asked)s"),
    (_C.STAFF_HOURS, _W.SMALL_FORM): _(
        "%(span)s Arbeit im Team, Sie haben %(asked)s: kleine Form"
    ),
    (_C.STAFF_HOURS, _W.SHORT): _(
        "mindestens %(least)s Arbeit im Team, Sie haben %(asked)s: knapp"
    ),
    (_C.STAFF_HOURS, _W.FAR_SHORT): _(
        "mindestens %(least)s Arbeit im Team, Sie haben %(asked)s"
    ),
    (_C.CONFLICT, _W.BEARS): _("verträgt: %(has)s"),
    (_C.CONFLICT, _W.BEARS_LESS): _("verträgt nur: %(has)s"),
    (_C.FORMATS, _W.ALL): _("geht %(met)s"),
    (_C.FORMATS, _W.NEAR): _("geht %(has)s, das kann genügen statt: %(open)s"),
    (_C.FORMATS, _W.NONE): _("geht nur %(has)s"),
}


@dataclass(frozen=True)
class Remark:
    """A finding as a template shows it."""

    mark: str
    icon: str
    word: str
    text: str


def remark(finding: Finding, words: Vocabulary, is_standing: bool = False) -> Remark:
    """A finding in words. Costs of a standing format are those of a year."""
    mark, icon, _word = MARKS[finding.fit]
    text = sentence(finding, words)
    if is_standing and finding.criterion is Criterion.BUDGET:
        text = str(_("%(text)s (Kosten je Jahr)") % {"text": text})
    return Remark(mark, icon, _word_before(finding.fit, is_german()), text)


def sentence(finding: Finding, words: Vocabulary) -> str:
    """What stands behind a finding."""
    criterion = finding.criterion
    if finding.why is Why.MISSING:
        return str(NAMES[criterion])
    if finding.why is Why.SPLIT:
        return _split(finding)
    return _translated(criterion, finding.why, is_german()) % _Values(finding, words)


@lru_cache(maxsize=256)
def _translated(criterion: Criterion, why: Why, _german: bool) -> str:
    """A sentence in the active language. A page looks up hundreds of the same few."""
    return str(_SENTENCES[criterion, why])


@lru_cache(maxsize=16)
def _word_before(fit: Fit, _german: bool) -> str:
    return str(MARKS[fit][2])


class _Values:
    """What a sentence may name; made only when it does, as a page has hundreds."""

    def __init__(self, finding: Finding, words: Vocabulary) -> None:
        self.finding = finding
        self.names = words.get(finding.criterion, {})

    def __getitem__(self, key: str) -> str:
        found = self.finding
        low, high = found.span
        if key in ("met", "open", "has"):
            return listed(self.names, getattr(found, key))
        if key in ("lowest", "highest"):
            return self.names.get(found.has[0 if key == "lowest" else -1], "")
        if key == "span":
            return span(found.criterion, found.span)
        numbers = {"least": low if low is not None else high, "most": high}
        value = found.asked if key == "asked" else numbers[key]
        return "" if value is None else amount(found.criterion, value)


def amount(criterion: Criterion, value: int) -> str:
    """A number in the units of a criterion: "6 Wochen", "3.000 Euro"."""
    return span(criterion, Range(value, value))


def span(criterion: Criterion, needs: Range) -> str:
    """A range in the units of a criterion: "10–40 Personen"."""
    return _span(criterion, *needs, is_german())


@lru_cache(maxsize=4096)
def _span(
    criterion: Criterion, low: int | None, high: int | None, _german: bool
) -> str:
    """The same few numbers stand in every line of a page, once per language."""
    return _UNITS[criterion](low, high)


def _split(finding: Finding) -> str:
    most = finding.span.high or 0
    return ngettext(
        "höchstens %(most)s Person: %(count)s Gruppen bilden",
        "höchstens %(most)s Personen: %(count)s Gruppen bilden",
        most,
    ) % {"most": number(most), "count": finding.split}
