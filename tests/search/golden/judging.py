"""Reads the golden queries, asks them, and says which expectations hold.

Django must be set up, the starter content in the database and in the engine's index.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import translation

from wagtail.models import Page

from hub.models import ExchangeItem
from search.parsing import clean
from search.registry import CONTENT, NETWORK, registry
from search.results import Hit
from search.service import run
from search.state import State

FOLDER = Path(__file__).parent
LANGUAGES = ("de", "en")
#: Subjects whose entries stand in the list "Menschen und Stellen".
IN_NETWORK = ("organisations", "people")
#: So many hits of each list are looked at: the first page.
DEPTH = 10

_PLACE = re.compile(r"^(first|top(?P<top>\d+)|not10)$")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that should hold for a query: ``wanted`` are groups of alternatives."""

    text: str
    group: str
    wanted: tuple[tuple[str, ...], ...]
    places: int
    is_absence: bool = False
    #: Known not to hold; why stands in the note and in README.md.
    is_open: bool = False

    def holds(self, lists: dict[str, list[str]]) -> bool:
        """Whether it does, for names in order per list."""
        if not self.wanted:
            return not any(lists.values())
        seen = set(lists[self.group][: self.places])
        met = [not seen.isdisjoint(names) for names in self.wanted]
        return not any(met) if self.is_absence else all(met)


@dataclass(frozen=True, slots=True)
class Row:
    """A query of one language, as its file has it."""

    language: str
    query: str
    kind: str
    note: str
    expectations: tuple[Expectation, ...]


def rows(language: str) -> list[Row]:
    """All golden queries of a language."""
    with open(FOLDER / f"{language}.tsv", encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(
                language,
                line["query"],
                line["kind"],
                line["note"],
                tuple(_expectations(line["expected"])),
            )
            for line in table
        ]


def mark(judged: list[Judged]) -> None:
    """Write into the file of a language which of its expectations do not hold."""
    path = FOLDER / f"{judged[0].row.language}.tsv"
    lines = path.read_text("utf-8").split("\n")
    for number, one in enumerate(judged, start=1):
        cells = lines[number].split("\t")
        marks = dict.fromkeys(one.failed, "!")
        cells[1] = "; ".join(marks.get(e, "") + e.text for e in one.row.expectations)
        lines[number] = "\t".join(cells)
    path.write_text("\n".join(lines), "utf-8")


def _expectations(text: str) -> Iterator[Expectation]:
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        text = part.removeprefix("!").strip()
        yield replace(_expectation(text), is_open=part.startswith("!"))


def _expectation(text: str) -> Expectation:
    if text == "nothing":
        return Expectation(text, CONTENT, (), 0)
    place, _, names = text.partition(":")
    match = _PLACE.match(place)
    wanted = tuple(
        tuple(name.strip() for name in entry.split("|")) for entry in names.split(",")
    )
    groups = {group_of(name) for entry in wanted for name in entry}
    if not match or len(groups) != 1 or not all(map(all, wanted)):
        raise ValueError(f"This is no expectation: {text}")
    places = int(match["top"]) if match["top"] else DEPTH
    if place == "first":
        places = 1
    return Expectation(text, groups.pop(), wanted, places, place == "not10")


def group_of(name: str) -> str:
    """The list in which an entry stands."""
    return NETWORK if name.partition("/")[0] in IN_NETWORK else CONTENT


class Names:
    """Stable ids of the starter content for the keys of the index."""

    def __init__(self) -> None:
        items = ExchangeItem.objects.select_related("content_type")
        self._names = {
            (item.content_type_id, item.object_id): f"{item.subject}/{item.stable_id}"
            for item in items
        }
        self._types = {i.content_type.model_class(): i.content_type_id for i in items}
        sources = Page.objects.filter(locale__language_code="de")
        source_pk = dict(sources.values_list("translation_key", "pk"))
        keys = Page.objects.values_list("pk", "translation_key")
        self._source = {pk: source_pk.get(key, pk) for pk, key in keys}

    def __contains__(self, name: str) -> bool:
        return name in self._names.values()

    def of(self, hit: Hit) -> str:
        """The stable id of what was found; its key when it has none."""
        return self.of_key(hit.key.rpartition(":")[0])

    def of_key(self, key: str) -> str:
        """The same for a key without its language."""
        kind, _, number = key.partition(":")
        model, pk = registry.source(kind).model, int(number)
        if issubclass(model, Page):
            pk = self._source.get(pk, pk)
        return self._names.get((self._types.get(model, 0), pk), key)


@dataclass(frozen=True, slots=True)
class Judged:
    """A golden query with what was found in each list."""

    row: Row
    lists: dict[str, list[str]]
    hits: dict[str, tuple[Hit, ...]]

    @property
    def failed(self) -> list[Expectation]:
        return [e for e in self.row.expectations if not e.holds(self.lists)]


def judge(row: Row, names: Names) -> Judged:
    """Ask both lists of the result page, with the engine of the settings."""
    with translation.override(row.language):
        state = State(query=clean(row.query))
        hits = {
            group: run(state.for_group(group), row.language).hits
            for group in (CONTENT, NETWORK)
        }
    lists = {group: [names.of(hit) for hit in found] for group, found in hits.items()}
    return Judged(row, lists, hits)


def rates(judged: Iterable[Judged]) -> dict[str, dict[str, float | int]]:
    """Expectations and those that hold, per kind of query and over all."""
    counts: dict[str, list[int]] = {}
    for one in judged:
        for expectation in one.row.expectations:
            name = _place(expectation)
            for key in (one.row.kind, f"all {name}", "all"):
                count = counts.setdefault(key, [0, 0])
                count[0] += 1
                count[1] += expectation not in one.failed
    return {
        key: {"expected": total, "held": held, "rate": round(held / total, 3)}
        for key, (total, held) in sorted(counts.items())
    }


def _place(expectation: Expectation) -> str:
    return re.sub(r"\d+$", "", expectation.text.partition(":")[0])
