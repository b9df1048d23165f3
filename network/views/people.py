"""People: only those with a basis for being shown, and only what they agreed to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext

from hub.filters import FacetedList
from hub.models import HubImage
from network import filters, profile, services, together, words, work
from network.choices import FieldGroup, SpokenLanguage
from network.contact.ways import way_to
from network.models import Consent, Membership, Person
from network.views.detail import OTHERS, crumbs, render
from network.views.listing import Listing

#: People are found here, not by search engines.
ROBOTS = "noindex, follow"


@dataclass(frozen=True)
class Function:
    """A function in an organisation."""

    text: str
    organisation: Any

    @property
    def url(self) -> str:
        return self.organisation.get_url()


@dataclass(frozen=True)
class Profile:
    """What may be shown of a person today: nothing else reaches a template."""

    record: Person
    functions: list[Function] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    target_groups: list[str] = field(default_factory=list)
    districts: list[Any] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    has_bio: bool = False
    availability: str = ""
    photo: HubImage | None = None
    website: str = ""

    @property
    def name(self) -> str:
        return self.record.label

    @property
    def url(self) -> str:
        return self.record.get_url()

    @property
    def is_demo(self) -> bool:
        return self.record.is_demo

    @property
    def role(self) -> str:
        """Functions in one line: "Moderation, Beispielstelle"."""
        return "; ".join(f"{f.text}, {f.organisation.label}" for f in self.functions)

    @property
    def has_expertise(self) -> bool:
        return bool(self.topics or self.target_groups or self.districts)


def _spoken(codes: Collection[str]) -> list[str]:
    labels = dict(SpokenLanguage.choices)
    return [str(labels[code]) for code in codes if code in labels]


def _function(row: Membership) -> Function:
    return Function(row.function or row.function_de or "", row.organisation)


def profile_of(record: Person) -> Profile:
    """The part of a person that may be shown (reads prefetched rows)."""
    allowed = record.allowed_groups()
    if FieldGroup.FUNCTION not in allowed:
        return Profile(record)
    shows_profile = FieldGroup.PROFILE in allowed
    return Profile(
        record=record,
        functions=[_function(row) for row in record.shown_memberships],
        topics=_names(record.topics, shows_profile),
        target_groups=_names(record.target_groups, shows_profile),
        districts=list(record.districts.all()) if shows_profile else [],
        has_bio=bool(shows_profile and (record.bio_de or record.bio_en)),
        availability=(record.availability or "") if shows_profile else "",
        languages=_spoken(record.languages) if FieldGroup.LANGUAGES in allowed else [],
        photo=record.photo if FieldGroup.PHOTO in allowed else None,
        website=record.website if FieldGroup.WEBSITE in allowed else "",
    )


def _names(manager: Any, allowed: bool) -> list[str]:
    return [str(entry) for entry in manager.all()] if allowed else []


def with_profile(records: QuerySet) -> QuerySet:
    """People with all that ``profile_of`` reads: a fixed number of queries."""
    return records.select_related("photo").prefetch_related(
        "consents",
        "topics",
        "target_groups",
        "districts",
        services.visible_memberships(),
    )


class PeopleListing(Listing):
    """The list of people. It has no export: people are left out of bulk data."""

    template = "pages/network/people.html"
    route = "people"
    title = gettext_lazy("Personen")

    def get_records(self) -> QuerySet:
        return Person.objects.visible()

    def get_names(self) -> dict[int, str]:
        return dict(self.records.order_by().values_list("pk", "name"))

    @cached_property
    def allowed(self) -> dict[int, set[str]]:
        """Field groups by person: one query."""
        found: dict[int, set[str]] = {}
        rows = Consent.objects.valid().filter(person__in=self.records.values("pk"))
        for pk, group in rows.values_list("person", "field_group"):
            found.setdefault(pk, set()).add(group)
        return found

    def get_listing(self) -> FacetedList:
        return filters.people(self.records, self.allowed, self.request.GET)

    def noun(self, count: int) -> str:
        return npgettext("Anzahl", "Person", "Personen", count)

    def load(self, records: QuerySet) -> QuerySet:
        return with_profile(records)

    def entry(self, record: Person) -> Profile:
        return profile_of(record)

    def extra(self) -> dict[str, Any]:
        return {"robots": ROBOTS}


def listing(page: Any, request: HttpRequest) -> HttpResponse:
    """The list of people."""
    return PeopleListing(page, request).respond()


def show(page: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a person at this slug."""
    return page.serve_record(
        request,
        with_profile(Person.objects.visible()),
        slug,
        lambda req, record: _page(page, req, record),
    )


def _page(page: Any, request: HttpRequest, record: Person) -> HttpResponse:
    shown = profile_of(record)
    involvements = work.involvements(record, page.language)
    sections = profile.sections(record, page.language)
    if FieldGroup.PROFILE not in record.allowed_groups():
        # What people say about themselves is part of the profile.
        sections = [section for section in sections if not section.is_self]
    graph = together.of_person(record, page.language)
    response = render(
        page,
        request,
        record,
        "pages/network/person_page.html",
        profile=shown,
        contact=way_to(record, page.language),
        card_url=f"{record.get_url(page.language)}{words.CARD}/",
        crumbs=crumbs(page, (_("Personen"), "people")),
        involvements=involvements,
        timeline=work.timeline(involvements.participation),
        graph=graph,
        robots=ROBOTS,
        own_data_url=page.route_url("own_data"),
        social_description="",
        sources=[],
        easy=None,
        toc=[
            ("profil", _("Über mich"), shown.has_bio),
            ("mitwirkung", _("Hat mitgewirkt"), involvements.participation),
            (OTHERS, "", True),
            ("gemeinsam", _("Oft zusammen mit"), graph),
        ],
        profile_sections=sections,
    )
    # A profile may be withdrawn at any time: no shared cache keeps it.
    response["Cache-Control"] = "private, no-store"
    return response
