"""Programmes, rules, funding lines, bodies and events."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from hub.facts import Fact, known
from hub.filters import FacetedList
from hub.formats import long_date, years_text
from hub.sorting import SortOrder
from network import filters
from network.choices import FundingStatus
from network.models import Organisation, Programme, ProgrammeParty
from network.views.detail import OTHERS, facts_json_ld, render
from network.views.listing import Column, Listing


class ProgrammeListing(Listing):
    """All programmes, those with open funding marked."""

    template = "pages/network/programmes_page.html"

    def __init__(self, page: Any, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.export_name = _("programme")

    def get_records(self) -> QuerySet:
        return Programme.objects.visible()

    @cached_property
    def stored(self) -> dict[int, Programme]:
        """What decides about order and funding: one query."""
        columns = ("year_from", "year_to", "funding_status", "funding_closes_on")
        return self.records.only(*columns).in_bulk()

    def get_listing(self) -> FacetedList:
        funding = {pk: row.funding_state for pk, row in self.stored.items()}
        return filters.programmes(self.records, funding, self.request.GET)

    def noun(self, count: int) -> str:
        return npgettext(
            "Anzahl", "Programm oder Förderung", "Programme und Förderungen", count
        )

    def by_year(self, pk: int) -> Any:
        row = self.stored[pk]
        return -(row.year_from or row.year_to or 0), self.by_name(pk)

    @property
    def orders(self) -> list[SortOrder]:
        return [
            SortOrder("", _("Name"), self.by_name),
            SortOrder("jahr", _("Neueste zuerst"), self.by_year),
        ]

    def load(self, records: QuerySet) -> QuerySet:
        return records.prefetch_related("topics")

    def columns(self) -> list[Column]:
        return [
            Column("name", _("Name"), lambda row: row.name or row.name_de),
            Column("kind", _("Art"), lambda row: row.get_kind_display()),
            Column("when", _("Wann"), when),
            Column("summary", _("Kurztext"), lambda row: row.summary or ""),
            Column(
                "topics", _("Themen"), lambda row: [str(t) for t in row.topics.all()]
            ),
            Column("funding", _("Förderung"), funding_label),
            Column("closes_on", _("Letzter Tag"), lambda row: row.funding_closes_on),
            Column("website", _("Website"), lambda row: row.website),
            Column("url", _("Adresse"), self.absolute),
        ]


def when(record: Programme) -> str:
    """When it was or is, in words if there are any."""
    return record.when_text or years_text(record.year_from, record.year_to)


def funding_label(record: Programme) -> str:
    """The state of funding today."""
    state = record.funding_state
    return str(FundingStatus(state).label) if state else ""


def listing(page: Any, request: HttpRequest) -> HttpResponse:
    """The list of programmes."""
    return ProgrammeListing(page, request).respond()


# One programme ---------------------------------------------------------------------


def show(
    page: Any, request: HttpRequest, slug: str, easy: bool = False
) -> HttpResponse:
    """The page of a programme at this slug."""
    return page.serve_record(
        request,
        Programme.objects.visible(),
        slug,
        lambda req, record: _page(page, req, record),
        easy=easy,
    )


def facts(record: Programme, language: str) -> list[Fact]:
    """The facts at a glance: kind, time, topics, figures."""
    figures = [
        Fact(child.value[f"label_{language}"], child.value[f"value_text_{language}"])
        for child in record.figures
    ]
    return known(
        [
            Fact(_("Art"), record.get_kind_display()),
            Fact(_("Wann"), when(record)),
            Fact(_("Themen"), ", ".join(str(t) for t in record.topics.all())),
            Fact(
                _("Zielgruppen"), ", ".join(str(g) for g in record.target_groups.all())
            ),
            *figures,
        ]
    )


def funding(record: Programme) -> dict[str, Any] | None:
    """What is known about the money; nothing when it is no funding."""
    if not record.funding_state:
        return None
    closes = record.funding_closes_on
    lines = [
        (_("Für wen"), record.funding_for_whom),
        (_("Wie viel"), record.funding_amount),
        (_("Frist"), record.funding_deadline),
        (_("Letzter Tag"), long_date(closes) if closes else ""),
    ]
    return {
        "state": record.funding_state,
        "is_open": record.funding_state == FundingStatus.OPEN,
        "label": funding_label(record),
        "lines": [(label, text) for label, text in lines if text],
    }


def parties(record: Programme) -> list[ProgrammeParty]:
    """Organisations with their part: one query."""
    return list(
        record.parties.filter(organisation__in=Organisation.objects.visible())
        .select_related("organisation")
        .order_by("pk")
    )


def _page(page: Any, request: HttpRequest, record: Programme) -> HttpResponse:
    involved = parties(record)
    districts = list(record.districts.visible())
    money = funding(record)
    return render(
        page,
        request,
        record,
        "pages/network/programme_page.html",
        crumbs=[{"title": page.title, "url": page.route_url()}],
        facts=facts(record, page.language),
        funding=money,
        parties=involved,
        districts=districts,
        jsonld=facts_json_ld(
            "GovernmentService" if money else "CreativeWork", record, page.language
        ),
        toc=[
            ("text", _("Worum es geht"), record.body),
            ("foerderung", _("Förderung"), money),
            ("beteiligte", _("Wer beteiligt ist"), involved),
            ("bezirke", _("Bezirke"), districts),
            (OTHERS, "", True),
            ("quellen", _("Quellen"), len(record.sources)),
        ],
    )
