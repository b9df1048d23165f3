"""The state of a search page, which is its address. Whatever it says, it is data:
unknown names and values are ignored, numbers out of range lead to the nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from .engines.base import Sort
from .parsing import clean, parse
from .registry import CONTENT, NETWORK, Facet, Registry

QUERY, GROUP, KIND, SORT, PAGE = "q", "was", "art", "sort", "seite"
GROUPS = {"inhalte": CONTENT, "menschen": NETWORK}
#: Values of one facet that are read from an address; more cannot be meant.
MAX_VALUES = 60
#: The text that is shown again and carried on in links.
MAX_SHOWN = 300


@dataclass(frozen=True, slots=True)
class State:
    """What is asked for."""

    query: str = ""
    group: str = CONTENT
    kind: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    def __post_init__(self) -> None:
        if self.sort is Sort.RELEVANCE:
            object.__setattr__(self, "sort", self.usual_sort)

    @property
    def usual_sort(self) -> Sort:
        """Without words nothing fits better than anything else: then it is A–Z."""
        return Sort.RELEVANCE if self.query else Sort.TITLE

    @property
    def choice(self) -> str:
        """The group as addresses write it."""
        return next(word for word, group in GROUPS.items() if group == self.group)

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for yet."""
        return not (self.query or self.kind or self.filters)

    @property
    def active(self) -> int:
        """How many facet values are chosen."""
        return sum(len(values) for values in self.filters.values())

    def pairs(self) -> list[tuple[str, str]]:
        """Parameters of the address, without what is the default."""
        pairs = [(QUERY, self.query[:MAX_SHOWN])] if self.query else []
        if self.group != CONTENT:
            pairs.append((GROUP, self.choice))
        if self.kind:
            pairs.append((KIND, self.kind))
        pairs += [(name, v) for name, values in self.filters.items() for v in values]
        if self.sort is not self.usual_sort:
            pairs.append((SORT, self.sort.value))
        if self.page > 1:
            pairs.append((PAGE, str(self.page)))
        return pairs

    @property
    def url(self) -> str:
        """This state as an address on the same page."""
        query = QueryDict(mutable=True)
        for name, value in self.pairs():
            query.appendlist(name, value)
        return f"?{query.urlencode()}"

    def at(self, page: int) -> State:
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> State:
        return replace(self, sort=sort, page=1)

    def of_kind(self, kind: str) -> State:
        """Another tab. Filters go along; those a kind does not know show nothing."""
        return replace(self, kind=kind, page=1)

    def asking(self, query: str) -> State:
        return replace(self, query=query, page=1)

    def for_group(self, group: str) -> State:
        """The same question to the other group: its kinds and filters are others."""
        return State(query=self.query, group=group)

    def without(self, name: str, value: str) -> State:
        """Without one chosen value."""
        filters = {
            facet: tuple(v for v in values if (facet, v) != (name, value))
            for facet, values in self.filters.items()
        }
        kept = {facet: values for facet, values in filters.items() if values}
        return replace(self, filters=kept, page=1)

    def unfiltered(self) -> State:
        return replace(self, filters={}, page=1)


def read_state(params: QueryDict, registry: Registry) -> State:
    """Read an address."""
    query = clean(params.get(QUERY, ""))
    group = _group(params.get(GROUP, ""), query, registry)
    kind = params.get(KIND, "")
    if kind not in registry.kinds(group):
        kind = ""
    return State(
        query=query,
        group=group,
        kind=kind,
        filters=read_filters(params, facets_of(registry, group)),
        sort=_sort(params.get(SORT, "")),
        page=_page(params.get(PAGE, "")),
    )


def _group(name: str, query: str, registry: Registry) -> str:
    """The group chosen, unless the question names a kind of another ("art:person")."""
    chosen = GROUPS.get(name, CONTENT)
    typed = parse(query, registry.kind_names()).kinds
    groups = [registry.source(kind).group for kind in typed]
    return chosen if chosen in groups or not groups else groups[0]


def facets_of(registry: Registry, group: str) -> list[Facet]:
    """Every facet that a kind of the group fills."""
    sources = [s for s in registry.sources if s.group == group]
    names = dict.fromkeys(name for source in sources for name in source.facets)
    known = registry.facets
    return [known[name] for name in names if name in known]


def shown_facets(registry: Registry, state: State) -> list[Facet]:
    """The facets offered: a tab's own; over all kinds those that several share. One
    that is chosen always shows, so that it can be given up."""
    offered = Counter(
        name
        for source in registry.sources
        if source.group == state.group and state.kind in ("", source.kind)
        for name in source.facets
    )
    least = 1 if state.kind or len(registry.kinds(state.group)) == 1 else 2
    return [
        facet
        for facet in facets_of(registry, state.group)
        if offered[facet.name] >= least or facet.name in state.filters
    ]


def read_filters(
    params: QueryDict, facets: Iterable[Facet]
) -> dict[str, tuple[str, ...]]:
    """The values an address chooses, as far as the facets know them."""
    filters = {}
    for facet in facets:
        given = params.getlist(facet.name)[:MAX_VALUES]
        if not given:
            continue
        labels = facet.labels()
        known = tuple(value for value in dict.fromkeys(given) if value in labels)
        if known:
            filters[facet.name] = known
    return filters


def _sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        return Sort.RELEVANCE


def _page(text: str) -> int:
    """A page number; too long a number means the last page."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(1, int(text[:9]))
