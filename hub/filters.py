"""Facets over a small set of rows: pure Python, no query, no model.

A list page loads its rows once (id → codes per facet), hands them over, and gets
back which ids match, what each option would give, and the links that change the
choice. OR within a facet, AND across facets; the counts of a facet ignore its own
selection. What the address says is user input: unknown names and values are ignored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict

PAGE = "seite"
SORT = "reihung"

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True)
class FacetSpec:
    """One facet: parameter, heading, and its codes with labels in display order."""

    name: str
    label: str
    labels: Mapping[str, str]
    #: Only one value at a time (shown as radio buttons).
    single: bool = False
    #: Options shown at once; the rest folds under "weitere". 0 shows all.
    fold_after: int = 0
    #: Shown elsewhere (a band, tabs): the form carries it as hidden fields.
    hidden: bool = False


@dataclass(frozen=True)
class NumberSpec:
    """A number people type ("40 Personen"); a row fits when it lies in its bounds."""

    name: str
    label: str
    bounds: Mapping[int, Bounds]
    hint: str = ""
    maximum: int = 1_000_000

    def fits(self, row: int, value: int) -> bool:
        """Whether ``value`` lies in the bounds of ``row``; an open end fits."""
        low, high = self.bounds.get(row, (None, None))
        if low is None and high is None:
            return False
        return (low is None or low <= value) and (high is None or value <= high)


@dataclass(frozen=True)
class OptionView:
    """One option of a facet as a template shows it."""

    code: str
    label: str
    count: int
    selected: bool
    url_toggle: str


@dataclass(frozen=True)
class FacetView:
    """One facet as a template shows it."""

    name: str
    label: str
    options: list[OptionView]
    single: bool = False
    fold_after: int = 0
    hidden: bool = False

    @property
    def selected(self) -> list[OptionView]:
        """The chosen options."""
        return [option for option in self.options if option.selected]

    @property
    def first(self) -> list[OptionView]:
        """Options shown at once; a chosen one never hides in the fold."""
        if not self.fold_after or len(self.options) <= self.fold_after + 1:
            return self.options
        return [
            option
            for index, option in enumerate(self.options)
            if index < self.fold_after or option.selected
        ]

    @property
    def rest(self) -> list[OptionView]:
        """Options that fold away."""
        first = {option.code for option in self.first}
        return [option for option in self.options if option.code not in first]


@dataclass(frozen=True)
class NumberView:
    """A number field as a template shows it."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True)
class ChipView:
    """One active choice with the link that removes it."""

    name: str
    facet: str
    label: str
    url_remove: str


@dataclass
class FacetedList:
    """What matches, what each option would give, and the links between them."""

    rows: Mapping[int, Mapping[str, Collection[str]]]
    specs: Sequence[FacetSpec]
    params: QueryDict
    numbers: Sequence[NumberSpec] = ()
    #: Other parameters that survive in links and in the form (the sort order, …).
    keep: Sequence[str] = (SORT,)
    _chosen: dict[str, list[str]] = field(init=False)
    _typed: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._chosen = {spec.name: self._read(spec) for spec in self.specs}
        self._typed = dict(self._read_numbers())

    # Reading the address -------------------------------------------------

    def _read(self, spec: FacetSpec) -> list[str]:
        """Known values in the order of the labels, each once."""
        given = self.params.getlist(spec.name)
        if spec.single:
            given = [value for value in given if value in spec.labels][:1]
        wanted = set(given)
        return [code for code in spec.labels if code in wanted]

    def _read_numbers(self) -> Iterable[tuple[str, int]]:
        for spec in self.numbers:
            text = self.params.get(spec.name, "").strip()
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                continue
            value = int(text)
            if 0 < value <= spec.maximum:
                yield spec.name, value

    def selected(self, name: str) -> list[str]:
        """The chosen codes of one facet."""
        return self._chosen.get(name, [])

    # Matching ------------------------------------------------------------

    def _failed(self, row: int) -> list[str]:
        """Names of the conditions this row does not meet."""
        values = self.rows[row]
        failed = [
            spec.name
            for spec in self.specs
            if (chosen := self._chosen[spec.name])
            and not any(code in values.get(spec.name, ()) for code in chosen)
        ]
        failed += [
            spec.name
            for spec in self.numbers
            if spec.name in self._typed and not spec.fits(row, self._typed[spec.name])
        ]
        return failed

    @cached_property
    def _failures(self) -> dict[int, list[str]]:
        return {row: self._failed(row) for row in self.rows}

    @cached_property
    def matching(self) -> set[int]:
        """Ids of the rows that meet every condition."""
        return {row for row, failed in self._failures.items() if not failed}

    @property
    def total(self) -> int:
        """How many rows there are without any filter."""
        return len(self.rows)

    @property
    def is_filtered(self) -> bool:
        """Whether anything is chosen."""
        return bool(self._typed) or any(self._chosen.values())

    @property
    def active(self) -> int:
        """How many choices are active."""
        return len(self._typed) + sum(len(codes) for codes in self._chosen.values())

    # Views for the template ----------------------------------------------

    def _counts(self, name: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for row, failed in self._failures.items():
            if failed and failed != [name]:
                continue
            for code in set(self.rows[row].get(name, ())):
                counts[code] = counts.get(code, 0) + 1
        return counts

    @cached_property
    def _used(self) -> dict[str, set[str]]:
        """Codes that occur in any row: an option that never matches is not offered."""
        used: dict[str, set[str]] = {spec.name: set() for spec in self.specs}
        for values in self.rows.values():
            for name in used:
                used[name].update(values.get(name, ()))
        return used

    def _options(self, spec: FacetSpec) -> list[OptionView]:
        counts = self._counts(spec.name)
        chosen = self._chosen[spec.name]
        return [
            OptionView(
                code=code,
                label=label,
                count=counts.get(code, 0),
                selected=code in chosen,
                url_toggle=self._toggle(spec, code),
            )
            for code, label in spec.labels.items()
            if code in self._used[spec.name] or code in chosen
        ]

    @cached_property
    def facets(self) -> list[FacetView]:
        """Every facet that offers a choice."""
        views = [
            FacetView(
                name=spec.name,
                label=spec.label,
                options=self._options(spec),
                single=spec.single,
                fold_after=spec.fold_after,
                hidden=spec.hidden,
            )
            for spec in self.specs
        ]
        return [view for view in views if view.options]

    def facet(self, name: str) -> FacetView | None:
        """One facet by its name."""
        return next((view for view in self.facets if view.name == name), None)

    @property
    def number_fields(self) -> list[NumberView]:
        """The number fields with what was typed."""
        return [
            NumberView(
                name=spec.name,
                label=spec.label,
                hint=spec.hint,
                value=str(self._typed.get(spec.name, "")),
            )
            for spec in self.numbers
        ]

    @cached_property
    def chips(self) -> list[ChipView]:
        """One chip per active choice."""
        chips = [
            ChipView(spec.name, spec.label, spec.labels[code], self._toggle(spec, code))
            for spec in self.specs
            for code in self._chosen[spec.name]
        ]
        for number in self.numbers:
            if number.name in self._typed:
                typed = {k: v for k, v in self._typed.items() if k != number.name}
                chips.append(
                    ChipView(
                        number.name,
                        number.label,
                        str(self._typed[number.name]),
                        self._url(self._chosen, typed),
                    )
                )
        return chips

    # Links -----------------------------------------------------------------

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters beside the facets that the form carries as hidden fields."""
        given = ((name, str(self.params.get(name, ""))) for name in self.keep)
        return [(name, text[:100]) for name, text in given if text]

    def _query(
        self, chosen: Mapping[str, Sequence[str]], typed: Mapping[str, int]
    ) -> str:
        query = QueryDict(mutable=True)
        for name, codes in chosen.items():
            query.setlist(name, list(codes))
        for name, value in typed.items():
            query[name] = str(value)
        for name, text in self.kept:
            query[name] = text
        return query.urlencode()

    def _url(
        self, chosen: Mapping[str, Sequence[str]], typed: Mapping[str, int]
    ) -> str:
        return "?" + self._query(chosen, typed)

    def _toggle(self, spec: FacetSpec, code: str) -> str:
        """The address with this option added, or removed when it is chosen."""
        now = self._chosen[spec.name]
        if code in now:
            after = [other for other in now if other != code]
        elif spec.single:
            after = [code]
        else:
            after = [other for other in spec.labels if other in now or other == code]
        return self._url({**self._chosen, spec.name: after}, self._typed)

    @property
    def query_without_page(self) -> str:
        """The state of the list as a query string, without the page number."""
        return self._query(self._chosen, self._typed)

    @property
    def query_without_sort(self) -> str:
        """The choices only: what an export or a feed of this list needs."""
        query = QueryDict(self.query_without_page, mutable=True)
        query.pop(SORT, None)
        return query.urlencode()
