"""What the search knows of cases. People are never named in a case's document: whether
a person may be found is decided by that person's own document alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from casestudies.blocks import is_complete_commitment
from casestudies.choices import CaseStatus
from casestudies.entries import CaseEntry
from casestudies.models import CaseStudyPage, MethodUse, Round
from hub.models import TargetGroup, Topic
from hub.searching import (
    PageSource,
    choice_labels,
    codes,
    entry_names,
    html_text,
    joined,
    meta,
    stream_headings,
    stream_text,
    years,
)
from methods.models import MethodPage
from methods.search import METHOD
from network.models import District, Involvement, Organisation, Person
from network.search.involved import parts_of, related_to
from network.search.more import add_facets
from network.search.shared import numbers
from search.registry import Facet, registry


def _cases_of(pages: Any) -> Iterable[Model]:
    """Cases in all languages, by their German pages."""
    keys = pages.values("translation_key")
    return CaseStudyPage.objects.filter(translation_key__in=keys)


def _cases_with(field: str) -> Any:
    return lambda entry: _cases_of(CaseStudyPage.objects.filter(**{field: entry}))


def _cases_using(method: MethodPage) -> Iterable[Model]:
    key = {"method_uses__method__translation_key": method.translation_key}
    return _cases_of(CaseStudyPage.objects.filter(**key))


class CaseSource(PageSource):
    """Cases."""

    kind = "case"
    has_parties = True
    label = _("Fallbeispiel")
    label_plural = _("Fallbeispiele")
    icon = "case"
    order = 20
    model = CaseStudyPage
    facets = ("zielgruppe", "bezirk", "thema", "jahr", "stand", "runde")
    related = {
        Topic: _cases_with("topics"),
        TargetGroup: _cases_with("target_groups"),
        District: _cases_with("districts"),
        Round: _cases_with("round"),
        **related_to(lambda lookup: _cases_of(CaseStudyPage.objects.filter(**lookup))),
        MethodUse: _cases_with("method_uses"),
        MethodPage: _cases_using,
    }

    def visible_in(self, language: str) -> QuerySet[Any]:
        pages = super().visible_in(language).select_related("locale", "round")
        return pages.prefetch_related(
            "topics", "target_groups", "districts", "involvements", "method_uses"
        )

    def values(self, page: CaseStudyPage, source: CaseStudyPage) -> dict[str, Any]:
        topics = list(source.topics.all())
        groups = list(source.target_groups.all())
        districts = list(source.districts.all())
        return {
            "names": tuple(page.titles_elsewhere),
            "headings": (
                *stream_headings(page.story),
                *(district.label for district in districts),
                *entry_names([*topics, *groups]),
            ),
            "body": self._body(page, source),
            "facets": {
                "zielgruppe": codes(groups),
                "bezirk": numbers(districts),
                "thema": codes(topics),
                "jahr": years(source.year_from, source.year_to),
                "stand": (source.status,),
                "runde": (source.round.code,) if source.round else (),
            },
            "details": {
                "meta": self._meta(page, districts),
                "demo": source.is_demo,
            },
            "parties": parts_of(source.pk),
        }

    def _body(self, page: CaseStudyPage, source: CaseStudyPage) -> str:
        lessons = (c.value["text"] for c in page.lessons if c.value["is_public"])
        promises = (
            c.value["what"] for c in page.commitments if is_complete_commitment(c.value)
        )
        return joined(
            stream_text(page.story),
            html_text(page.results),
            html_text(page.decision),
            "\n".join(lessons),
            "\n".join(promises),
            html_text(page.other_views),
            page.decided_by,
            page.location,
            "\n".join(self._partners(page, source)),
        )

    def _partners(self, page: CaseStudyPage, source: CaseStudyPage) -> Iterable[str]:
        """Organisations that took part and methods used, as far as all may see them.
        Most cases have neither, so the rows of the links decide whether to ask on."""
        parties = {link.organisation_id for link in source.involvements.all()} - {None}
        if parties:
            for organisation in Organisation.objects.visible().filter(pk__in=parties):
                yield organisation.label
        used = {link.method_id for link in source.method_uses.all()}
        if used:
            keys = MethodPage.objects.filter(pk__in=used).values("translation_key")
            methods = MethodPage.objects.visible().in_language(page.language)
            found = methods.filter(translation_key__in=keys)
            yield from found.values_list("title", flat=True)

    def noted_rows(self) -> QuerySet[Any]:
        return self.visible().prefetch_related("districts")

    def noted_meta(
        self, page: CaseStudyPage, source: CaseStudyPage
    ) -> list[dict[str, Any]]:
        return self._meta(page, list(source.districts.all()))

    def _meta(
        self, page: CaseStudyPage, districts: list[District]
    ) -> list[dict[str, Any]]:
        places = [(district.number, district.name) for district in districts]
        entry = CaseEntry(page, "", "", places)
        return meta(
            {"text": entry.place, "icon": "pin"},
            {"text": entry.state},
        )


def _round_labels() -> dict[str, str]:
    return {entry.code: entry.label for entry in Round.objects.visible()}


def methods_used(record: Any) -> dict[str, list[str]]:
    """Methods of the cases that a party took part in: their German slugs. What a case
    inherits from its round is nobody's experience there."""
    if not isinstance(record, (Organisation, Person)):
        return {}
    column = type(record).__name__.lower()
    rows = Involvement.objects.participation().filter(**{column: record.pk})
    uses = MethodUse.objects.visible().own().filter(case__in=rows.values("page"))
    slugs = uses.order_by("method__slug").values_list("method__slug", flat=True)
    return {METHOD: list(slugs.distinct())}


def _experienced(model: type[Model]) -> dict[type[Model], Any]:
    """Whose change changes the methods of the cases that a party took part in."""

    def of(pages: Any) -> Iterable[Model]:
        found = model._default_manager.filter(involvements__page__in=pages)
        return found.distinct()

    return {
        MethodUse: lambda use: of([use.case_id]),
        CaseStudyPage: lambda case: of([case.pk]),
        MethodPage: lambda page: of(page.uses.values("case")),
    }


def register() -> None:
    """Called once, when all apps are there."""
    registry.register(CaseSource())
    add_facets(
        methods_used,
        {
            "organisation": _experienced(Organisation),
            "person": _experienced(Person),
        },
    )
    registry.register_facet(
        Facet("stand", _("Stand"), lambda: choice_labels(CaseStatus), in_order=True)
    )
    registry.register_facet(
        Facet("runde", _("Klimateam-Durchgang"), _round_labels, models=(Round,))
    )
