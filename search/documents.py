"""What goes into the search: one flat document per thing and language.

A subject turns its objects into documents in its own ``search.py``; the search itself
knows no page type and no record by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple


class Part(NamedTuple):
    """What a party did in a document: the key of the party's own document (without the
    language), the role, the latest year, and on what that rests. ``indirect`` is the
    part of an organisation whose people took part, whoever they are."""

    key: str
    role: str = ""
    year: int | None = None
    basis: str = ""
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing in one language, as the index keeps it.

    ``facets`` hold raw codes per facet name (``{"topic": ("mobility",)}``); ``details``
    are JSON values that a result needs to be shown without a query (labels, ranges).
    ``parties`` say who took part, so that people are ranked without asking the database.
    ``weight`` is a small factor around 1.0 for how far an entry is verified.
    ``is_alone`` says that the same thing is there in no other language.
    """

    kind: str
    object_id: int
    language: str
    title: str
    url: str
    summary: str = ""
    names: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    body: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    changed: date | None = None
    weight: float = 1.0
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    is_person: bool = False
    is_alone: bool = False
    parties: tuple[Part, ...] = ()

    @property
    def key(self) -> str:
        """The document's address in every index: ``kind:object_id:language``."""
        return make_key(self.kind, self.object_id, self.language)


def make_key(kind: str, object_id: int, language: str) -> str:
    """Build a document key; the one place that knows its shape."""
    return f"{kind}:{object_id}:{language}"


def split_key(key: str) -> tuple[str, int, str]:
    """Take a document key apart; raises ``ValueError`` on anything else."""
    kind, object_id, language = key.split(":")
    return kind, int(object_id), language
