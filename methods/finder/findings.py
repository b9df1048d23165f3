"""What comparing a plan with a method finds, criterion by criterion."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple

from .answers import Criterion
from .candidate import NO_RANGE, Range


class Fit(IntEnum):
    """How a method meets one answer, from best to worst."""

    FITS = 0
    UNKNOWN = 1
    STRETCHES = 2
    BREAKS = 3


class Why(StrEnum):
    """What stands behind a finding; ``wording`` has a sentence for each."""

    WITHIN = "within"
    SMALL_FORM = "small_form"  # only the smaller or shorter form of the method
    SHORT = "short"  # a little too little time, money, hours
    FAR_SHORT = "far_short"
    SPLIT = "split"  # more people than the method takes: several groups
    TOO_MANY = "too_many"
    FEW = "few"  # a few less people than it takes
    TOO_FEW = "too_few"
    ALL = "all"  # all that was asked for
    SOME = "some"
    NONE = "none"
    FOR_EVERYONE = "for_everyone"  # named a group, the method is for everyone
    PROMISES_MORE = "promises_more"  # lets people decide more than they may
    PROMISES_LESS = "promises_less"
    BEARS = "bears"
    BEARS_LESS = "bears_less"
    NEAR = "near"  # not this format, but one that can serve
    MISSING = "missing"  # nothing is known


class Finding(NamedTuple):
    """One criterion of one method. A tuple, as a thousand methods have twelve each.

    ``loss`` says how far the method is from meeting the answer: 0 meets it fully, 1 does
    not, 2 is far away. ``span`` is the method's own range, ``asked`` the number asked for,
    ``split`` into how many groups, ``met`` and ``open`` the codes asked for that are served and
    that are not, ``has`` what the method has instead.
    """

    criterion: Criterion
    fit: Fit
    why: Why
    loss: float = 0.0
    span: Range = NO_RANGE
    asked: int | None = None
    split: int = 0
    met: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
