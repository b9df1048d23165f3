"""What is to happen to a row: three fingerprints per field decide.

The file's value, the present value and the value last imported. A field whose present
value is not the one last imported was changed by an editor and is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hub.models import ExchangeItem

from .checks import RAW
from .hashing import fingerprint
from .subjects import Row, Subject

EDITED = "von der Redaktion geändert"
EDITED_BOTH = "von der Redaktion und in der Datei geändert"


@dataclass
class Plan:
    """One row on its way into the database."""

    subject: Subject
    row: Row
    obj: Any
    item: ExchangeItem | None
    #: Fields to write, and fields left alone with the reason.
    names: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    #: What is remembered afterwards.
    hashes: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    is_created: bool = False

    @property
    def is_new(self) -> bool:
        return self.obj is None and self.item is None

    @property
    def is_gone(self) -> bool:
        """It was imported once and deleted since."""
        return self.obj is None and self.item is not None

    def compare(self, current: dict[str, Any]) -> None:
        """Decide for every field of an object that exists."""
        if self.row.is_known:
            self._compare_known(current)
            return
        last = self.item.field_hashes if self.item else {}
        for name, value in self.row.values.items():
            self._decide(
                name, fingerprint(value), fingerprint(current[name]), last.get(name)
            )

    def _compare_known(self, current: dict[str, Any]) -> None:
        """The file says what it said before: only editors can have changed anything."""
        self.hashes = dict(self.item.field_hashes) if self.item else {}
        for name, value in current.items():
            if self.hashes.get(name) != fingerprint(value):
                self.kept[name] = EDITED

    def _decide(self, name: str, new: str, present: str, last: str | None) -> None:
        if new == present:
            self.hashes[name] = new
        elif present == last or (last is None and self.item is not None):
            self.names.append(name)
            self.hashes[name] = new
        else:
            self.kept[name] = EDITED if new == last else EDITED_BOTH
            if last is not None:
                self.hashes[name] = last

    def make_new(self) -> None:
        """Everything is to be written."""
        self.is_created = True
        self.names = list(self.row.values)
        self.hashes = {
            name: fingerprint(value) for name, value in self.row.values.items()
        }

    def hold(self, reason: str) -> None:
        """Leave the whole row alone."""
        last = self.item.field_hashes if self.item else {}
        for name in self.names:
            self.kept[name] = reason
            self.hashes.pop(name)
            if name in last:
                self.hashes[name] = last[name]
        self.names = []

    def remembered(self) -> dict[str, str]:
        """What to remember: of the row as a whole only when all of it was taken."""
        hashes = {name: h for name, h in self.hashes.items() if name != RAW}
        if not self.kept or self.row.is_known:
            hashes[RAW] = fingerprint(self.row.data)
        return hashes
