"""What other subjects add to the pages of the network.

Cases and methods know the network and not the other way round. They register here what
a city, a programme, a person or a district has to do with them; without them these
pages simply have no such section.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ProfileSection:
    """A section on the page of a record: its place, heading, template and data."""

    id: str
    title: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    #: The record's own description: of a person it takes a consent of its own.
    is_self: bool = False


#: Takes a record and a language; nothing when there is nothing to show.
SectionProvider = Callable[[Any, str], ProfileSection | None]
#: Takes a language; a value per primary key.
ValueProvider = Callable[[str], Mapping[int, Any]]


@dataclass(frozen=True)
class ProfileColumn:
    """A value per record in a list: a number of cases, the years of a round."""

    code: str
    label: Any
    values: ValueProvider
    is_number: bool = True


_sections: dict[str, list[SectionProvider]] = defaultdict(list)
_columns: dict[str, list[ProfileColumn]] = defaultdict(list)


def register_section(kind: str, provider: SectionProvider) -> None:
    """Add a section to the pages of records of a kind (their ``kind_code``)."""
    if provider not in _sections[kind]:
        _sections[kind].append(provider)


def register_column(kind: str, column: ProfileColumn) -> None:
    """Add a column to the list of records of a kind; the same code replaces it."""
    others = [known for known in _columns[kind] if known.code != column.code]
    _columns[kind] = [*others, column]


def sections(record: Any, language: str) -> list[ProfileSection]:
    """What others tell about a record."""
    found = (provider(record, language) for provider in _sections[record.kind_code])
    return [section for section in found if section is not None]


def columns(kind: str) -> list[ProfileColumn]:
    """What others tell about all records of a kind."""
    return list(_columns[kind])
