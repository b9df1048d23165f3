"""Cases that used a method under conditions like those of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from casestudies.models import CaseIndexPage, CaseStudyPage, MethodUse
from hub.addresses import section_address
from hub.formats import euros_text, people_text
from hub.sorting import collation_key
from methods.finder.answers import Criterion
from methods.finder.vocabulary import vocabulary
from methods.practice import Conditions, LikeCase

#: Cases named for one method.
MOST_CASES = 2
#: Three times as many people, or a third, is another kind of event.
NEAR = 3


#: What is read of a case.
_COLUMNS = ("case__participants", "case__cost_eur", "case__translation_key")


def like(
    methods: Collection[int], conditions: Conditions, language: str
) -> dict[int, list[LikeCase]]:
    """Cases with an experience of their own, by German method page, the most alike
    first, real ones before invented ones: three queries."""
    uses = list(
        MethodUse.objects.visible()
        .own()
        .filter(method__in=methods)
        .values("method_id", "case_id", *_COLUMNS)
    )
    alike = _alike({use["case_id"]: use for use in uses}, conditions, language)
    keys = {use["case__translation_key"] for use in uses if use["case_id"] in alike}
    pages = _pages(keys, language)
    found: dict[int, dict[int, LikeCase]] = defaultdict(dict)
    for use in uses:
        page = pages.get(use["case__translation_key"])
        if page is not None:
            words = alike[use["case_id"]]
            found[use["method_id"]][use["case_id"]] = replace(page, alike=words)
    return {method: _first(cases.values()) for method, cases in found.items()}


def _pages(keys: Collection[Any], language: str) -> dict[Any, LikeCase]:
    """Visible pages in a language, by translation key: one query."""
    section = section_address(CaseIndexPage._meta.label, language).path
    rows = (
        CaseStudyPage.objects.visible()
        .in_language(language)
        .filter(translation_key__in=keys)
        .values_list(
            "translation_key",
            "title",
            "slug",
            "is_demo",
            "alias_of__locale__language_code",
        )
    )
    return {
        key: LikeCase(title, f"{section}{slug}/", shown_in or "", is_demo, ())
        for key, title, slug, is_demo, shown_in in rows
    }


def _first(cases: Iterable[LikeCase]) -> list[LikeCase]:
    def order(case: LikeCase) -> tuple[bool, int, tuple[str, str]]:
        return case.is_demo, -len(case.alike), collation_key(case.title)

    return sorted(cases, key=order)[:MOST_CASES]


def _alike(
    cases: Mapping[int, Mapping[str, Any]], conditions: Conditions, language: str
) -> dict[int, tuple[str, ...]]:
    """What each case has in common with a plan; cases with nothing are left out."""
    groups = _groups(cases, conditions.groups, language)
    found = {}
    for pk, case in cases.items():
        words = [*groups.get(pk, ())]
        people, cost = case["case__participants"], case["case__cost_eur"]
        if _near(people, conditions.people):
            words.append(people_text(people, people))
        if _affordable(cost, conditions.budget):
            words.append(euros_text(cost, cost))
        if words:
            found[pk] = tuple(words)
    return found


def _groups(
    cases: Collection[int], codes: Collection[str], language: str
) -> dict[int, list[str]]:
    """Names of the groups asked for that a case reached: one query."""
    if not codes:
        return {}
    names = vocabulary(language)[Criterion.GROUPS]
    found: dict[int, list[str]] = defaultdict(list)
    rows = CaseStudyPage.target_groups.through.objects.filter(
        casestudypage__in=list(cases), targetgroup__code__in=codes
    )
    for case, code in rows.values_list("casestudypage_id", "targetgroup__code"):
        if code in names:
            found[case].append(_("auch: %(group)s") % {"group": names[code]})
    return found


def _near(figure: int | None, asked: int | None) -> bool:
    if not figure or not asked:
        return False
    return asked / NEAR <= figure <= asked * NEAR


def _affordable(figure: int | None, asked: int | None) -> bool:
    return figure is not None and asked is not None and figure <= asked
