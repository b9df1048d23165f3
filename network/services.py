"""What the pages of the network ask of the database, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch

from wagtail.models import Page

from hub.formats import years_text
from hub.models import HubPageQuerySet
from network.choices import BASIS_ICONS, Basis
from network.models import (
    Involvement,
    Membership,
    Organisation,
    Person,
    Programme,
    ProgrammeParty,
)

#: The office advises whoever asks; it never leads a list of others.
OFFICE_SLUG = "buero-fuer-mitwirkung"

#: Columns that ``label`` and ``get_url`` of an organisation read.
ORGANISATION_COLUMNS = (
    "code",
    "name_de",
    "name_en",
    "slug_de",
    "slug_en",
    "kind",
    "is_multiplier",
    "is_demo",
    "parent_id",
    "successor_id",
)


# Pages in the language of the reader -------------------------------------------


def pages_in_language(sources: Collection[Page], language: str) -> dict[int, Page]:
    """Visible pages in ``language`` by the id of their German page: one query."""
    return pages_by_key({page.translation_key: page.pk for page in sources}, language)


def pages_by_key(keys: Mapping[Any, int], language: str) -> dict[int, Page]:
    """The same for whoever knows the keys: translation key → id of the German page."""
    if not keys:
        return {}
    found = (
        HubPageQuerySet(Page)
        .visible()
        .in_language(language)
        .filter(translation_key__in=list(keys))
        .select_related("locale", "content_type")
    )
    return {keys[page.translation_key]: page for page in found}


def shown_language(page: Page, language: str) -> str:
    """The language of the text when it is not that of the reader: an alias is German."""
    is_foreign = page.alias_of_id is not None and language != settings.LANGUAGE_CODE
    return settings.LANGUAGE_CODE if is_foreign else ""


# Involvements --------------------------------------------------------------------


@dataclass(frozen=True)
class Involved:
    """What a party did in a case or with a method, as its page shows it."""

    title: str
    url: str
    lang: str
    kind: str
    role: str
    years: str
    basis: str
    source_page_id: int
    role_code: str = ""
    year: int | None = None
    source_url: str = ""
    confirmed_on: date | None = None

    @property
    def icon(self) -> str:
        return BASIS_ICONS[Basis(self.basis)]

    @property
    def basis_label(self) -> str:
        return str(Basis(self.basis).label)

    @property
    def note(self) -> str:
        """ "hat geleitet, 2024"."""
        return ", ".join(part for part in (self.role, self.years) if part)


@dataclass
class Involvements:
    """Taking part and being in charge are two things and never mixed."""

    participation: list[Involved] = field(default_factory=list)
    duties: list[Involved] = field(default_factory=list)
    #: Rows of others in the same cases and methods.
    others: list[Involvement] = field(default_factory=list)


def involvements_of(party: Organisation | Person, language: str) -> Involvements:
    """What is known of a party and of others beside it, newest first: two queries."""
    column = "person" if isinstance(party, Person) else "organisation"
    theirs = Involvement.objects.filter(**{column: party}).values("page")
    rows = list(
        Involvement.objects.visible()
        .filter(page__in=theirs)
        .select_related("page", "organisation", "person")
        .order_by("-year_from", "pk")
    )
    own = [row for row in rows if getattr(row, f"{column}_id") == party.pk]
    pages = pages_in_language([row.page for row in own], language)
    kept_here = {row.pk for row in own}
    found = Involvements(others=[row for row in rows if row.pk not in kept_here])
    for row in own:
        page = pages.get(row.page_id)
        if page is None:
            continue
        is_duty = row.basis == Basis.RESPONSIBILITY
        kept = found.duties if is_duty else found.participation
        kept.append(_involved(row, page, language))
    return found


def _involved(row: Involvement, page: Page, language: str) -> Involved:
    model = page.content_type.model_class()
    return Involved(
        title=page.title,
        url=page.get_url() or "",
        lang=shown_language(page, language),
        kind=getattr(model, "kind_code", "") or "",
        role="" if row.basis == Basis.RESPONSIBILITY else row.get_role_display(),
        years=years_text(row.year_from, row.year_to),
        basis=row.basis,
        source_page_id=row.page_id,
        role_code=row.role,
        year=row.year_from or row.year_to,
        source_url=row.source_url,
        confirmed_on=row.confirmed_on if row.basis == Basis.CONFIRMED else None,
    )


def participation_counts() -> dict[int, int]:
    """Number of cases and methods with a documented part of an organisation: one query."""
    rows = (
        Involvement.objects.visible()
        .filter(organisation__isnull=False, basis__in=(Basis.SOURCE, Basis.CONFIRMED))
        .values("organisation_id")
        .annotate(pages=Count("page", distinct=True))
    )
    return {row["organisation_id"]: row["pages"] for row in rows}


# People ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """A visible person with the function in one organisation."""

    person: Person
    function: str
    is_lead: bool


def members_of(organisation: Organisation) -> list[Member]:
    """People who may be shown, heads first: two queries."""
    rows = (
        Membership.objects.visible()
        .filter(organisation=organisation)
        .select_related("person")
        .order_by("-is_lead", "person__name")
    )
    return [Member(row.person, row.function or "", row.is_lead) for row in rows]


def visible_memberships() -> Prefetch:
    """Functions of people in organisations everyone may see, for a list of people."""
    rows = Membership.objects.visible().select_related("organisation")
    return Prefetch("memberships", queryset=rows, to_attr="shown_memberships")


# Programmes ------------------------------------------------------------------------


@dataclass(frozen=True)
class ProgrammePart:
    """A programme and what an organisation does in it."""

    programme: Programme
    role: str


def programmes_of(organisation: Organisation) -> list[ProgrammePart]:
    """Programmes an organisation has a part in: one query."""
    rows = (
        ProgrammeParty.objects.filter(
            organisation=organisation, programme__in=Programme.objects.visible()
        )
        .select_related("programme")
        .order_by("programme__name", "pk")
    )
    return [ProgrammePart(row.programme, row.get_role_display()) for row in rows]


# Links a template needs from one record to many ----------------------------------------


def visible_related(manager: Any) -> list[Any]:
    """Visible records of a relation, in their own order: one query."""
    return list(manager.all().visible())
