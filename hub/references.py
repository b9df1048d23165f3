"""Short names for entries in addresses: ``method-12`` is the method whose German page has
the number 12. The same in every language, and still right after a renaming.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

#: Numbers of rows have at most 19 digits in every database.
_REFERENCE = re.compile(r"(?P<kind>[a-z_]{1,30})-(?P<pk>[1-9][0-9]{0,17})", re.ASCII)


class Reference(NamedTuple):
    """One entry: its kind as in the search ("method", "person" …) and the number of its
    record, or of its German page."""

    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.pk}"


def read_references(values: Iterable[str]) -> tuple[list[Reference], int]:
    """References in the order given, each once; and how many values were none."""
    found: dict[Reference, None] = {}
    unreadable = 0
    for value in values:
        match = _REFERENCE.fullmatch(value.strip())
        if match is None:
            unreadable += 1
        else:
            found[Reference(match["kind"], int(match["pk"]))] = None
    return list(found), unreadable
