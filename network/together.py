"""With whom a party worked more than once: as a list, and the same as a drawing.

Counted is a documented part in the same cases or methods, by source or confirmed. Of people
nothing is counted unless they chose it, and nobody else is named who did not: it would be
an evaluation of staff.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from network.choices import FieldGroup
from network.models import Consent, Involvement, Organisation, Person
from network.services import Involved
from network.work import DOCUMENTED, Work, documented, involvements

MOST_PARTNERS = 8
#: Size of the drawing, and how far partners stand from the middle.
WIDTH, HEIGHT = 640, 320
REACH_X, REACH_Y = 235, 118
#: Lines are drawn in so many widths.
WIDEST = 3
#: A name beside its circle has room for so many characters.
MOST_LETTERS = 24

Key = tuple[str, int]


@dataclass(frozen=True)
class Partner:
    """Another party and the works shared with it."""

    number: int
    party: Any
    works: list[Involved] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.works)

    @property
    def name(self) -> str:
        return self.party.label

    @property
    def url(self) -> str:
        return self.party.get_url()

    @property
    def short_name(self) -> str:
        """The code, the short name, or as much of the name as there is room for."""
        short = getattr(self.party, "code", "") or getattr(self.party, "short_name", "")
        name = short or self.name
        if len(name) <= MOST_LETTERS:
            return name
        return f"{name[: MOST_LETTERS - 1].rstrip()}…"


@dataclass(frozen=True)
class Node:
    """A partner in the drawing. Numbers are text: templates would localise them."""

    partner: Partner
    x: str
    y: str
    label_y: str


@dataclass(frozen=True)
class Edge:
    """Two that worked together, and how wide the line is."""

    x1: str
    y1: str
    x2: str
    y2: str
    width: int
    is_between: bool = False


@dataclass(frozen=True)
class Graph:
    """A party in the middle, its partners around it, lines for shared works."""

    partners: list[Partner]
    nodes: list[Node]
    edges: list[Edge]
    width: int = WIDTH
    height: int = HEIGHT
    middle_x: str = str(WIDTH // 2)
    middle_y: str = str(HEIGHT // 2)


def of_organisation(record: Organisation, language: str) -> Graph | None:
    """Organisations that took part in the same works. No query beside the timeline's."""
    rows = involvements(record, language).others
    return _graph(
        [row for row in rows if row.organisation_id], documented(record, language)
    )


def of_person(record: Person, language: str) -> Graph | None:
    """The same of a person who chose it: one query; nothing for all others."""
    if FieldGroup.TOGETHER not in record.allowed_groups():
        return None
    rows = involvements(record, language).others
    chose = _who_chose({row.person_id for row in rows if row.person_id})
    return _graph(
        [row for row in rows if row.organisation_id or row.person_id in chose],
        documented(record, language),
    )


def _who_chose(people: set[int]) -> set[int]:
    valid = Consent.objects.valid().filter(
        field_group=FieldGroup.TOGETHER, person__in=people
    )
    return set(valid.values_list("person_id", flat=True))


def _graph(rows: Iterable[Involvement], works: Mapping[int, Work]) -> Graph | None:
    """Those with most documented works in common first."""
    shared: dict[Key, set[int]] = defaultdict(set)
    parties: dict[Key, Any] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        if row.basis in DOCUMENTED and row.page_id in works:
            key = (type(row.party).__name__, row.party.pk)
            parties[key] = row.party
            shared[key].add(row.page_id)
    best = sorted(shared, key=lambda key: (-len(shared[key]), key))[:MOST_PARTNERS]
    partners = [
        Partner(
            number,
            parties[key],
            [work.entry for page, work in works.items() if page in shared[key]],
        )
        for number, key in enumerate(best, start=1)
    ]
    return draw(partners) if partners else None


# The drawing ---------------------------------------------------------------------------


def draw(partners: list[Partner]) -> Graph:
    """Partners on an ellipse, the first at the top, clockwise."""
    places = [_place(index, len(partners)) for index in range(len(partners))]
    middle = (WIDTH / 2, HEIGHT / 2)
    edges = [
        _edge(middle, place, partner.count)
        for place, partner in zip(places, partners, strict=True)
    ]
    edges += _between(partners, places)
    nodes = [
        Node(partner, _text(x), _text(y), _text(y + 36))
        for (x, y), partner in zip(places, partners, strict=True)
    ]
    return Graph(partners, nodes, edges)


def _place(index: int, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * index / count - math.pi / 2
    return (
        WIDTH / 2 + REACH_X * math.cos(angle),
        # A little higher than the middle: names stand below their circles.
        HEIGHT / 2 - 8 + REACH_Y * math.sin(angle),
    )


def _between(partners: list[Partner], places: list[tuple[float, float]]) -> list[Edge]:
    """Partners that shared works with each other, too."""
    pages = [{work.source_page_id for work in partner.works} for partner in partners]
    return [
        _edge(places[one], places[two], len(pages[one] & pages[two]), True)
        for one in range(len(partners))
        for two in range(one + 1, len(partners))
        if pages[one] & pages[two]
    ]


def _edge(
    start: tuple[float, float],
    end: tuple[float, float],
    count: int,
    is_between: bool = False,
) -> Edge:
    ends = (*start, *end)
    return Edge(*(_text(value) for value in ends), min(count, WIDEST), is_between)


def _text(value: float) -> str:
    return f"{value:.1f}"
