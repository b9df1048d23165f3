"""What the works of a party tell about it: methods applied, topics, and city's cases.

Counted from cases and methods with a documented part, never from what a party says of
itself; to be in charge of something counts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyPage, MethodUse
from hub.sorting import collation_key
from methods.models import MethodLink, MethodPage
from network import profile, work
from network.choices import InvolvementRole
from network.services import Involved, pages_by_key, shown_language

#: Who did this worked with the method itself; who paid or ordered did not.
HANDS_ON = {
    InvolvementRole.LED,
    InvolvementRole.MODERATED,
    InvolvementRole.CO_ORGANISED,
    InvolvementRole.OUTREACH,
    InvolvementRole.IMPLEMENTED,
    InvolvementRole.APPLIED,
}
#: Works named beside a topic or method; the timeline has them all.
MOST_WORKS = 3
MOST_CITY_CASES = 6
METHOD = MethodPage.kind_code

Works = Mapping[int, work.Work]


@dataclass
class Counted:
    """A topic or method with the works behind it."""

    title: str
    url: str = ""
    lang: str = ""
    #: German pages of the works.
    pages: set[int] = field(default_factory=set)
    works: list[Involved] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.pages)

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.works))


def _by_title(shown: Any) -> Any:
    return collation_key(shown.title)


def _most_first(counted: Iterable[Counted], works: Works) -> list[Counted]:
    """Most works first; the first of them are named."""
    found = sorted(counted, key=lambda entry: (-entry.count, _by_title(entry)))
    for entry in found:
        behind = sorted((works[pk].entry for pk in entry.pages), key=_by_title)
        entry.works = behind[:MOST_WORKS]
    return found


# Topics -----------------------------------------------------------------------------


def worked_topics(record: Any, language: str) -> profile.ProfileSection | None:
    """Topics of the cases and methods a party took part in: one query."""
    works = work.documented(record, language)
    if not works:
        return None
    found: dict[int, Counted] = {}
    for pk, topic, name in _topic_rows(works, language):
        found.setdefault(topic, Counted(name)).pages.add(pk)
    if not found:
        return None
    return profile.ProfileSection(
        "arbeitsthemen",
        _("Themen der Arbeiten"),
        "network/profile_works_topics.html",
        {"topics": _most_first(found.values(), works)},
    )


def _topic_rows(works: Works, language: str) -> Iterable[tuple[int, int, str]]:
    """Page, topic and the topic's name, of cases and methods at once: one query."""
    own = NullIf(f"topic__name_{language}", Value(""), output_field=CharField())
    name = Coalesce(own, "topic__name_de", output_field=CharField())
    cases = CaseStudyPage.topics.through.objects.filter(casestudypage__in=list(works))
    methods = MethodPage.topics.through.objects.filter(methodpage__in=list(works))
    return cases.values_list("casestudypage_id", "topic_id", name).union(
        methods.values_list("methodpage_id", "topic_id", name)
    )


# Methods ----------------------------------------------------------------------------


def applied_methods(record: Any, language: str) -> profile.ProfileSection | None:
    """Methods of the works a party had a hand in, and those it is named with: two
    queries."""
    works = work.documented(record, language)
    hands_on = {pk: found for pk, found in works.items() if found.roles & HANDS_ON}
    if not hands_on:
        return None
    found = {
        pk: Counted(done.entry.title, done.entry.url, done.entry.lang)
        for pk, done in hands_on.items()
        if done.entry.kind == METHOD
    }
    uses = _uses(MethodUse.objects.filter(case__in=list(hands_on)))
    shown = pages_by_key({key: pk for _case, pk, key in uses}, language)
    for case, pk, _key in uses:
        if page := shown.get(pk):
            lang = shown_language(page, language)
            entry = Counted(page.title, page.get_url() or "", lang)
            found.setdefault(pk, entry).pages.add(case)
    if not found:
        return None
    return profile.ProfileSection(
        "angewandt",
        _("Angewandte Methoden"),
        "network/profile_works_methods.html",
        {"methods": _most_first(found.values(), works)},
    )


def _uses(rows: Any) -> list[tuple[int, int, Any]]:
    """Case, method and the method's translation key, without what a round lends."""
    columns = ("case_id", "method_id", "method__translation_key")
    return list(rows.visible().own().values_list(*columns))


# Cities -----------------------------------------------------------------------------


def city_cases(record: Any, language: str) -> profile.ProfileSection | None:
    """Cases in Vienna that used a method the city is known for, each with the method: two
    queries."""
    methods = MethodLink.objects.filter(city=record.pk).values("method")
    rows = list(
        MethodUse.objects.visible()
        .own()
        .filter(method__in=methods, case__is_demo=False)
        .values_list(
            "case_id", "method_id", "case__translation_key", "method__translation_key"
        )
    )
    keys = {row[2]: row[0] for row in rows} | {row[3]: row[1] for row in rows}
    shown = pages_by_key(keys, language)
    by_case: dict[int, list[str]] = defaultdict(list)
    for case, method, *_keys in rows:
        if case in shown and method in shown:
            by_case[case].append(shown[method].title)
    best = sorted(by_case, key=lambda pk: (-len(by_case[pk]), _by_title(shown[pk])))
    cases = [
        {
            "title": shown[pk].title,
            "url": shown[pk].get_url() or "",
            "lang": shown_language(shown[pk], language),
            "text": ", ".join(sorted(set(by_case[pk]), key=collation_key)),
        }
        for pk in best[:MOST_CITY_CASES]
    ]
    if not cases:
        return None
    return profile.ProfileSection(
        "faelle",
        _("Wiener Fallbeispiele mit diesen Methoden"),
        "network/profile_city_cases.html",
        {"cases": cases},
    )


def register() -> None:
    """Called once when the app is ready."""
    for kind in ("organisation", "person"):
        profile.register_section(kind, applied_methods)
        profile.register_section(kind, worked_topics)
    profile.register_section("city", city_cases)
