"""Every column of the database that can hold text, found by introspection.

Tables of models and tables of nobody (a cache, an index of words) alike: what is added
tomorrow is looked at tomorrow, without a list that somebody would have to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from network.privacy.needles import Needles

#: Types of columns that are no text, as far as any of our databases calls them.
_NO_TEXT = re.compile(
    r"int|serial|bool|date|time|real|double|float|numeric|decimal|blob|bytea|uuid|inet"
    r"|interval",
    re.IGNORECASE,
)
#: Tables of the database itself and of the migrations: names of our files only.
_OURS = frozenset({"django_migrations", "sqlite_sequence", "sqlite_stat1"})
_ROWS = 500


@dataclass(frozen=True)
class Table:
    """A table with its columns of text."""

    name: str
    #: Column of the primary key; empty for a table of nobody.
    key: str
    columns: tuple[str, ...]
    model: type[models.Model] | None = None

    def field(self, column: str) -> models.Field | None:
        """The model's field behind a column."""
        if self.model is None:
            return None
        for field in self.model._meta.concrete_fields:
            if field.column == column and field.model is not None:
                return field
        return None


@dataclass(frozen=True)
class Cell:
    """One text in one row."""

    table: Table
    key: Any
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column} ({self.key})"


def tables() -> list[Table]:
    """All tables with their text columns."""
    known = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
    found = []
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in sorted(set(names) - _OURS):
            found.append(_table(cursor, name, known.get(name)))
    return [table for table in found if table.columns]


def _table(cursor: Any, name: str, model: type[models.Model] | None) -> Table:
    columns = [
        (row.name, _type_of(cursor, row))
        for row in connection.introspection.get_table_description(cursor, name)
    ]
    texts = tuple(name for name, kind in columns if not _NO_TEXT.search(kind))
    return Table(name, model._meta.pk.column if model else "", texts, model)


def _type_of(cursor: Any, row: Any) -> str:
    """What the database calls the type; nothing if it has no name for it."""
    kind = row.type_code
    if isinstance(kind, str):
        return kind
    registered = getattr(connection.connection, "adapters", None)
    info = registered.types.get(kind) if registered else None
    return info.name if info else ""


def cells(needles: Needles, within: list[Table] | None = None) -> Iterator[Cell]:
    """Every text that names somebody. Read in one pass; changes are for afterwards."""
    for table in within if within is not None else tables():
        yield from list(_of_table(table, needles))


def _of_table(table: Table, needles: Needles) -> Iterator[Cell]:
    quoted = [connection.ops.quote_name(column) for column in table.columns]
    texts = [f"CAST({column} AS TEXT)" for column in quoted]
    terms = [f"LOWER({text}) LIKE %s" for text in texts for _f in needles.fragments]
    params = [f"%{part}%" for _text in texts for part in needles.fragments]
    if not terms:
        return
    key = connection.ops.quote_name(table.key) if table.key else "NULL"
    name = connection.ops.quote_name(table.name)
    # Names of tables and columns come from the database itself.
    sql = f"SELECT {key}, {', '.join(texts)} FROM {name} WHERE {' OR '.join(terms)}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_ROWS):
            for number, *values in rows:
                yield from _in_row(table, number, values, needles)


def _in_row(
    table: Table, key: Any, values: list[Any], needles: Needles
) -> Iterator[Cell]:
    for column, text in zip(table.columns, values, strict=True):
        if isinstance(text, str) and needles.found_in(text):
            yield Cell(table, key, column, text)


def write(cell: Cell, text: str) -> None:
    """Put another text into a cell, past models, signals and history."""
    name = connection.ops.quote_name(cell.table.name)
    column = connection.ops.quote_name(cell.column)
    key = connection.ops.quote_name(cell.table.key)
    value = "%s::jsonb" if _is_json(cell) else "%s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name} SET {column} = {value} WHERE {key} = %s",  # noqa: S608
            [text, cell.key],
        )


def _is_json(cell: Cell) -> bool:
    field = cell.table.field(cell.column)
    is_json = isinstance(field, models.JSONField)
    return is_json and connection.vendor == "postgresql"
