"""Cases that used a method under conditions like those of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from casestudies.entries import in_language
from casestudies.models import CaseStudyPage, MethodUse
from hub.formats import euros_text, people_text
from hub.models import TargetGroup
from hub.sorting import collation_key
from methods.practice import Conditions, LikeCase

#: Cases named for one method.
MOST_CASES = 2
#: Three times as many people, or a third, is another kind of event.
NEAR = 3


def like(
    methods: Collection[int], conditions: Conditions, language: str
) -> dict[int, list[LikeCase]]:
    """Cases with an experience of their own, by German method page, the most alike
    first, real ones before invented ones: four queries."""
    uses = list(
        MethodUse.objects.visible()
        .own()
        .filter(method__in=methods)
        .select_related("case")
    )
    alike = _alike({use.case for use in uses}, conditions)
    pages = {page.translation_key: page for page in in_language(list(alike), language)}
    found: dict[int, dict[int, LikeCase]] = defaultdict(dict)
    for use in uses:
        page = pages.get(use.case.translation_key)
        if page is not None:
            found[use.method_id][use.case_id] = LikeCase(
                title=page.title,
                url=page.get_url() or "",
                lang="" if page.shown_language == language else page.shown_language,
                is_demo=page.is_demo,
                alike=alike[use.case_id],
            )
    return {method: _first(cases.values()) for method, cases in found.items()}


def _first(cases: Iterable[LikeCase]) -> list[LikeCase]:
    def order(case: LikeCase) -> tuple[bool, int, tuple[str, str]]:
        return case.is_demo, -len(case.alike), collation_key(case.title)

    return sorted(cases, key=order)[:MOST_CASES]


def _alike(
    cases: Collection[CaseStudyPage], conditions: Conditions
) -> dict[int, tuple[str, ...]]:
    """What each case has in common with a plan; cases with nothing are left out."""
    groups = _groups([case.pk for case in cases], conditions.groups)
    found = {}
    for case in cases:
        words = [*groups.get(case.pk, ())]
        if _near(case.participants, conditions.people):
            words.append(people_text(case.participants, case.participants))
        if _affordable(case.cost_eur, conditions.budget):
            words.append(euros_text(case.cost_eur, case.cost_eur))
        if words:
            found[case.pk] = tuple(words)
    return found


def _groups(cases: Collection[int], codes: Collection[str]) -> dict[int, list[str]]:
    """Names of the groups asked for that a case reached: two queries."""
    if not codes:
        return {}
    names = {
        entry.pk: str(entry)
        for entry in TargetGroup.objects.active().filter(code__in=codes)
    }
    found: dict[int, list[str]] = defaultdict(list)
    rows = CaseStudyPage.target_groups.through.objects.filter(
        casestudypage__in=cases, targetgroup__in=names
    )
    for case, group in rows.values_list("casestudypage_id", "targetgroup_id"):
        found[case].append(_("auch: %(group)s") % {"group": names[group]})
    return found


def _near(figure: int | None, asked: int | None) -> bool:
    if not figure or not asked:
        return False
    return asked / NEAR <= figure <= asked * NEAR


def _affordable(figure: int | None, asked: int | None) -> bool:
    return figure is not None and asked is not None and figure <= asked
