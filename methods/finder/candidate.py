"""What the finder knows of a method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Range(NamedTuple):
    """From so much to so much; ``None`` is not known."""

    low: int | None = None
    high: int | None = None


#: Nothing is known.
NO_RANGE = Range()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method as numbers and codes: the same in every language. ``key`` names it for
    whoever asks."""

    key: int
    goals: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    recruitment: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    conflict: str = ""
    effort: str = ""
    #: Costs are those of a year.
    is_standing: bool = False
    #: People who take part.
    people: Range = NO_RANGE
    #: Time of one person altogether, in minutes.
    minutes: Range = NO_RANGE
    #: Weeks of lead time.
    weeks: Range = NO_RANGE
    #: External costs of one run (of standing formats: of one year), in euros.
    cost: Range = NO_RANGE
    #: Hours of the team.
    staff_hours: Range = NO_RANGE
