"""Departments, multipliers, and the page of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext

from hub.facts import Fact, known
from hub.filters import FacetedList
from hub.sorting import SortOrder, collation_key
from network import filters, reach, services, tiles, together, tree, work
from network.choices import (
    MUNICIPAL_KINDS,
    Coverage,
    OrganisationKind,
    SpokenLanguage,
)
from network.contact.ways import way_to
from network.functions import duty_topics_of, functions_of
from network.models import Organisation
from network.views.detail import OTHERS, crumbs, facts_json_ld, render
from network.views.listing import Column, Listing


@dataclass(frozen=True)
class OrganisationEntry:
    """An organisation in a list."""

    record: Organisation
    cases: int
    area: str

    @property
    def area_is_unknown(self) -> bool:
        return self.record.coverage == Coverage.UNKNOWN


def area_text(record: Organisation) -> str:
    """ "wienweit", "10. Favoriten, 11. Simmering" or nothing (reads prefetched rows)."""
    if record.coverage == Coverage.CITY:
        return str(Coverage.CITY.label)
    if record.coverage == Coverage.DISTRICTS:
        return ", ".join(district.label for district in record.districts.all())
    return ""


class OrganisationListing(Listing):
    """What both lists of organisations share."""

    @cached_property
    def counts(self) -> dict[int, int]:
        """Cases and methods an organisation took part in."""
        return services.participation_counts()

    @cached_property
    def codes(self) -> dict[int, str]:
        return dict(self.records.order_by().values_list("pk", "code"))

    def by_name(self, pk: int) -> Any:
        """Numbered departments by their number, all others by name."""
        return collation_key(self.codes.get(pk) or self.names.get(pk, "")), pk

    def by_cases(self, pk: int) -> Any:
        return -self.counts.get(pk, 0), self.by_name(pk)

    @property
    def orders(self) -> list[SortOrder]:
        return [
            SortOrder("", _("Name"), self.by_name),
            SortOrder("mitwirkung", _("Belegte Mitwirkung"), self.by_cases),
        ]

    def load(self, records: QuerySet) -> QuerySet:
        return records.prefetch_related("districts", "topics", "target_groups")

    def entry(self, record: Organisation) -> OrganisationEntry:
        return OrganisationEntry(
            record, self.counts.get(record.pk, 0), area_text(record)
        )

    def columns(self) -> list[Column]:
        return [
            Column("code", _("Kürzel"), lambda e: e.record.code),
            Column("name", _("Name"), lambda e: e.record.name or e.record.name_de),
            Column("kind", _("Art"), lambda e: e.record.get_kind_display()),
            Column("summary", _("Kurztext"), lambda e: e.record.summary or ""),
            Column("topics", _("Themen"), lambda e: _labels(e.record.topics)),
            Column(
                "target_groups",
                _("Zielgruppen"),
                lambda e: _labels(e.record.target_groups),
            ),
            Column("area", _("Gebiet"), lambda e: e.area),
            Column("cases", _("Belegte Mitwirkung"), lambda e: e.cases),
            Column("website", _("Website"), lambda e: e.record.website),
            Column("url", _("Adresse"), lambda e: self.absolute(e.record)),
        ]


def _labels(manager: Any) -> list[str]:
    return [str(entry) for entry in manager.all()]


class DepartmentListing(OrganisationListing):
    """The Magistrat and what belongs to the city: a tree, and a list once filtered."""

    template = "pages/network/departments.html"
    route = "departments"
    title = gettext_lazy("Dienststellen")

    def __init__(self, page: Any, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.export_name = _("dienststellen")

    def get_records(self) -> QuerySet:
        return Organisation.objects.visible().current().departments()

    def get_listing(self) -> FacetedList:
        return filters.departments(self.records, self.request.GET)

    def noun(self, count: int) -> str:
        return npgettext("Anzahl", "Dienststelle", "Dienststellen", count)

    @property
    def shows_tree(self) -> bool:
        """The usual view; any choice makes it a plain list."""
        return not (self.listing.is_filtered or self.order)

    def extra(self) -> dict[str, Any]:
        if not self.shows_tree:
            return {"tree": None}
        records = list(self.records.only(*services.ORGANISATION_COLUMNS))
        records.sort(key=lambda record: self.by_name(record.pk))
        bodies = [r for r in records if r.kind == OrganisationKind.DISTRICT_BODY]
        others = [r for r in records if r.kind != OrganisationKind.DISTRICT_BODY]
        roots = tree.nested(others)
        return {
            "tree": [node for node in roots if node.children],
            "beside": [node for node in roots if not node.children],
            "district_bodies": sorted(bodies, key=_district_number),
        }

    def entries(self, ids: Any) -> list[Any]:
        """The tree names all of them, so its page needs no entries."""
        is_page = not self.request.GET.get("als")
        return [] if is_page and self.shows_tree else super().entries(ids)


def _district_number(record: Organisation) -> tuple[int, str]:
    """ "BV 4" before "BV 10"."""
    digits = "".join(char for char in record.code if char.isdigit())
    return (int(digits) if digits else 99), record.label


class MultiplierListing(OrganisationListing):
    """Who reaches people that are seldom asked."""

    template = "pages/network/multipliers.html"
    route = "multipliers"
    title = gettext_lazy("Multiplikator*innen")

    def __init__(self, page: Any, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.export_name = _("multiplikatorinnen")

    def get_records(self) -> QuerySet:
        return Organisation.objects.visible().current().multipliers()

    def get_listing(self) -> FacetedList:
        return filters.multipliers(self.records, self.request.GET)

    def noun(self, count: int) -> str:
        return npgettext("Anzahl", "Multiplikator*in", "Multiplikator*innen", count)

    def extra(self) -> dict[str, Any]:
        return {"tiles": tiles.tiles(self.listing, filters.AREA)}


def departments(page: Any, request: HttpRequest) -> HttpResponse:
    """The list of departments."""
    return DepartmentListing(page, request).respond()


def multipliers(page: Any, request: HttpRequest) -> HttpResponse:
    """The list of multipliers."""
    return MultiplierListing(page, request).respond()


# One organisation ----------------------------------------------------------------


def show(
    page: Any, request: HttpRequest, slug: str, easy: bool = False
) -> HttpResponse:
    """The page of an organisation at this slug."""
    records = Organisation.objects.visible().prefetch_related("topics", "target_groups")
    return page.serve_record(
        request, records, slug, lambda req, record: _page(page, req, record), easy=easy
    )


def _spoken(record: Organisation) -> str:
    labels = dict(SpokenLanguage.choices)
    return ", ".join(str(labels[c]) for c in record.languages if c in labels)


def facts(record: Organisation) -> list[Fact]:
    """The facts at a glance; what is not known is left out."""
    return known(
        [
            Fact(_("Art"), record.get_kind_display()),
            Fact(_("Themen"), ", ".join(_labels(record.topics))),
            Fact(_("Zielgruppen"), ", ".join(_labels(record.target_groups))),
            Fact(_("Sprachen"), _spoken(record)),
            Fact(_("Telefon"), record.phone),
        ]
    )


def _districts(record: Organisation) -> list[Any]:
    """Districts by name, where it is known that it works in these only."""
    if record.coverage != Coverage.DISTRICTS:
        return []
    return [district for district in record.districts.all() if district.live]


def _page(page: Any, request: HttpRequest, record: Organisation) -> HttpResponse:
    language = page.language
    if record.coverage == Coverage.DISTRICTS:
        prefetch_related_objects([record], "districts")
    involvements = work.involvements(record, language)
    members = services.members_of(record)
    programmes = services.programmes_of(record)
    around = tree.surroundings(record)
    timeline = work.timeline(involvements.participation)
    graph = together.of_organisation(record, language)
    duty_topics = duty_topics_of(record, page.route_url("departments"))
    duties = record.responsibility_list or involvements.duties or duty_topics
    functions = functions_of(record, members)
    is_multiplier = record.is_multiplier
    reached = reach.multiplier(record) if is_multiplier else None
    list_title = _("Multiplikator*innen") if is_multiplier else _("Dienststellen")
    list_route = "multipliers" if is_multiplier else "departments"
    return render(
        page,
        request,
        record,
        "pages/network/organisation_page.html",
        title=record.label,
        social_title=record.label,
        crumbs=crumbs(page, (list_title, list_route)),
        list_url=page.route_url(list_route),
        facts=facts(record),
        area=area_text(record),
        contact=way_to(record, language),
        is_office=record.slug_de == services.OFFICE_SLUG,
        districts=_districts(record),
        involvements=involvements,
        members=members,
        programmes=programmes,
        timeline=timeline,
        graph=graph,
        duty_topics=duty_topics,
        functions=functions,
        reached=reached,
        successor=around.successor,
        is_municipal=record.kind in MUNICIPAL_KINDS,
        predecessors=around.predecessors,
        tree=around.tree,
        robots="noindex" if record.is_demo else "",
        jsonld=facts_json_ld(
            "Organization",
            record,
            language,
            alternateName=record.alias_list,
            sameAs=record.website,
        ),
        toc=[
            ("erreicht", _("Wen sie erreicht"), reached and reached.groups),
            ("aufgaben", _("Zuständig für"), duties),
            ("angebot", _("Was die Stelle anbietet"), record.offers),
            ("zusammenarbeit", _("So arbeitet man gut zusammen"), record.cooperation),
            ("erwartung", _("Was sie erwartet"), record.expectations),
            ("mitwirkung", _("Hat mitgewirkt"), involvements.participation),
            (OTHERS, "", True),
            ("gemeinsam", _("Oft zusammen mit"), graph),
            ("menschen", _("Menschen und Funktionen"), members or functions),
            ("programme", _("Programme und Förderungen"), programmes),
            ("quellen", _("Quellen"), len(record.sources)),
        ],
    )
