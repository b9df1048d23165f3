"""What is known of a plan. Nothing has to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Criterion(StrEnum):
    """What a plan and a method are compared by, in the order in which it is shown."""

    GOALS = "goals"
    LEVEL = "level"
    GROUPS = "groups"
    BARRIERS = "barriers"
    INVITATION = "invitation"
    PEOPLE = "people"
    MINUTES = "minutes"
    WEEKS = "weeks"
    BUDGET = "budget"
    STAFF_HOURS = "staff_hours"
    CONFLICT = "conflict"
    FORMATS = "formats"


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the questions; what is empty or ``None`` is not known yet.

    Codes are those of the vocabularies and choices of methods.
    """

    #: What for.
    goals: tuple[str, ...] = ()
    #: How far people may decide.
    level: str = ""
    #: Whom the plan wants to reach.
    groups: tuple[str, ...] = ()
    #: Barriers to be lowered: inclusion measures that should be offered.
    barriers: tuple[str, ...] = ()
    #: How people come in (recruitment).
    invitation: str = ""
    #: How many people take part.
    people: int | None = None
    #: Time of one person altogether, in minutes.
    minutes: int | None = None
    #: Weeks until the start.
    weeks: int | None = None
    #: External costs at most, in euros.
    budget: int | None = None
    #: Hours of one's own team at most.
    staff_hours: int | None = None
    #: How much conflict there is.
    conflict: str = ""
    #: In which formats it may take place.
    formats: tuple[str, ...] = ()

    def given(self) -> Iterator[Criterion]:
        """The criteria with an answer."""
        for criterion in Criterion:
            value = getattr(self, criterion)
            if value is not None and value != "" and value != ():
                yield criterion

    def __bool__(self) -> bool:
        return any(True for _ in self.given())

    def without(self, criterion: Criterion) -> Answers:
        """The same plan with one question left open."""
        return replace(self, **{str(criterion): getattr(Answers(), criterion)})
