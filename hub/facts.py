"""One line of "Auf einen Blick": a term, its value, and what must be said with it."""

from __future__ import annotations

from dataclasses import dataclass

#: Longer values are set in the size of the text.
LONG = 42


@dataclass(frozen=True)
class Fact:
    """A fact as ``components/facts.html`` shows it."""

    term: str
    value: str
    note: str = ""
    #: An editorial estimate: marked "Richtwert".
    guide: bool = False
    #: Level of participation, 1 to 5: shown as a ring.
    level: int = 0
    #: A range to draw on the line from 1 to 1,000.
    low: int | None = None
    high: int | None = None
    url: str = ""

    @property
    def has_bar(self) -> bool:
        """Whether there is a range to draw."""
        return self.low is not None or self.high is not None

    @property
    def is_long(self) -> bool:
        """Whether the value is a list rather than a word: shown smaller."""
        return len(self.value) > LONG


def known(facts: list[Fact]) -> list[Fact]:
    """Only facts with a value: an empty field shows nothing."""
    return [fact for fact in facts if fact.value]
