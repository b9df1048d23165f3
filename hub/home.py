"""The first page: its frame is the hub's, what it shows of a subject that subject adds.

A subject registers one function that returns a ``HomePart``. The first page puts the
parts together and names no subject.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from hub.models import HomePage

MOST_LATEST = 5
STOCK_ORDER = ("method", "case", "organisation", "city")


@dataclass(frozen=True)
class PathCard:
    """One way to start: a few words, what waits there, and the address."""

    order: int
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Stock:
    """How much there is of one kind."""

    kind: str
    count: int
    label: str
    url: str


@dataclass(frozen=True)
class Item:
    """One line of a short list on the first page."""

    kind: str
    title: str
    url: str
    text: str = ""
    note: str = ""
    marker: str = ""
    lang: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Lead:
    """The one case that stands out."""

    item: Item
    label: str
    dates: list[dict[str, str]] = field(default_factory=list)


@dataclass
class HomePart:
    """What one subject adds to the first page."""

    paths: list[PathCard] = field(default_factory=list)
    stock: list[Stock] = field(default_factory=list)
    latest: list[Item] = field(default_factory=list)
    lead: Lead | None = None
    cases: list[Item] = field(default_factory=list)
    outlook: list[Item] = field(default_factory=list)
    #: Addresses by name ("methods", "cities"), for the roles of the office.
    links: dict[str, str] = field(default_factory=dict)


Provider = Callable[["HomePage", HttpRequest], HomePart]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called once by each subject when it is ready."""
    if provider not in _providers:
        _providers.append(provider)


def _roles(links: dict[str, str]) -> list[dict[str, str]]:
    """The five roles of the office; a role links only to what exists."""
    roles = [
        (
            "methods",
            _("Drehscheibe"),
            _("Wissen und Beratung finden"),
            _("Methoden, Fälle und Stellen an einem Ort."),
        ),
        (
            "multipliers",
            _("Beteiligung fördern"),
            _("Menschen erreichen, die selten gefragt werden"),
            _("Stellen und Vereine, denen sie vertrauen."),
        ),
        (
            "cities",
            _("Vernetzen"),
            _("Sehen, was andere Städte tun"),
            _("Von Barcelona bis Zürich, mit Quellen."),
        ),
        (
            "guides",
            _("Innovation"),
            _("Einen Prozess gut gestalten"),
            _("Leitfäden vom Vorhaben bis zur Rückmeldung."),
        ),
        (
            "cases",
            _("Ermöglichen"),
            _("Lernen und weitergeben"),
            _("Was getragen hat, was schwierig blieb."),
        ),
    ]
    return [
        {"eyebrow": eyebrow, "title": title, "text": text, "url": links.get(key, "")}
        for key, eyebrow, title, text in roles
    ]


def context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Everything the template of the first page shows."""
    parts = [provider(page, request) for provider in _providers]
    links: dict[str, str] = {}
    for part in parts:
        links.update(part.links)
    latest = [item for part in parts for item in part.latest if item.changed_at]
    latest.sort(key=lambda item: item.changed_at or datetime.min, reverse=True)
    paths = sorted((card for part in parts for card in part.paths), key=_order)
    return {
        "paths": [card for card in paths if card.url],
        "stock": sorted(
            (entry for part in parts for entry in part.stock if entry.count),
            key=lambda entry: STOCK_ORDER.index(entry.kind),
        ),
        "latest": latest[:MOST_LATEST],
        "lead": next((part.lead for part in parts if part.lead), None),
        "cases": [item for part in parts for item in part.cases],
        "outlook": [item for part in parts for item in part.outlook],
        "roles": _roles(links),
        "links": links,
    }


def _order(card: PathCard) -> int:
    return card.order
