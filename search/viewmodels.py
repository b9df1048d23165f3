"""What the templates of the search show, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from .reasons import Who
from .results import FacetCount, FacetGroup, Hit


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind above the list."""

    label: str
    url: str
    count: int | None
    current: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen filter and the link that removes it."""

    facet: str
    label: str
    url_remove: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet in the form."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet in the form."""

    name: str
    label: str
    first: tuple[Option, ...]
    rest: tuple[Option, ...]
    single: bool = False
    hidden: bool = False

    @classmethod
    def of(cls, group: FacetGroup) -> FacetView:
        """A facet of the results, as the form shows it."""
        return cls(group.name, group.label, _options(group.first), _options(group.rest))

    @property
    def selected(self) -> list[Option]:
        return [o for o in (*self.first, *self.rest) if o.selected]


def _options(values: Sequence[FacetCount]) -> tuple[Option, ...]:
    return tuple(Option(v.value, v.label, v.count, v.is_selected) for v in values)


@dataclass(frozen=True, slots=True)
class FacetForm:
    """What ``components/facets.html`` needs."""

    facets: list[FacetView]
    kept: list[tuple[str, str]]
    active: int

    @property
    def is_filtered(self) -> bool:
        return self.active > 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link with words, its number of hits and its language."""

    label: str
    url: str
    count: int = 0
    language: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pager; 0 is a gap."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """What ``components/pager.html`` needs."""

    number: int
    links: list[PageLink]
    start: int = 1
    url_previous: str = ""
    url_next: str = ""


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with the words around it."""

    hit: Hit
    label: str
    who: Who | None
    #: The language it is in, when that is not the language of the page.
    language: str = ""
    #: Another name of it, when only that one holds a word of the question.
    also: SafeString = SafeString("")  # noqa: RUF009 (an immutable str)


@dataclass(frozen=True, slots=True)
class PromotedView:
    """A recommendation of the editors, and why in a few words."""

    hit: Hit
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a template of the search shows."""

    hits: list[HitView] = field(default_factory=list)
    total: int = 0
    tabs: list[Tab] = field(default_factory=list)
    form: FacetForm | None = None
    chips: list[Chip] = field(default_factory=list)
    reset_url: str = ""
    sorts: list[Link] = field(default_factory=list)
    pager: Pager | None = None
    spelling: Link | None = None
    elsewhere: list[Link] = field(default_factory=list)
    people: list[Who] = field(default_factory=list)
    people_more: Link | None = None
    #: Where to go on for whoever describes a plan.
    planner_url: str = ""
    ways: Ways | None = None
    is_near: bool = False
    is_meant: bool = False
    #: What could be meant, where nothing was found.
    guesses: list[HitView] = field(default_factory=list)
    #: Near in meaning, in other languages.
    foreign: list[HitView] = field(default_factory=list)
    #: State of the list as a query string, when there is anything to export.
    export_query: str = ""
    has_people: bool = False
    promoted: list[PromotedView] = field(default_factory=list)
    #: Other terms that were looked for as well.
    also: tuple[str, ...] = ()
    #: Lot number of the page, by which a click finds its search.
    token: str = ""
    #: For editors: the page that explains these hits.
    explain_url: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways on from a page without results."""

    fewer_words: list[Link] = field(default_factory=list)
    without_filter: list[Chip] = field(default_factory=list)
    #: The same question to the other group.
    other_group: Link | None = None
