"""What is still possible when the start is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hub.addresses import section_address
from methods.filters import LEVEL
from methods.models import GuidePage, MethodIndexPage

from .addresses import finder_address
from .answers import Answers
from .candidate import Candidate
from .findings import Fit
from .rules import weeks
from .scoring import Assessment

#: Below this, what is left to influence stands first.
SHORT_NOTICE_WEEKS = 6


@dataclass(frozen=True)
class ShortNotice:
    """What the block "Was geht noch?" shows."""

    weeks: int
    #: Methods that can be prepared in time, and with the weeks of ``later_url``.
    in_time: int
    in_time_later: int
    later_weeks: int
    later_url: str
    inform_url: str
    guide: GuidePage | None


def short_notice(
    answers: Answers, assessments: Iterable[Assessment], language: str
) -> ShortNotice | None:
    """Nothing when there is time enough, or nobody knows. One query, for the guide."""
    if answers.weeks is None or answers.weeks >= SHORT_NOTICE_WEEKS:
        return None
    later = replace(answers, weeks=SHORT_NOTICE_WEEKS)
    methods = [one.candidate for one in assessments]
    section = section_address(MethodIndexPage._meta.label, language).path
    return ShortNotice(
        weeks=answers.weeks,
        in_time=_in_time(answers, methods),
        in_time_later=_in_time(later, methods),
        later_weeks=SHORT_NOTICE_WEEKS,
        later_url=finder_address(later, language),
        inform_url=f"{section}?{LEVEL}=inform",
        guide=GuidePage.objects.visible()
        .in_language(language)
        .filter(is_for_short_notice=True)
        .order_by("title")
        .first(),
    )


def _in_time(answers: Answers, methods: Iterable[Candidate]) -> int:
    return sum(weeks(answers, method).fit is not Fit.BREAKS for method in methods)
