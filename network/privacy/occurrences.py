"""Where somebody is named, with a way to the editor: for whoever answers an objection."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision

from network.privacy.columns import Cell, cells
from network.privacy.needles import Needles

#: So many letters before and after a name show in which sense it stands there.
_AROUND = 70
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\[nrt]")


@dataclass(frozen=True)
class Occurrence:
    """One place that names somebody."""

    kind: str
    title: str
    field: str
    excerpt: str
    url: str
    #: A version nobody sees, a log, a memory: it goes with an erasure by itself.
    is_history: bool
    is_live: bool = False

    @property
    def place(self) -> str:
        return f"{self.kind} „{self.title}“, {self.field}"


def everywhere(needles: Needles, user: Any = None) -> list[Occurrence]:
    """All places: what is online first, history last; one of each kind of text."""
    finder = AdminURLFinder(user)
    found = dict.fromkeys(_made(needles, finder))
    return sorted(found, key=lambda o: (o.is_history, not o.is_live, o.kind, o.title))


def _made(needles: Needles, finder: AdminURLFinder) -> Iterator[Occurrence]:
    seen: set[tuple[str, Any, str]] = set()
    for cell in cells(needles):
        if cell.table.model is None:
            continue
        row = cell.table.model._base_manager.filter(pk=cell.key).first()
        if row is None:
            continue
        mark = (cell.table.name, cell.key, cell.column)
        if mark in seen:
            continue
        seen.add(mark)
        yield _occurrence(cell, row, needles, finder)


def _occurrence(
    cell: Cell, row: Model, needles: Needles, finder: AdminURLFinder
) -> Occurrence:
    owner, is_history = _owner(row)
    field = cell.table.field(cell.column)
    return Occurrence(
        kind=str(_kind(owner)._meta.verbose_name),
        title=_title(owner),
        field=str(getattr(field, "verbose_name", cell.column)),
        excerpt=excerpt(cell.text, needles),
        url=finder.get_edit_url(owner) or "",
        is_history=is_history,
        is_live=bool(getattr(owner, "live", False)),
    )


def _owner(row: Model) -> tuple[Model, bool]:
    """What an editor would open: of a version, the entry; of a part, the whole."""
    if isinstance(row, Revision):
        return row.content_object or row, True
    if isinstance(row, Page):
        return row.specific_deferred, False
    if finder_knows(row):
        return row, False
    for name in ("page", "source", "person", "organisation", "case", "method"):
        owner = getattr(row, name, None)
        if isinstance(owner, Model):
            return owner, False
    return row, True


def finder_knows(row: Model) -> bool:
    """Whether rows of this kind have an editor of their own."""
    return bool(AdminURLFinder().get_edit_url(row))


def _kind(row: Model) -> type[Model]:
    return row.specific_class if isinstance(row, Page) else type(row)


def _title(row: Model) -> str:
    text = str(row)
    return text if len(text) <= 80 else f"{text[:80]}…"


def excerpt(text: str, needles: Needles) -> str:
    """The name with some words around, readable whatever the text is kept in."""
    match = needles.pattern.search(text)
    if match is None:
        return ""
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    part = _readable(text[start:end])
    return f"{'…' if start else ''}{part}{'…' if end < len(text) else ''}"


def _readable(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else " "

    plain = html.unescape(_TAG.sub(" ", _ESCAPE.sub(letter, text)))
    return " ".join(plain.replace('", "', " · ").split())
