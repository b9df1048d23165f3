"""What the first page shows of the network: whom to ask, and a look at other cities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from hub.addresses import section_address
from hub.home import HomePart, Item, PathCard, Stock
from network import words
from network.models import NetworkPage, Organisation, PartnerCity

if TYPE_CHECKING:
    from hub.models import HomePage

MOST_OUTLOOK = 3


def part(page: HomePage, request: HttpRequest) -> HomePart:
    """Whom to ask, how many there are, and three cities to look at."""
    base = section_address(NetworkPage._meta.label, page.language).path
    if not base:
        return HomePart()
    with translation.override(page.language):
        multipliers = f"{base}{words.MULTIPLIERS}/"
        cities = f"{base}{words.PARTNER_CITIES}/"
    organisations = Organisation.objects.visible().current().filter(is_demo=False)
    parties = organisations.count()
    others = PartnerCity.objects.visible().count()
    shown = PartnerCity.objects.visible().filter(kind="city").exclude(summary=None)
    return HomePart(
        paths=[
            PathCard(
                3,
                _("Ich frage"),
                _("Wer Erfahrung hat, mit Gründen statt mit Titeln."),
                base,
            )
        ],
        stock=[
            Stock(
                "organisation",
                parties,
                npgettext(
                    "Anzahl",
                    "Dienststelle oder Partner",
                    "Dienststellen und Partner",
                    parties,
                ),
                base,
            ),
            Stock(
                "city",
                others,
                npgettext(
                    "Anzahl", "Stadt oder Netzwerk", "Städte und Netzwerke", others
                ),
                cities,
            ),
        ],
        outlook=[
            Item(
                kind="city",
                title=city.label,
                url=city.get_url(page.language),
                text=city.summary or "",
            )
            for city in shown.order_by("-last_published_at", "pk")[:MOST_OUTLOOK]
        ],
        links={"network": base, "multipliers": multipliers, "cities": cities},
    )
