"""Partner cities and networks: a list with a map, and the page of one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext

from hub.facts import Fact, known
from hub.filters import FacetedList
from hub.formats import number
from network import filters, maps
from network.choices import CityKind
from network.models import PartnerCity
from network.views.detail import OTHERS, crumbs, facts_json_ld, render
from network.views.listing import Column, Listing

#: Columns that a dot on the map needs.
PLACE_COLUMNS = ("name_de", "name_en", "slug_de", "slug_en", "latitude", "longitude")


class CityListing(Listing):
    """Cities on a map and all of them, with the networks, as a list."""

    template = "pages/network/cities.html"
    route = "cities"
    title = gettext_lazy("Partnerstädte und Netzwerke")

    def __init__(self, page: Any, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.export_name = _("partnerstaedte")

    def get_records(self) -> QuerySet:
        return PartnerCity.objects.visible()

    @cached_property
    def countries(self) -> dict[str, str]:
        own = f"country_{self.language}"
        rows = self.records.order_by().values_list("country_code", own).distinct()
        return filters.country_labels((code.lower(), name or "") for code, name in rows)

    def get_listing(self) -> FacetedList:
        return filters.cities(self.records, self.countries, self.request.GET)

    def noun(self, count: int) -> str:
        return npgettext("Anzahl", "Stadt oder Netzwerk", "Städte und Netzwerke", count)

    def load(self, records: QuerySet) -> QuerySet:
        return records.prefetch_related("topics")

    def columns(self) -> list[Column]:
        return [
            Column("name", _("Name"), lambda city: city.name or city.name_de),
            Column("kind", _("Art"), lambda city: city.get_kind_display()),
            Column("country", _("Land"), lambda city: city.country or ""),
            Column("summary", _("Kurztext"), lambda city: city.summary or ""),
            Column(
                "topics", _("Themen"), lambda city: [str(t) for t in city.topics.all()]
            ),
            Column("latitude", _("Breite"), lambda city: city.latitude),
            Column("longitude", _("Länge"), lambda city: city.longitude),
            Column("website", _("Website"), lambda city: city.website),
            Column("url", _("Adresse"), self.absolute),
        ]

    def _places(self) -> list[maps.Place]:
        """Cities with a position; those that do not match stay as faint dots."""
        records = self.records.filter(kind=CityKind.CITY, latitude__isnull=False).only(
            *PLACE_COLUMNS
        )
        matching = self.listing.matching
        places = [
            maps.Place(
                latitude=city.latitude,
                longitude=city.longitude,
                name=city.label,
                url=city.get_url(self.language),
                chosen=city.pk in matching,
            )
            for city in records
        ]
        # Northern places first: a name's room is given away from top to bottom.
        return sorted(places, key=lambda place: (-place.latitude, place.longitude))

    def extra(self) -> dict[str, Any]:
        places = self._places()
        letters = [
            pgettext("Himmelsrichtung", "N"),
            pgettext("Himmelsrichtung", "S"),
            pgettext("Himmelsrichtung", "O"),
            pgettext("Himmelsrichtung", "W"),
        ]
        elsewhere = [
            place
            for place in places
            if not maps.EUROPE.contains(place.latitude, place.longitude)
        ]
        return {
            "europe": maps.draw(maps.EUROPE, places, letters),
            "world": maps.draw(maps.WORLD, elsewhere, letters) if elsewhere else None,
            "home": maps.home(maps.EUROPE, maps.WORLD),
            "mapped": len(places),
        }


def listing(page: Any, request: HttpRequest) -> HttpResponse:
    """The list of cities and networks."""
    return CityListing(page, request).respond()


# One city ------------------------------------------------------------------------


def show(
    page: Any, request: HttpRequest, slug: str, easy: bool = False
) -> HttpResponse:
    """The page of a city or network at this slug."""
    return page.serve_record(
        request,
        PartnerCity.objects.visible(),
        slug,
        lambda req, record: _page(page, req, record),
        easy=easy,
    )


def facts(record: PartnerCity) -> list[Fact]:
    """The facts at a glance; what is not known is left out."""
    topics = [str(topic) for topic in record.topics.all()]
    return known(
        [
            Fact(_("Land"), record.country or ""),
            Fact(
                _("Einwohner*innen"),
                number(record.population),
                _("gerundet"),
            ),
            Fact(_("Themen"), ", ".join(topics)),
        ]
    )


def programmes(record: PartnerCity, language: str) -> list[dict[str, str]]:
    """Programmes of the city in one language."""
    return [
        {"name": child.value["name"], "what": child.value[f"what_{language}"]}
        for child in record.programmes
    ]


def _page(page: Any, request: HttpRequest, record: PartnerCity) -> HttpResponse:
    listed = programmes(record, page.language)
    networks = list(record.networks.visible())
    members = list(record.members.visible())
    is_city = record.kind == CityKind.CITY
    return render(
        page,
        request,
        record,
        "pages/network/city_page.html",
        crumbs=crumbs(page, (_("Partnerstädte und Netzwerke"), "cities")),
        facts=facts(record),
        programmes=listed,
        networks=networks,
        members=members,
        jsonld=facts_json_ld(
            "City" if is_city else "Organization",
            record,
            page.language,
            alternateName=record.alias_list,
            sameAs=record.website,
        ),
        toc=[
            ("lernen", _("Was Wien lernen kann"), record.learn_from),
            ("programme", _("Programme"), listed),
            ("verbindung", _("Verbindung zu Wien"), record.relation),
            (OTHERS, "", True),
            ("netzwerke", _("Mitglied in"), networks),
            ("mitglieder", _("Mitglieder"), members),
            ("quellen", _("Quellen"), len(record.sources)),
        ],
    )
