"""From an address to answers. Whatever cannot be read counts as not answered, and a remark
beside the field says so; nothing a reader types is an error."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from hub.formats import number

from .answers import Answers, Criterion

#: The parameter that names questions that are open on purpose.
OPEN = "offen"

#: The parameter that holds a plan in a person's own words.
TOLD = "vorhaben"

#: The parameter that asks for the questions, with the answers filled in.
CHANGE = "aendern"

#: Names of the parameters: the same in every language, like those of the lists.
PARAMETERS: Mapping[Criterion, str] = {
    Criterion.GOALS: "ziel",
    Criterion.LEVEL: "stufe",
    Criterion.GROUPS: "zielgruppe",
    Criterion.BARRIERS: "huerde",
    Criterion.INVITATION: "einladung",
    Criterion.PEOPLE: "gruppe",
    Criterion.MINUTES: "zeit",
    Criterion.WEEKS: "wochen",
    Criterion.BUDGET: "budget",
    Criterion.STAFF_HOURS: "stunden",
    Criterion.CONFLICT: "konflikt",
    Criterion.FORMATS: "form",
}
#: Least and most of each number.
LIMITS: Mapping[Criterion, tuple[int, int]] = {
    Criterion.PEOPLE: (1, 3_000_000),
    Criterion.MINUTES: (1, 100_000),
    Criterion.WEEKS: (0, 520),
    Criterion.BUDGET: (0, 100_000_000),
    Criterion.STAFF_HOURS: (0, 100_000),
}
SEVERAL = frozenset(
    {Criterion.GOALS, Criterion.GROUPS, Criterion.BARRIERS, Criterion.FORMATS}
)
#: "3.000", "3,000", "3 000 Euro", "€ 3000", "6 Wochen", "ca. 40".
_NUMBER = re.compile(
    r"(?:ca\.?|circa|about|max\.?|€|eur)?\s*"
    r"(?P<digits>\d{1,3}(?:[.,'’\s]\d{3})+|\d+)"
    r"(?:,-|\.-)?\s*[^\W\d_€]{0,12}\*?\w{0,6}\.?€?",
    re.IGNORECASE,
)
#: So much of what was typed is shown again.
LONGEST_QUOTE = 20


class Parameters(Protocol):
    """A query string, as Django's ``QueryDict``."""

    def getlist(self, name: str) -> Sequence[str]: ...


@dataclass(frozen=True)
class Asked:
    """Answers as read, and what could not be read."""

    answers: Answers
    #: Sentences to stand beside the fields.
    remarks: Mapping[Criterion, str] = field(default_factory=dict)
    #: What stands in the number fields: as typed where it could not be read.
    typed: Mapping[Criterion, str] = field(default_factory=dict)
    #: Whether anything was asked at all.
    submitted: bool = False


def quoted(text: str) -> str:
    """What was typed, short enough for a sentence."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    short = clean if len(clean) <= LONGEST_QUOTE else f"{clean[:LONGEST_QUOTE]}…"
    return _("„%(text)s“") % {"text": short}


def read(params: Parameters, codes: Mapping[Criterion, Collection[str]]) -> Asked:
    """Answers of an address. ``codes`` are those that may be chosen."""
    reader = _Reader(params, codes)
    values = {str(criterion): reader.value(criterion) for criterion in Criterion}
    known = {name: value for name, value in values.items() if value is not None}
    return Asked(Answers(**known), reader.remarks, reader.typed, reader.submitted)


class _Reader:
    def __init__(
        self, params: Parameters, codes: Mapping[Criterion, Collection[str]]
    ) -> None:
        self.params = params
        self.codes = codes
        self.open = set(params.getlist(OPEN))
        self.submitted = bool(self.open)
        self.remarks: dict[Criterion, str] = {}
        self.typed: dict[Criterion, str] = {}

    def value(self, criterion: Criterion) -> Any:
        """The answer to one question, or nothing and a remark."""
        name = PARAMETERS[criterion]
        given = dict.fromkeys(v.strip() for v in self.params.getlist(name))
        values = [value for value in given if value]
        self.submitted |= bool(given)
        if not values:
            return None
        if name in self.open:
            self.remarks[criterion] = _(
                "Sie haben geantwortet und „weiß ich noch nicht“ gewählt. "
                "Die Frage gilt als offen."
            )
            return None
        if criterion in SEVERAL:
            return self._codes(criterion, values)
        if len(values) > 1:
            self.remarks[criterion] = _(
                "Hier stehen mehrere Antworten. Die Frage gilt als offen."
            )
            return None
        if criterion in LIMITS:
            return self._number(criterion, values[0])
        return self._code(criterion, values[0])

    def _codes(self, criterion: Criterion, values: list[str]) -> tuple[str, ...]:
        known = tuple(v for v in self.codes[criterion] if v in values)
        if len(known) < len(values):
            unknown = next(v for v in values if v not in known)
            self._unknown(criterion, unknown)
        return known

    def _code(self, criterion: Criterion, value: str) -> str | None:
        if value in self.codes[criterion]:
            return value
        self._unknown(criterion, value)
        return None

    def _unknown(self, criterion: Criterion, value: str) -> None:
        self.remarks[criterion] = _(
            "%(typed)s steht nicht zur Wahl und zählt nicht."
        ) % {"typed": quoted(value)}

    def _number(self, criterion: Criterion, value: str) -> int | None:
        self.typed[criterion] = value[: LONGEST_QUOTE * 2]
        found = _NUMBER.fullmatch(value)
        if found is None:
            self.remarks[criterion] = _(
                "%(typed)s ist keine ganze Zahl. Die Frage gilt als offen."
            ) % {"typed": quoted(value)}
            return None
        low, high = LIMITS[criterion]
        digits = re.sub(r"\D", "", found["digits"])
        result = int(digits) if len(digits) < 12 else high + 1
        if not low <= result <= high:
            self.remarks[criterion] = _(
                "Möglich sind %(low)s bis %(high)s. Die Frage gilt als offen."
            ) % {"low": number(low), "high": number(high)}
            return None
        self.typed[criterion] = str(result)
        return result


def parameters(answers: Answers) -> list[tuple[str, str]]:
    """Answers as parameters of an address, in the order of the questions."""
    found: list[tuple[str, str]] = []
    for criterion in answers.given():
        value = getattr(answers, criterion)
        values = value if isinstance(value, tuple) else (value,)
        found.extend((PARAMETERS[criterion], str(one)) for one in values)
    return found
