"""What the search knows of methods and guides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Model, Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, PageViewRestriction

from taggit.models import Tag

from hub.formats import minutes_text, people_text
from hub.models import Goal, InclusionMeasure, TargetGroup, Topic
from hub.noted.entries import Together
from hub.searching import (
    PageSource,
    choice_labels,
    codes,
    entry_names,
    html_text,
    joined,
    meta,
    stream_text,
)
from methods.addresses import compare_address
from methods.choices import Format, Level, Phase
from methods.compare.chosen import MOST
from methods.finder.addresses import finder_address
from methods.finder.asking import TOLD
from methods.finder.reading import LONGEST, read_plan, sounds_like_a_plan
from methods.models import GuidePage, MethodLink, MethodPage
from methods.views import first_level
from network.models import Involvement, Organisation, PartnerCity, Person
from network.search.involved import parts_of, related_to
from network.search.more import add_facets
from search.registry import Facet, registry

#: The facet of parties: with which methods they have worked.
METHOD = "methode"


def _methods_with(field: str) -> Any:
    """Methods in all languages whose German page has this entry."""

    return lambda entry: _methods_by(MethodPage.objects.filter(**{field: entry}))


def _methods_by(sources: Any) -> Iterable[Model]:
    """Methods in all languages, by their German pages."""
    keys = sources.values("translation_key")
    return MethodPage.objects.filter(Q(translation_key__in=keys))


def _other_aliases(page: MethodPage) -> list[str]:
    """What the method is called in other languages: people search with either."""
    siblings = MethodPage.objects.filter(
        translation_key=page.translation_key, live=True, alias_of__isnull=True
    )
    return [name for other in siblings.exclude(pk=page.pk) for name in other.alias_list]


class MethodSource(PageSource):
    """Methods."""

    kind = "method"
    has_parties = True
    label = _("Methode")
    label_plural = _("Methoden")
    icon = "method"
    order = 10
    model = MethodPage
    facets = ("zielgruppe", "form", "stufe", "phase", "ziel", "thema")
    related = {
        Topic: _methods_with("topics"),
        TargetGroup: _methods_with("target_groups"),
        Goal: _methods_with("goals"),
        Tag: _methods_with("tags"),
        **related_to(lambda lookup: _methods_by(MethodPage.objects.filter(**lookup))),
    }

    def values(self, page: MethodPage, source: MethodPage) -> dict[str, Any]:
        topics = list(source.topics.all())
        groups = list(source.target_groups.all())
        goals = list(source.goals.all())
        tags = [tag.name for tag in source.tags.all()] if page.is_source else []
        names = (*page.alias_list, *tags, *page.titles_elsewhere, *_other_aliases(page))
        return {
            "names": names,
            "headings": tuple(entry_names([*goals, *groups, *topics])),
            "body": self._body(page),
            "facets": {
                "zielgruppe": codes(groups),
                "form": tuple(source.formats),
                "stufe": tuple(source.levels),
                "phase": tuple(source.phases),
                "ziel": codes(goals),
                "thema": codes(topics),
            },
            "parties": parts_of(source.pk),
            "details": {"meta": self.noted_meta(page, source)},
        }

    def _body(self, page: MethodPage) -> str:
        return joined(
            html_text(page.how_it_works),
            stream_text(page.steps),
            html_text(page.when_to_use),
            html_text(page.when_not_to_use),
            stream_text(page.strengths),
            stream_text(page.limits),
            stream_text(page.pitfalls),
            html_text(page.inclusion_tips),
            stream_text(page.materials),
            html_text(page.staff),
            page.origin,
        )

    def together(self, pks: Sequence[int], language: str) -> Together | None:
        url = compare_address(pks[:MOST], language)
        text = gettext("Methoden vergleichen")
        if len(pks) > MOST:
            text = gettext("Die ersten vier Methoden vergleichen")
        return Together(text, url) if url else None

    def noted_meta(self, page: MethodPage, source: MethodPage) -> list[dict[str, Any]]:
        level = first_level(source.levels)
        people = people_text(source.group_size_min, source.group_size_max)
        time = minutes_text(source.session_minutes_min, source.session_minutes_max)
        return meta(
            {"text": str(level.label) if level else "", "level": level and level.step},
            {"text": people, "icon": "people"},
            {"text": time, "icon": "clock"},
        )


class GuideSource(PageSource):
    """Guides."""

    kind = "guide"
    label = _("Leitfaden")
    label_plural = _("Leitfäden")
    icon = "book"
    order = 40
    model = GuidePage

    def values(self, page: GuidePage, source: GuidePage) -> dict[str, Any]:
        headings = [child.value["heading"] for child in page.sections]
        return {
            "names": tuple(page.titles_elsewhere),
            "headings": tuple(headings),
            "body": stream_text(page.sections),
            "details": {"meta": self.noted_meta(page, source)},
        }

    def noted_meta(self, page: GuidePage, source: GuidePage) -> list[dict[str, Any]]:
        return meta({"text": source.get_audience_display()})


def methods_of(record: Any) -> dict[str, list[str]]:
    """Methods that a party applied: their German slugs."""
    if not isinstance(record, (Person, Organisation)):
        return {}
    column = type(record).__name__.lower()
    rows = Involvement.objects.participation().filter(**{column: record.pk})
    return {METHOD: _slugs(Q(pk__in=rows.values("page")))}


def methods_named(record: Any) -> dict[str, list[str]]:
    """Methods in the profile of a person or a city: their German slugs."""
    columns = {Person: "person", PartnerCity: "city"}
    column = columns.get(type(record))
    return {METHOD: _slugs(Q(**{f"links__{column}": record.pk}))} if column else {}


def _slugs(found: Q) -> list[str]:
    pages = MethodPage.objects.visible().sources().filter(found)
    return list(pages.order_by("slug").values_list("slug", flat=True).distinct())


def _method_labels() -> dict[str, str]:
    """Titles in the active language by the slug of the German page: two queries."""
    language = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    slugs = dict(
        MethodPage.objects.visible().sources().values_list("translation_key", "slug")
    )
    titles = (
        MethodPage.objects.visible()
        .in_language(language)
        .order_by("title")
        .values_list("translation_key", "title")
    )
    return {slugs[key]: title for key, title in titles if key in slugs}


def _named(column: str) -> Any:
    """The record that a row belongs to."""
    return lambda row: [getattr(row, column)] if getattr(row, column) else []


def _involved(model: type[Model], column: str) -> dict[type[Model], Any]:
    """Whose change changes the methods that a party applied."""
    parties = model._default_manager
    return {
        Involvement: _named(column),
        MethodPage: lambda page: parties.filter(involvements__page=page).distinct(),
    }


def _linked(model: type[Model], column: str) -> dict[type[Model], Any]:
    """Whose change changes the methods of a profile."""
    parties = model._default_manager
    return {
        MethodLink: _named(column),
        MethodPage: lambda page: parties.filter(method_links__method=page).distinct(),
    }


def planner_address(question: str, language: str) -> str:
    """The finder with what a question says of a plan; empty where it is none."""
    answers = read_plan(question, language)
    if not sounds_like_a_plan(question, answers, language):
        return ""
    return finder_address(answers, language, **{TOLD: question[:LONGEST]})


def register() -> None:
    """Called once, when all apps are there."""
    registry.register(MethodSource())
    registry.register(GuideSource())
    registry.register_planner(planner_address)
    # The finder holds methods and vocabularies in memory.
    registry.register_labels(MethodPage, Goal, TargetGroup, InclusionMeasure)
    # Wagtail may save a page as what all pages are; a restriction hides titles.
    named = (MethodPage, Page, PageViewRestriction)
    registry.register_facet(Facet(METHOD, _("Methode"), _method_labels, models=named))
    add_facets(
        methods_of,
        {
            "organisation": _involved(Organisation, "organisation"),
            "person": _involved(Person, "person"),
        },
    )
    add_facets(
        methods_named,
        {
            "person": _linked(Person, "person"),
            "city": _linked(PartnerCity, "city"),
        },
    )
    for name, label, choices, in_order in (
        ("form", _("Format"), Format, False),
        ("stufe", _("Stufe"), Level, True),
        ("phase", _("Phase"), Phase, True),
    ):
        registry.register_facet(
            Facet(name, label, lambda choices=choices: choice_labels(choices), in_order)
        )
