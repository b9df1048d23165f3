"""What cases tell about a method; registered with the subject of methods."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Count

from casestudies import likeness
from casestudies.entries import CaseEntry, case_entries, in_language
from casestudies.figures import FIGURES
from casestudies.models import CaseStudyPage, MethodUse
from hub.sorting import collation_key
from methods.practice import CaseUse, Conditions, FigureRange, LikeCase, Practice

#: What a method took; the money that results were built with says nothing about it.
TELLING = ("participants", "ideas", "sketches", "staff_hours", "cost_eur")


class CasePractice:
    """Counts and lists over the method uses of all visible cases."""

    def counts(self, methods: Collection[int]) -> dict[int, int]:
        """Number of real cases with their own experience, by German method page."""
        rows = (
            MethodUse.objects.visible()
            .own()
            .filter(method__in=list(methods), case__is_demo=False)
            .values("method_id")
            .annotate(cases=Count("case", distinct=True))
        )
        return {row["method_id"]: row["cases"] for row in rows}

    def of(self, method: int, language: str) -> Practice:
        """Practice with one method, in one language."""
        uses = list(
            MethodUse.objects.visible()
            .filter(method=method)
            .select_related("case")
            .order_by("is_inherited", "pk")
        )
        if not uses:
            return Practice()
        pages = in_language([use.case_id for use in uses], language)
        entries = {
            entry.page.translation_key: entry
            for entry in case_entries(pages, None, language)
        }
        own, inherited = self._split(uses, entries)
        real = {use.case for use in uses if not use.is_inherited}
        return Practice(own, inherited, self._figures(real))

    def like(
        self, methods: Collection[int], conditions: Conditions, language: str
    ) -> dict[int, list[LikeCase]]:
        """Cases under like conditions, by German method page."""
        return likeness.like(methods, conditions, language)

    def _split(
        self, uses: Sequence[MethodUse], entries: dict[object, CaseEntry]
    ) -> tuple[list[CaseUse], list[CaseUse]]:
        """Own experience and what came from the round, each case once."""
        found: dict[int, CaseUse] = {}
        for use in uses:
            entry = entries.get(use.case.translation_key)
            if entry is not None and use.case_id not in found:
                found[use.case_id] = self._shown(use, entry)
        ordered = sorted(
            found.values(),
            key=lambda shown: (shown.is_demo, collation_key(shown.title)),
        )
        return (
            [shown for shown in ordered if not shown.is_inherited],
            [shown for shown in ordered if shown.is_inherited],
        )

    def _shown(self, use: MethodUse, entry: CaseEntry) -> CaseUse:
        return CaseUse(
            page_id=use.case_id,
            title=entry.page.title,
            url=entry.url,
            lang=entry.lang,
            marker=entry.marker,
            note=entry.note,
            text=use.note or "",
            is_inherited=use.is_inherited,
            is_demo=entry.page.is_demo,
        )

    def _figures(self, cases: Collection[CaseStudyPage]) -> list[FigureRange]:
        """Ranges over the figures of real cases; invented ones never count."""
        ranges = []
        for name in TELLING:
            known = [
                value
                for case in cases
                if not case.is_demo and (value := getattr(case, name)) is not None
            ]
            if known:
                ranges.append(
                    FigureRange(str(FIGURES[name]), min(known), max(known), len(known))
                )
        return ranges
