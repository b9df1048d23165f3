"""Cases as lists show them: place, status, year, and the number of the district."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from casestudies.choices import CaseKind, CaseStatus
from casestudies.models import CaseStudyPage
from hub.formats import is_german, years_text


@dataclass(frozen=True)
class CaseEntry:
    """One case in a list."""

    page: CaseStudyPage
    url: str
    lang: str
    districts: list[tuple[int, str]]

    @property
    def is_round(self) -> bool:
        return self.page.kind == CaseKind.ROUND and self.page.round_id is not None

    @property
    def marker(self) -> str:
        """The number of the one district it is about; several have none."""
        if len(self.districts) != 1:
            return ""
        number = self.districts[0][0]
        return f"{number}." if is_german() else str(number)

    @property
    def place(self) -> str:
        """ "18. Bezirk Währing", "5. Margareten, 11. Simmering"."""
        if len(self.districts) == 1:
            number, name = self.districts[0]
            return _("%(number)s. Bezirk %(name)s") % {"number": number, "name": name}
        return ", ".join(f"{number}. {name}" for number, name in self.districts)

    @property
    def state(self) -> str:
        """What became of it, and when."""
        if self.page.status == CaseStatus.UNKNOWN:
            return years_text(self.page.year_from, self.page.year_to)
        year = years_text(self.page.year_from, self.page.year_to)
        label = self.page.get_status_display()
        return f"{label}, {year}" if year else label

    @property
    def note(self) -> str:
        """Place and state in one line."""
        return ", ".join(part for part in (self.place, self.state) if part)

    @property
    def is_done(self) -> bool:
        return self.page.status == CaseStatus.COMPLETED


def districts_of(pages: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Numbers and names of districts by German page: one query."""
    found: dict[int, list[tuple[int, str]]] = {}
    rows = CaseStudyPage.districts.through.objects.filter(casestudypage__in=pages)
    for page, number, name in rows.order_by("district__number").values_list(
        "casestudypage_id", "district__number", "district__name"
    ):
        found.setdefault(page, []).append((number, name))
    return found


def case_entries(
    pages: Sequence[CaseStudyPage], request: HttpRequest | None, language: str
) -> list[CaseEntry]:
    """Pages with what a list says about them: two queries."""
    keys = [page.translation_key for page in pages]
    sources: dict[Any, int] = dict(
        CaseStudyPage.objects.sources()
        .filter(translation_key__in=keys)
        .values_list("translation_key", "pk")
    )
    districts = districts_of(list(sources.values()))
    return [
        CaseEntry(
            page=page,
            url=page.get_url(request) or "",
            lang="" if page.shown_language == language else page.shown_language,
            districts=districts.get(sources.get(page.translation_key, 0), []),
        )
        for page in pages
    ]


def in_language(sources: Collection[int], language: str) -> list[CaseStudyPage]:
    """The visible pages in ``language`` of these German pages: one query."""
    keys = CaseStudyPage.objects.filter(pk__in=list(sources)).values("translation_key")
    return list(
        CaseStudyPage.objects.visible()
        .in_language(language)
        .filter(translation_key__in=keys)
        .select_related("locale", "alias_of__locale")
    )
