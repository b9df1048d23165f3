"""From findings to three groups, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from .answers import Answers, Criterion
from .candidate import Candidate
from .findings import Finding, Fit
from .rules import RULES

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


@dataclass(frozen=True, slots=True)
class Assessment:
    """A method, how it meets each answer, and where that puts it."""

    candidate: Candidate
    findings: tuple[Finding, ...]

    @property
    def loss(self) -> float:
        """How far it is from the plan: 0 meets every answer."""
        return sum(WEIGHTS[one.criterion] * one.loss for one in self.findings)

    @property
    def broken(self) -> int:
        """How many answers it does not meet at all."""
        return sum(one.fit is Fit.BREAKS for one in self.findings)

    @property
    def group(self) -> Group:
        return _group(self.findings)

    @property
    def order(self) -> tuple[int, int, float, int]:
        """Best first."""
        effort = EFFORTS.get(self.candidate.effort, UNKNOWN_EFFORT)
        return self.group, self.broken, self.loss + effort, self.candidate.key

    def of(self, *fits: Fit) -> tuple[Finding, ...]:
        """The findings of some kinds."""
        return tuple(one for one in self.findings if one.fit in fits)


def _group(findings: Collection[Finding]) -> Group:
    """Whoever breaks an answer rather does not fit; nothing unknown simply fits."""
    fits = {one.fit for one in findings}
    if Fit.BREAKS in fits:
        return Group.BREAKS
    loss = sum(WEIGHTS[one.criterion] * one.loss for one in findings)
    if Fit.UNKNOWN in fits or loss >= FITS_BELOW:
        return Group.STRETCHES
    return Group.FITS


def assess(answers: Answers, candidate: Candidate) -> Assessment:
    """One method against a plan."""
    findings = tuple(RULES[asked](answers, candidate) for asked in answers.given())
    return Assessment(candidate, findings)


def ranked(answers: Answers, candidates: Iterable[Candidate]) -> list[Assessment]:
    """All methods against a plan, best first."""
    found = [assess(answers, candidate) for candidate in candidates]
    return sorted(found, key=lambda one: one.order)


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
