"""The parts of a comparison, and the kinds of rows it has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from methods.compare.differences import (
    Range,
    Verdict,
    Words,
    extremes,
    is_known,
    only_here,
    verdict,
)

if TYPE_CHECKING:
    from methods.models import MethodPage


@dataclass(frozen=True)
class Compared:
    """A method and what is not written on its page itself."""

    #: Of the German page, as addresses name it.
    pk: int
    page: MethodPage
    title: str
    url: str
    #: The language of its texts, when that is not the page's.
    lang: str = ""
    cases: int = 0
    goals: Sequence[str] = ()
    target_groups: Sequence[str] = ()
    measures: Sequence[str] = ()
    easy_url: str = ""
    easy_checked: bool = False


@dataclass(frozen=True)
class Cell:
    """What a row says of one method. Without anything it says that nothing is known."""

    text: str = ""
    note: str = ""
    #: What sets this one apart, in words: "am kürzesten".
    mark: str = ""
    items: Sequence[str] = ()
    #: Entries that no other of the compared methods has.
    only: Sequence[str] = ()
    html: str = ""
    url: str = ""
    level: int = 0
    #: The language of the text, when that is not the page's.
    lang: str = ""
    #: Whose cell this is, for narrow screens where no column says so.
    of: str = ""
    of_lang: str = ""


@dataclass(frozen=True)
class Row:
    """One point of comparison."""

    label: str
    cells: Sequence[Cell]
    verdict: Verdict | None = None
    note: str = ""
    #: An editorial estimate: marked "Richtwert".
    guide: bool = False
    #: Sentences and lists: the cells need room.
    is_wide: bool = False

    @property
    def may_differ(self) -> bool:
        return self.verdict is None or self.verdict.may_differ


@dataclass(frozen=True)
class Group:
    """Rows that answer one question."""

    title: str
    rows: Sequence[Row] = field(default_factory=list)


# Kinds of rows ---------------------------------------------------------------------


def row(
    label: Any,
    methods: Sequence[Compared],
    cells: Sequence[Mapping[str, Any]],
    keys: Sequence[Hashable | None] | None = None,
    **more: Any,
) -> Row:
    named = [
        Cell(**cell, of=method.title, of_lang=method.lang)
        for method, cell in zip(methods, cells, strict=True)
    ]
    found = verdict(keys) if keys is not None else None
    return Row(str(label), named, found, **more)


def scale(
    label: Any,
    methods: Sequence[Compared],
    ranges: Sequence[Range],
    cells: Sequence[Mapping[str, Any]],
    words: Words,
    **more: Any,
) -> Row:
    """Values on a scale: the ends of it are named."""
    marked = [
        {**cell, "mark": mark}
        for cell, mark in zip(cells, extremes(ranges, words), strict=True)
    ]
    keys = [bounds if is_known(bounds) else None for bounds in ranges]
    return row(label, methods, marked, keys, **more)


def entries(
    label: Any, methods: Sequence[Compared], lists: Sequence[Sequence[str]]
) -> Row:
    """Sets of words: what only one of them has stands apart."""
    alone = only_here(lists)
    cells = [
        {"items": [entry for entry in listed if entry not in own], "only": own}
        for listed, own in zip(lists, alone, strict=True)
    ]
    keys = [frozenset(found) or None for found in lists]
    return row(label, methods, cells, keys, is_wide=True)


def sentences(
    label: Any,
    methods: Sequence[Compared],
    cell: Callable[[MethodPage], Mapping[str, Any]],
) -> Row:
    """Sentences: they always differ, so nothing is said of that."""
    cells = [{**cell(method.page), "lang": method.lang} for method in methods]
    return row(label, methods, cells, is_wide=True)
