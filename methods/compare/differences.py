"""How values differ, in words. Nothing here knows a method: pure functions.

What is not known is never the same as anything, and never the smallest or the largest.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

#: Lowest and highest value; an open end is None.
Range = tuple[int | None, int | None]


class Verdict(Enum):
    """Whether the values of a row differ."""

    SAME = "same"
    DIFFERENT = "different"
    #: Those that are known are equal; the others may differ.
    PARTLY = "partly"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Any:
        return _LABELS[self]

    @property
    def may_differ(self) -> bool:
        """Whether the row stays when only differences are asked for."""
        return self in (Verdict.DIFFERENT, Verdict.PARTLY)


_LABELS = {
    Verdict.SAME: _("gleich"),
    Verdict.DIFFERENT: _("verschieden"),
    Verdict.PARTLY: _("nicht bei allen bekannt"),
    Verdict.UNKNOWN: _("bei keiner bekannt"),
}


class Words(NamedTuple):
    """What the ends of a scale are called: between two, and among more."""

    less: Any = ""
    more: Any = ""
    least: Any = ""
    most: Any = ""

    def low(self, count: int) -> str:
        return str(self.less if count == 2 else self.least)

    def high(self, count: int) -> str:
        return str(self.more if count == 2 else self.most)


def verdict(keys: Sequence[Hashable | None]) -> Verdict | None:
    """Whether these values differ; None is a value that is not known. One alone has
    nothing to differ from."""
    if len(keys) < 2:
        return None
    known = [key for key in keys if key is not None]
    if not known:
        return Verdict.UNKNOWN
    if len(set(known)) > 1:
        return Verdict.DIFFERENT
    return Verdict.SAME if len(known) == len(keys) else Verdict.PARTLY


def is_known(bounds: Range) -> bool:
    """Whether at least one end is known."""
    return bounds != (None, None)


def is_below(one: Range, other: Range) -> bool:
    """Whether ``one`` is lower on the whole. Ranges that lie within each other are not,
    and an open end is compared with nothing."""
    (low, high), (other_low, other_high) = one, other
    if high is not None and other_low is not None and high < other_low:
        return True
    if None in (low, high, other_low, other_high):
        return False
    return one != other and low <= other_low and high <= other_high  # type: ignore[operator]


def extremes(ranges: Sequence[Range], words: Words) -> list[str]:
    """What to say of each: the one below all others, the one above all others. Nobody is
    the cheapest as long as a price is missing."""
    count = len(ranges)
    said = [""] * count
    if count < 2 or not all(is_known(bounds) for bounds in ranges):
        return said
    for place, bounds in enumerate(ranges):
        others = [*ranges[:place], *ranges[place + 1 :]]
        if all(is_below(bounds, other) for other in others):
            said[place] = words.low(count)
        elif all(is_below(other, bounds) for other in others):
            said[place] = words.high(count)
    return said


def only_here(lists: Sequence[Sequence[str]]) -> list[list[str]]:
    """Of each list what no other has. Nothing while one of them is empty: it may only
    not have been written down."""
    if len(lists) < 2 or not all(lists):
        return [[] for _list in lists]
    found = []
    for place, entries in enumerate(lists):
        others = {
            entry for at, other in enumerate(lists) if at != place for entry in other
        }
        found.append([entry for entry in entries if entry not in others])
    return found
