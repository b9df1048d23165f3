"""A subject: which models it holds, how a row becomes an object and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from .build import columns_of
from .columns import Column, language_gaps
from .constraints import check_constraints, unique_sets
from .problems import Problem, WrongValue
from .refs import References
from .rows import ChildrenColumn, ReverseColumn

if TYPE_CHECKING:
    from .registry import Registry


@dataclass
class Row:
    """One row of a file. ``values`` are the loaded values, once it was checked."""

    file: str
    subject: str
    id: str
    data: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    #: Stands in the file exactly as it was last imported.
    is_known: bool = False

    def problem(self, field_name: str, reason: str) -> Problem:
        return Problem(self.file, self.id, field_name, reason)


class Subject:
    """What every subject answers; pages and records differ in how they are written."""

    registry: Registry
    holds_pages = False
    #: Languages in which a value must be the only one of its kind; "" = no language.
    languages: tuple[str, ...] = ("",)

    def __init__(
        self,
        name: str,
        models_by_kind: Mapping[str, type[models.Model]],
        *,
        order: int,
        id_from: str = "slug_de",
        kind_key: str = "",
        lines: Collection[str] = (),
        exclude: Collection[str] = (),
        children: Collection[str] = (),
        reverse: Collection[str] = (),
        is_private: bool = False,
        is_target: bool = True,
    ) -> None:
        self.name = name
        self.models = dict(models_by_kind)
        self.order = order
        self.id_from = id_from
        self.kind_key = kind_key
        self.lines = lines
        self.exclude = exclude
        self.children = children
        self.reverse = reverse
        #: Rows about people: only invented ones ever leave the house.
        self.is_private = is_private
        #: Whether a row can exist before its links do, so that others can point to it.
        self.is_target = is_target
        self._columns: dict[str, dict[str, Column]] = {}

    @property
    def file_name(self) -> str:
        return f"{self.name}.json"

    # ---- names -----------------------------------------------------------------------

    def space(self, model: type[models.Model]) -> str:
        """Where ids of this model are unique."""
        return self.name

    def token(self, row: Row) -> str:
        """What others write to refer to a row."""
        return row.id

    def token_of(self, obj: Any, stable_id: str) -> str:
        """What others write to refer to an object."""
        return stable_id

    def kind_of(self, obj: Any) -> str:
        """The value of the kind key for an object."""
        for kind, model in self.models.items():
            if isinstance(obj, model):
                return kind
        raise LookupError(f"{obj!r} is no {self.name}")

    def stable_id(self, obj: Any, refs: References) -> str:
        """The id of an object that no file ever named."""
        return str(getattr(obj, self.id_from) or obj.pk)

    # ---- columns ---------------------------------------------------------------------

    def columns(self, kind: str) -> dict[str, Column]:
        """Columns by name; made once, when all models are there."""
        if kind not in self._columns:
            made = self.make_columns(self.models[kind])
            self._columns[kind] = {column.name: column for column in made}
        return self._columns[kind]

    def make_columns(self, model: type[models.Model]) -> list[Column]:
        made = columns_of(model, self.registry, lines=self.lines, exclude=self.exclude)
        made += [self._child(model, name, ChildrenColumn) for name in self.children]
        made += [self._child(model, name, ReverseColumn) for name in self.reverse]
        return made

    def _child(
        self, model: type[models.Model], name: str, column: type[ChildrenColumn]
    ) -> ChildrenColumn:
        relation = next(rel for rel in model._meta.related_objects if rel.name == name)
        inner = columns_of(
            relation.related_model, self.registry, exclude=[relation.field.name]
        )
        return column(relation, inner)

    # ---- reading ---------------------------------------------------------------------

    def kind(self, row: Row) -> str:
        """Which of the subject's models a row is about; ``WrongValue`` if none."""
        if not self.kind_key:
            return next(iter(self.models))
        kind = row.data.get(self.kind_key)
        if kind not in self.models:
            raise WrongValue(f"unbekannter Code „{kind}“", self.kind_key)
        return str(kind)

    def check(self, row: Row) -> list[Problem]:
        """Load every value of a row; what is wrong comes back."""
        try:
            kind = self.kind(row)
        except WrongValue as error:
            return [row.problem(error.path, error.reason)]
        columns = self.columns(kind)
        frame = {"id", self.kind_key}
        problems = [
            row.problem(key, "unbekanntes Feld")
            for key in row.data
            if key not in columns and key not in frame
        ]
        for name, column in columns.items():
            problems += self._load(row, name, column)
        if not problems:
            problems += [row.problem(*found) for found in self.check_row(row, kind)]
        return problems

    def _load(self, row: Row, name: str, column: Column) -> list[Problem]:
        value = column.default
        if name in row.data:
            try:
                value = column.load(row.data[name])
            except WrongValue as error:
                return [row.problem(*found) for found in error.all_under(name)]
        row.values[name] = value
        if column.is_required and column.is_empty(value):
            return [row.problem(name, "fehlt")]
        return []

    def check_row(self, row: Row, kind: str) -> list[tuple[str, str]]:
        """Field and reason of what is wrong between the values of a row."""
        raise NotImplementedError

    def in_order(self, rows: Sequence[Row]) -> list[Row]:
        """Rows in the order in which they can be made."""
        return list(rows)

    def check_deeply(self, row: Row) -> list[Problem]:
        """What takes time: only for rows that are new or changed."""
        return []

    def unique_sets(self, kind: str) -> list[tuple[str, ...]]:
        """Names of columns whose values together occur once."""
        return []

    # ---- database --------------------------------------------------------------------

    def objects(self) -> list[Any]:
        """Everything the database holds of this subject, in order of creation."""
        return [
            obj
            for model in self.models.values()
            for obj in model._base_manager.order_by("pk")
        ]

    def dump(self, objects: Sequence[Any], refs: References) -> dict[Any, dict]:
        """Loaded values of objects, by model and primary key."""
        found: dict[Any, dict[str, Any]] = {}
        for kind, model in self.models.items():
            chosen = [obj for obj in objects if type(obj) is model]
            if chosen:
                found.update(self.dump_kind(kind, chosen, refs))
        return found

    def dump_kind(
        self, kind: str, objects: Sequence[Any], refs: References
    ) -> dict[Any, dict[str, Any]]:
        values: dict[Any, dict[str, Any]] = {(type(o), o.pk): {} for o in objects}
        for name, column in self.columns(kind).items():
            for pk, value in column.dump_all(objects, refs).items():
                values[self.models[kind], pk][name] = value
        return values

    def hold(self, obj: Any) -> str:
        """Why an object must be left alone as a whole; empty if it need not."""
        if not getattr(obj, "live", True):
            return "ist nicht veröffentlicht"
        if getattr(obj, "has_unpublished_changes", False):
            return "ein Entwurf ist in Arbeit"
        return ""

    def make(self, row: Row, refs: References) -> Any:
        """Save what a row can be without links to others; ``None``: only with them."""
        raise NotImplementedError

    def fill(self, row: Row, obj: Any, names: Collection[str], refs: References) -> Any:
        """Write the named values into the object (or a new one) and save it."""
        raise NotImplementedError


class RecordSubject(Subject):
    """Plain rows: language-neutral records, vocabularies, links between things."""

    def __init__(
        self,
        name: str,
        model: type[models.Model] | Mapping[str, type[models.Model]],
        *,
        gaps: Collection[str] = ("slug", "synonyms"),
        required: Collection[str] = ("slug_de",),
        **options: Any,
    ) -> None:
        by_kind = model if isinstance(model, Mapping) else {"": model}
        super().__init__(name, by_kind, **options)
        self.gaps = set(gaps)
        self.required = set(required)

    def make_columns(self, model: type[models.Model]) -> list[Column]:
        made = super().make_columns(model)
        for column in made:
            column.is_required = column.is_required or column.name in self.required
        return made

    def check_row(self, row: Row, kind: str) -> list[tuple[str, str]]:
        found = list(language_gaps(row.values, self.gaps))
        model = self.models[kind]
        obj = model()
        columns = self.columns(kind)
        for name, column in columns.items():
            if not column.is_link:
                column.assign(obj, row.values[name], _NOTHING)
        plain = {c.field_name for c in columns.values() if not c.is_link}
        return found + check_constraints(obj, plain)

    def unique_sets(self, kind: str) -> list[tuple[str, ...]]:
        return unique_sets(self.models[kind], self.columns(kind))

    def make(self, row: Row, refs: References) -> Any:
        if not self.is_target:
            return None
        kind = self.kind(row)
        obj = self.models[kind]()
        columns = self.columns(kind)
        for name, column in columns.items():
            if not column.is_link:
                column.assign(obj, row.values[name], refs)
        obj.full_clean(exclude=[c.field_name for c in columns.values() if c.is_link])
        obj.save()
        return obj

    def fill(self, row: Row, obj: Any, names: Collection[str], refs: References) -> Any:
        kind = self.kind(row)
        obj = obj or self.models[kind]()
        columns = [c for name, c in self.columns(kind).items() if name in names]
        for column in columns:
            if not column.is_late:
                column.assign(obj, row.values[column.name], refs)
        obj.full_clean()
        obj.save()
        for column in columns:
            if column.is_late:
                column.assign(obj, row.values[column.name], refs)
        if getattr(obj, "latest_revision_id", None):
            obj.save_revision().publish()
        return obj


_NOTHING = References(set())
