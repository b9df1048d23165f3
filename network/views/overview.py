"""The first page of the network: what it is, and the ways into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hub.addresses import section_address
from network.choices import CityKind
from network.models import District, Organisation, PartnerCity, Person, Programme
from network.views import answers


@dataclass(frozen=True)
class Entrance:
    """A way into the network."""

    kind: str
    title: str
    text: str
    url: str
    count: int


def entrances(page: Any) -> list[Entrance]:
    """The five kinds with their numbers; the invented are not counted."""
    organisations = Organisation.objects.visible().current().filter(is_demo=False)
    cities = PartnerCity.objects.visible()
    number_of_cities = cities.filter(kind=CityKind.CITY).count()
    number_of_networks = cities.count() - number_of_cities
    return [
        Entrance(
            "organisation",
            _("Dienststellen"),
            _("Wer in der Stadt wofür zuständig ist, mit den Bezirksvorstehungen."),
            page.route_url("departments"),
            organisations.departments().count(),
        ),
        Entrance(
            "people",
            _("Multiplikator*innen"),
            _("Wer Menschen erreicht, die sonst selten gefragt werden."),
            page.route_url("multipliers"),
            organisations.multipliers().count(),
        ),
        Entrance(
            "person",
            _("Personen"),
            _("Wer Erfahrung hat und zugestimmt hat, hier zu stehen."),
            page.route_url("people"),
            Person.objects.visible().filter(is_demo=False).count(),
        ),
        Entrance(
            "city",
            _("Partnerstädte und Netzwerke"),
            _("%(cities)s Städte und %(networks)s Netzwerke, von denen Wien lernt.")
            % {"cities": number_of_cities, "networks": number_of_networks},
            page.route_url("cities"),
            number_of_cities + number_of_networks,
        ),
        Entrance(
            "district",
            _("Bezirke"),
            _("Was in jedem Bezirk geschah, und wer dort die erste Stelle ist."),
            page.route_url("districts"),
            District.objects.visible().count(),
        ),
    ]


def show(page: Any, request: HttpRequest) -> HttpResponse:
    """The overview, or the answers to a question."""
    if answers.is_asked(request):
        return answers.show(page, request)
    programmes_url = section_address("network.ProgrammesPage", page.language).path
    context = page.get_context(request) | {
        "entrances": entrances(page),
        "programmes_url": programmes_url,
        "programmes": Programme.objects.visible().count() if programmes_url else 0,
    }
    return TemplateResponse(request, page.template, context)
