"""Cases, rounds and the methods they used."""

from __future__ import annotations

from typing import Any

from casestudies.models import CaseIndexPage, CaseStudyPage, MethodUse, Round

from .hub import section, translation_of


def case_section() -> dict:
    return section(
        CaseIndexPage,
        ("Fallbeispiele", "fallbeispiele"),
        ("Case studies", "case-studies"),
    )


def case(root: dict, slug: str = "coole-zone", **values: Any) -> CaseStudyPage:
    """A case with its English translation; returns the German page."""
    many = {
        key: values.pop(key, ()) for key in ("districts", "topics", "target_groups")
    }
    defaults = {
        "title": slug.replace("-", " ").title(),
        "slug": slug,
        "locale": root["de"].locale,
        "summary": f"Kurztext {slug}.",
        "year_from": 2023,
        "status": "completed",
        "status_documented": True,
    }
    page = CaseStudyPage(**(defaults | values))
    root["de"].add_child(instance=page)
    linked = {key: entries for key, entries in many.items() if entries}
    for key, entries in linked.items():
        getattr(page, key).set(entries)
    if linked:
        page.save()
    translation_of(
        page, title=f"{page.title} EN", slug=f"{slug}-en", summary="In short."
    )
    return CaseStudyPage.objects.get(pk=page.pk)


def round_record(code: str = "2023", **values: Any) -> Round:
    defaults = {
        "code": code,
        "name_de": f"Wiener Klimateam {code}",
        "name_en": f"Vienna Climate Team {code}",
        "year_label": code,
        "slug_de": f"klimateam-{code}",
        "slug_en": f"climate-team-{code}",
    }
    return Round.objects.create(**(defaults | values))


def use(case_page: CaseStudyPage, method_page: Any, **values: Any) -> MethodUse:
    return MethodUse.objects.create(case=case_page, method=method_page, **values)
