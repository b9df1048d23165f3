"""Cases and rounds on the pages of the districts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.choices import CaseKind
from casestudies.entries import CaseEntry, case_entries, in_language
from casestudies.filters import PARTY
from casestudies.models import CaseStudyPage, RoundDistrict
from hub.addresses import section_address
from hub.exports import OUTPUT
from hub.sorting import collation_key
from network import profile, work

#: Below this many, all cases of a district are shown; the list of cases has the rest.
MOST_CASES = 12


def _visible_cases(language: str) -> Any:
    """German pages of projects that are visible in this language, without invented."""
    keys = (
        CaseStudyPage.objects.visible().in_language(language).values("translation_key")
    )
    return CaseStudyPage.objects.sources().filter(
        translation_key__in=keys, is_demo=False, kind=CaseKind.PROJECT
    )


def case_counts(language: str) -> dict[int, int]:
    """Number of projects by district: one query."""
    through = CaseStudyPage.districts.through
    rows = (
        through.objects.filter(casestudypage__in=_visible_cases(language).values("pk"))
        .values("district_id")
        .annotate(cases=Count("casestudypage", distinct=True))
    )
    return {row["district_id"]: row["cases"] for row in rows}


def round_years(language: str) -> dict[int, str]:
    """Years of the rounds by district: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = RoundDistrict.objects.filter(round__live=True).order_by("round__code")
    for district, years in rows.values_list("district_id", "round__year_label"):
        found[district].append(years)
    return {district: ", ".join(years) for district, years in found.items()}


def _order(entry: CaseEntry) -> Any:
    return -(entry.page.year_from or 0), collation_key(entry.page.title)


def district_cases(record: Any, language: str) -> profile.ProfileSection | None:
    """Projects in a district, newest first."""
    sources = _visible_cases(language).filter(districts=record)
    pages = in_language(list(sources.values_list("pk", flat=True)), language)
    entries = sorted(case_entries(pages, None, language), key=_order)
    if not entries:
        return None
    return profile.ProfileSection(
        "faelle",
        _("Fallbeispiele im Bezirk"),
        "network/profile_cases.html",
        {
            "cases": entries[:MOST_CASES],
            "total": len(entries),
            "feed_url": feed_address("bezirk", record.number, language),
        },
    )


def feed_address(name: str, value: Any, language: str) -> str:
    """The feed of new cases with one filter; empty where there is no list."""
    path = section_address("casestudies.CaseIndexPage", language).path
    query = urlencode({name: value, OUTPUT: "feed"})
    return f"{path}?{query}" if path else ""


def organisation_feed(record: Any, language: str) -> profile.ProfileSection | None:
    """New cases of an organisation to subscribe to. What is invented stays out of feeds,
    so there is none of it. No query beside the timeline's."""
    works = work.involvements(record, language).participation
    url = feed_address(PARTY, record.slug_de, language)
    took_part = any(entry.kind == CaseStudyPage.kind_code for entry in works)
    if record.is_demo or not url or not took_part:
        return None
    return profile.ProfileSection(
        "neues",
        _("Auf dem Laufenden bleiben"),
        "network/profile_feed.html",
        {"feed_url": url},
    )


def district_rounds(record: Any, language: str) -> profile.ProfileSection | None:
    """The district's numbers in the rounds of the Wiener Klimateam."""
    rows = list(
        RoundDistrict.objects.filter(district=record, round__live=True)
        .select_related("round")
        .order_by("round__code")
    )
    if not rows:
        return None
    sources = CaseStudyPage.objects.sources().filter(
        kind=CaseKind.ROUND, round__in=[row.round_id for row in rows]
    )
    pages = in_language(list(sources.values_list("pk", flat=True)), language)
    urls = {page.round_id: page.get_url() or "" for page in pages}
    return profile.ProfileSection(
        "klimateam",
        _("Wiener Klimateam"),
        "network/profile_rounds.html",
        {
            "rounds": [
                {
                    "label": row.round.label,
                    "url": urls.get(row.round_id, ""),
                    "ideas": row.ideas,
                    "sketches": row.sketches,
                    "selected": row.selected,
                }
                for row in rows
            ],
            "has_numbers": any(
                value is not None
                for row in rows
                for value in (row.ideas, row.sketches, row.selected)
            ),
        },
    )


def register() -> None:
    """Called once when the app is ready."""
    profile.register_section("district", district_rounds)
    profile.register_section("district", district_cases)
    profile.register_column(
        "district", profile.ProfileColumn("cases", gettext_lazy("Fälle"), case_counts)
    )
    profile.register_column(
        "district",
        profile.ProfileColumn(
            "rounds", gettext_lazy("Klimateam"), round_years, is_number=False
        ),
    )


def register_feeds() -> None:
    """What to subscribe to, below everything there is to read."""
    profile.register_section("organisation", organisation_feed)
