"""Write every subject in the format the import reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from .columns import Column
from .links import LinkColumn
from .reader import FORMAT
from .registry import Registry
from .registry import registry as all_subjects
from .state import State
from .subjects import Subject

Name = tuple[str, str]


def to_json(subject: str, rows: list[dict[str, Any]]) -> str:
    """The one way a file is written: keys sorted, one blank per level."""
    content = {"format": FORMAT, "rows": rows, "subject": subject}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class Exporter:
    """Turns the database into files.

    Real content only, or invented only; real people never leave the house this way.
    """

    def __init__(
        self, *, registry: Registry = all_subjects, invented: bool = False
    ) -> None:
        self.registry = registry
        self.invented = invented

    def write(self, folder: Path) -> dict[str, int]:
        """Write one file per subject that has rows; returns how many rows each has."""
        folder.mkdir(parents=True, exist_ok=True)
        written = {}
        for subject, rows in self.rows():
            if rows:
                text = to_json(subject.name, rows)
                (folder / subject.file_name).write_text(text, encoding="utf-8")
                written[subject.name] = len(rows)
        return written

    def rows(self) -> list[tuple[Subject, list[dict[str, Any]]]]:
        """The rows of every subject, as they stand in a file."""
        with translation.override(settings.LANGUAGE_CODE):
            state = State(self.registry)
            real_people = self._real_people(state)
            return [
                (subject, list(self._rows(subject, state, real_people)))
                for subject in self.registry.subjects
            ]

    def _real_people(self, state: State) -> set[Name]:
        return {
            (subject.name, stable_id)
            for subject in self.registry.subjects
            if subject.is_private
            for stable_id, obj in state.held[subject.name].objects.items()
            if not obj.is_demo
        }

    def _rows(
        self, subject: Subject, state: State, real_people: set[Name]
    ) -> Iterator[dict[str, Any]]:
        held = state.held[subject.name]
        dumped = subject.dump(list(held.objects.values()), state.refs)
        for stable_id, obj in held.objects.items():
            kind = subject.kind_of(obj)
            values = dumped[type(obj), obj.pk]
            used = set() if subject.is_target else self._used(subject, kind, values)
            item = held.items.get(stable_id)
            is_invented = getattr(obj, "is_demo", bool(used & state.invented)) or (
                item is not None and item.is_demo
            )
            is_private = used & real_people or (subject.name, stable_id) in real_people
            if is_invented == self.invented and not is_private:
                yield self._row(subject, kind, stable_id, values, state)

    def _used(self, subject: Subject, kind: str, values: dict[str, Any]) -> set[Name]:
        """Everything a row refers to."""
        return {
            name
            for key, column in subject.columns(kind).items()
            for name in column.references(values[key])
        }

    def _row(
        self,
        subject: Subject,
        kind: str,
        stable_id: str,
        values: dict[str, Any],
        state: State,
    ) -> dict[str, Any]:
        row: dict[str, Any] = {"id": stable_id}
        if subject.kind_key:
            row[subject.kind_key] = kind
        for name, column in subject.columns(kind).items():
            value = column.for_file(values[name])
            if value not in (column.default, {}) and not self._is_stray(
                column, value, state
            ):
                row[name] = value
        return row

    def _is_stray(self, column: Column, value: Any, state: State) -> bool:
        """A real page may point to an invented case, but not in its file."""
        return (
            not self.invented
            and isinstance(column, LinkColumn)
            and not state.invented.isdisjoint(column.references(value))
        )
