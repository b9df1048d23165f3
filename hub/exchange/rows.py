"""Columns whose value is a list of child rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from .columns import Column, language_gaps
from .problems import WrongValue
from .refs import References


class ChildrenColumn(Column):
    """Rows that belong to one object (``ParentalKey``); in the file a list of objects.

    They have no ids of their own: the list counts as one value.
    """

    is_link = True

    def __init__(self, relation: Any, columns: Sequence[Column]) -> None:
        self.relation = relation
        self.model = relation.related_model
        self.foreign_key = relation.field
        self.columns = {column.name: column for column in columns}
        self.name = relation.get_accessor_name()
        self.is_required = False

    @property
    def field_name(self) -> str:
        return self.name

    @property
    def is_unique(self) -> bool:
        return False

    @property
    def default(self) -> list[Any]:
        return []

    def load(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise WrongValue("muss eine Liste sein")
        loaded, wrong = [], []
        for number, row in enumerate(value, start=1):
            try:
                loaded.append(self._load_row(row))
            except WrongValue as error:
                wrong += [
                    WrongValue(reason, path)
                    for path, reason in error.all_under(str(number))
                ]
        if wrong:
            raise WrongValue(wrong[0].reason, wrong[0].path, wrong[1:])
        return self._in_order(loaded)

    def _in_order(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Rows that the database sorts by their values have no order of their own."""
        if self._keeps_order:
            return rows
        return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))

    @property
    def _keeps_order(self) -> bool:
        return list(self.model._meta.ordering or []) == ["pk"]

    def _load_row(self, row: Any) -> dict[str, Any]:
        if not isinstance(row, dict):
            raise WrongValue("muss ein Objekt sein")
        for key in row:
            if key not in self.columns:
                raise WrongValue("unbekanntes Feld", key)
        loaded = {name: self._load_cell(c, row) for name, c in self.columns.items()}
        for name, reason in language_gaps(loaded, set()):
            raise WrongValue(reason, name)
        return loaded

    def _load_cell(self, column: Column, row: dict[str, Any]) -> Any:
        if column.name not in row:
            if column.is_required:
                raise WrongValue("fehlt", column.name)
            return column.default
        try:
            value = column.load(row[column.name])
        except WrongValue as error:
            raise WrongValue(error.reason, column.name) from error
        if column.is_required and column.is_empty(value):
            raise WrongValue("fehlt", column.name)
        return value

    def for_file(self, value: Any) -> Any:
        return [
            {
                name: column.for_file(row[name])
                for name, column in self.columns.items()
                if row[name] != column.default
            }
            for row in value
        ]

    def dump_all(self, objects: Sequence[Any], refs: References) -> dict[int, Any]:
        found: dict[int, list[Any]] = {obj.pk: [] for obj in objects}
        key = self.foreign_key.attname
        rows = self.model._base_manager.filter(**{f"{key}__in": found}).order_by("pk")
        for row in rows:
            found[getattr(row, key)].append(
                {name: c.dump(row, refs) for name, c in self.columns.items()}
            )
        return {pk: self._in_order(rows) for pk, rows in found.items()}

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        for row in value:
            for name, column in self.columns.items():
                yield from column.references(row[name])

    def build(self, value: Any, refs: References) -> list[Any]:
        """Unsaved child objects of a loaded value."""
        made = []
        for row in value:
            child = self.model()
            for name, column in self.columns.items():
                column.assign(child, row[name], refs)
            made.append(child)
        return made

    def assign(self, obj: Any, value: Any, refs: References) -> None:
        setattr(obj, self.name, self.build(value, refs))


class ReverseColumn(ChildrenColumn):
    """Plain rows that point to the object: written after it, not in its revisions."""

    is_late = True
    _keeps_order = True

    def assign(self, obj: Any, value: Any, refs: References) -> None:
        getattr(obj, self.name).all().delete()
        for child in self.build(value, refs):
            setattr(child, self.foreign_key.attname, obj.pk)
            try:
                child.full_clean()
            except ValidationError as error:
                raise ValidationError({self.name: error.messages}) from error
            child.save()
