"""From findings to three groups, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

from .answers import Answers, Criterion
from .candidate import Candidate
from .findings import Finding, Fit
from .rules import RULES, Rule

#: How much each criterion counts: what it is for most of all, then what cannot be changed.
WEIGHTS: Mapping[Criterion, float] = {
    Criterion.GOALS: 4.0,
    Criterion.LEVEL: 2.5,
    Criterion.GROUPS: 2.5,
    Criterion.BARRIERS: 1.0,
    Criterion.INVITATION: 2.0,
    Criterion.PEOPLE: 2.0,
    Criterion.MINUTES: 1.5,
    Criterion.WEEKS: 3.0,
    Criterion.BUDGET: 2.0,
    Criterion.STAFF_HOURS: 1.5,
    Criterion.CONFLICT: 3.0,
    Criterion.FORMATS: 2.0,
}
#: A method that loses less than this, and breaks nothing, simply fits.
FITS_BELOW = 1.0
#: Of two methods that fit alike, the one that takes less work comes first.
EFFORTS: Mapping[str, float] = {"low": 0.0, "medium": 0.25, "high": 0.6}
UNKNOWN_EFFORT = 0.25


class Group(IntEnum):
    """Where a method stands in the answer."""

    FITS = 0
    STRETCHES = 1
    BREAKS = 2


class Assessment(NamedTuple):
    """A method, how it meets each answer, and where that puts it."""

    candidate: Candidate
    findings: tuple[Finding, ...]
    #: How far it is from the plan: 0 meets every answer.
    loss: float
    #: How many answers it does not meet at all.
    broken: int
    group: Group

    @property
    def order(self) -> tuple[int, int, float, int]:
        """Best first."""
        effort = EFFORTS.get(self.candidate.effort, UNKNOWN_EFFORT)
        return self.group, self.broken, self.loss + effort, self.candidate.key

    def of(self, *fits: Fit) -> tuple[Finding, ...]:
        """The findings of some kinds."""
        return tuple(one for one in self.findings if one.fit in fits)


def assess(answers: Answers, candidate: Candidate) -> Assessment:
    """One method against a plan."""
    return _assess(answers, candidate, _rules(answers))


def ranked(answers: Answers, candidates: Iterable[Candidate]) -> list[Assessment]:
    """All methods against a plan, best first."""
    rules = _rules(answers)
    found = [_assess(answers, candidate, rules) for candidate in candidates]
    return sorted(found, key=lambda one: one.order)


def _rules(answers: Answers) -> list[tuple[Rule, float]]:
    return [(RULES[asked], WEIGHTS[asked]) for asked in answers.given()]


def _assess(
    answers: Answers, candidate: Candidate, rules: Iterable[tuple[Rule, float]]
) -> Assessment:
    """Whoever breaks an answer rather does not fit; nothing unknown simply fits."""
    findings = []
    loss, broken, unknown = 0.0, 0, False
    for rule, weight in rules:
        finding = rule(answers, candidate)
        findings.append(finding)
        loss += weight * finding.loss
        broken += finding.fit is Fit.BREAKS
        unknown |= finding.fit is Fit.UNKNOWN
    group = Group.STRETCHES if unknown or loss >= FITS_BELOW else Group.FITS
    if broken:
        group = Group.BREAKS
    return Assessment(candidate, tuple(findings), loss, broken, group)


def opening(
    answers: Answers, assessments: Iterable[Assessment]
) -> list[tuple[Criterion, int]]:
    """Which answer, if it were left open, would let how many more methods fit; the one
    that opens most first. Counts methods that break nothing else."""
    more: dict[Criterion, int] = dict.fromkeys(answers.given(), 0)
    for one in assessments:
        broken = one.of(Fit.BREAKS)
        if len(broken) == 1:
            more[broken[0].criterion] += 1
    found = [(criterion, count) for criterion, count in more.items() if count]
    return sorted(found, key=lambda pair: -pair[1])
