"""The conditions of a case as answers of the method finder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from methods.choices import Level
from methods.finder.addresses import finder_address
from methods.finder.answers import Answers

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage


def planner_address(page: CaseStudyPage) -> str:
    """The finder with the conditions of a case filled in; empty where none is known. Two
    queries."""
    answers = conditions(page)
    return finder_address(answers, page.language) if answers else ""


def conditions(page: CaseStudyPage) -> Answers:
    """What is known of a case. How far people could decide counts only where it was the
    same in every phase."""
    levels = {child.value["level"] for child in page.phase_levels}
    level = levels.pop() if len(levels) == 1 else ""
    return Answers(
        level=level if level in Level.values else "",
        groups=tuple(entry.code for entry in page.target_groups.all()),
        barriers=tuple(entry.code for entry in page.inclusion_measures.all()),
        people=page.participants or None,
        budget=page.cost_eur,
        staff_hours=page.staff_hours,
    )
