"""Pages: one row for a German page and its English translation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import models

from wagtail.models import Locale, Page

from wagtail_localize.fields import TranslatableField, get_translatable_fields

from . import translations
from .columns import Column
from .constraints import check_constraints
from .pairs import PairColumn
from .parallel import parallel_problems
from .problems import Problem, WrongValue
from .refs import References
from .subjects import Row, Subject

SOURCE = settings.LANGUAGE_CODE
TARGET = "en"


class ParentColumn(Column):
    """The page above; only pages of free order name one."""

    is_link = True

    def __init__(self, space: str) -> None:
        self.name = "parent"
        self.space = space
        self.is_required = False

    field_name = "parent"
    is_unique = False
    default = None

    def load(self, value: Any) -> str | None:
        if value is not None and (not isinstance(value, str) or not value):
            raise WrongValue("muss die Kennung einer Seite sein oder null")
        return value

    def references(self, value: Any) -> Any:
        return iter([(self.space, value)] if value else [])

    def dump_all(self, objects: Sequence[Any], refs: References) -> dict[int, Any]:
        steps = {page.pk: page.path[: -Page.steplen] for page in objects}
        above = dict(
            Page.objects.filter(path__in=set(steps.values())).values_list("path", "pk")
        )
        return {
            pk: refs.token(self.space, above.get(path, 0)) for pk, path in steps.items()
        }

    def assign(self, obj: Any, value: str | None, refs: References) -> None:
        """Nothing to set: the tree is written by ``make`` and ``fill``."""


class PageSubject(Subject):
    """Pages of one kind under their list page, or of several kinds in a tree."""

    holds_pages = True
    languages = (SOURCE, TARGET)

    def __init__(
        self,
        name: str,
        model: type[Page] | Mapping[str, type[Page]],
        *,
        parent: type[Page] | None = None,
        **options: Any,
    ) -> None:
        by_kind = model if isinstance(model, Mapping) else {"": model}
        super().__init__(name, by_kind, **options)
        self.parent = parent

    # ---- columns ---------------------------------------------------------------------

    def make_columns(self, model: type[models.Model]) -> list[Column]:
        translated = {
            field.field_name
            for field in get_translatable_fields(model)
            if isinstance(field, TranslatableField)
        }
        made: list[Column] = []
        for column in super().make_columns(model):
            is_pair = column.name in translated
            made.append(PairColumn(column) if is_pair else column)
        if self.parent is None:
            made.append(ParentColumn(self.name))
        return made

    def pairs(self, kind: str) -> dict[str, PairColumn]:
        """The columns with one text per language."""
        columns = self.columns(kind).values()
        return {c.name: c for c in columns if isinstance(c, PairColumn)}

    # ---- reading ---------------------------------------------------------------------

    def has_translation(self, row: Row) -> bool:
        """Whether a row holds English text; without, its page becomes an alias."""
        pairs = self.pairs(self.kind(row))
        return any(row.values[name].get(TARGET) for name in pairs)

    def check_row(self, row: Row, kind: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        if self.has_translation(row):
            for name, pair in self.pairs(kind).items():
                found += [(name, reason) for reason in pair.gaps(row.values[name])]
        plain: set[str] = set()
        obj = self.models[kind]()
        for name, column in self.columns(kind).items():
            if not column.is_link and not isinstance(column, PairColumn):
                column.assign(obj, row.values[name], References(set()))
                plain.add(column.field_name)
        return found + check_constraints(obj, plain)

    def check_deeply(self, row: Row) -> list[Problem]:
        if not self.has_translation(row):
            return []
        kind = self.kind(row)
        found = parallel_problems(self.models[kind], self.pairs(kind), row.values)
        return [row.problem(name, reason) for name, reason in found]

    def unique_sets(self, kind: str) -> list[tuple[str, ...]]:
        return [("slug",)] if self.parent else [("parent", "slug")]

    def stable_id(self, obj: Any, refs: References) -> str:
        return str(obj.slug)

    def in_order(self, rows: Sequence[Row]) -> list[Row]:
        if self.parent is not None:
            return list(rows)
        above = {row.id: row.data.get("parent") for row in rows}
        return sorted(rows, key=lambda row: _depth(row.id, above))

    # ---- database --------------------------------------------------------------------

    def objects(self) -> list[Any]:
        return [
            page
            for model in self.models.values()
            for page in model._base_manager.filter(
                locale__language_code=SOURCE
            ).order_by("path")
        ]

    def dump_kind(
        self, kind: str, objects: Sequence[Any], refs: References
    ) -> dict[Any, dict[str, Any]]:
        model = self.models[kind]
        others = translations.real_translations(model, objects)
        values: dict[Any, dict[str, Any]] = {(model, o.pk): {} for o in objects}
        for name, column in self.columns(kind).items():
            if isinstance(column, PairColumn):
                dumped = column.dump_pairs(objects, others, refs)
            else:
                dumped = column.dump_all(objects, refs)
            for pk, value in dumped.items():
                values[model, pk][name] = value
        return values

    def hold(self, obj: Any) -> str:
        return super().hold(obj) or translations.hold(obj)

    # ---- writing ---------------------------------------------------------------------

    def make(self, row: Row, refs: References) -> Any:
        kind = self.kind(row)
        page = self.models[kind](
            live=False, locale=Locale.objects.get(language_code=SOURCE)
        )
        columns = self.columns(kind)
        self._assign(page, row, [c for c in columns.values() if not c.is_link], refs)
        self._above(row, refs).add_child(instance=page)
        return page

    def _above(self, row: Row, refs: References) -> Page:
        if self.parent is not None:
            above = self.parent._base_manager.filter(locale__language_code=SOURCE)
            return above.order_by("path").first() or _missing_parent(self.parent)
        token = row.values["parent"]
        if token is None:
            return Page.objects.get(depth=1)
        return Page.objects.get(pk=refs.pk(self.name, token))

    def _assign(
        self, page: Any, row: Row, columns: Collection[Column], refs: References
    ) -> None:
        for column in columns:
            column.assign(page, row.values[column.name], refs)

    def fill(self, row: Row, obj: Any, names: Collection[str], refs: References) -> Any:
        columns = [c for n, c in self.columns(self.kind(row)).items() if n in names]
        # Read again: pages made below it since have changed its place in the tree.
        obj = type(obj)._base_manager.get(pk=obj.pk)
        self._assign(obj, row, [c for c in columns if not c.is_late], refs)
        if "parent" in names:
            self._move(obj, row, refs)
        obj.save_revision().publish()
        page = type(obj)._base_manager.get(pk=obj.pk)
        self._assign(page, row, [c for c in columns if c.is_late], refs)
        self._translate(page, row, names, refs)
        return page

    def _move(self, page: Any, row: Row, refs: References) -> None:
        above = self._above(row, refs)
        if page.get_parent().pk == above.pk:
            return
        page.move(above, pos="last-child")
        page.refresh_from_db(fields=["path", "depth", "url_path"])
        locale = Locale.objects.get(language_code=TARGET)
        other = page.get_translation_or_none(locale)
        target = above.get_translation_or_none(locale)
        if other and target:
            other.move(target, pos="last-child")

    def _translate(
        self, page: Any, row: Row, names: Collection[str], refs: References
    ) -> None:
        locale = Locale.objects.get(language_code=TARGET)
        if not self.has_translation(row):
            if not page.has_translation(locale):
                page.copy_for_translation(locale, copy_parents=True, alias=True)
            return
        english = type(page)(locale=locale)
        pairs = self.pairs(self.kind(row))
        for name in names:
            if name in pairs:
                pairs[name].assign_target(english, row.values[name], refs)
        translations.write(page, english, set(names) & set(pairs), locale)


def _missing_parent(model: type[Page]) -> Page:
    raise LookupError(f"Es gibt noch keine Seite „{model._meta.verbose_name}“.")


def _depth(token: str, above: Mapping[str, str | None]) -> int:
    """How many pages stand above; a circle ends by itself."""
    seen: set[str] = set()
    parent: str | None = token
    while parent is not None and parent not in seen:
        seen.add(parent)
        parent = above.get(parent)
    return len(seen)
