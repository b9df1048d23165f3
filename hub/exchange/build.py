"""Columns of a model, read from the model: a new field is exchanged by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.db import models

from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from modeltranslation.translator import NotRegistered, translator

from hub.fields import ChoiceListField

from .columns import (
    BooleanColumn,
    CodesColumn,
    Column,
    DateColumn,
    LinesColumn,
    NumberColumn,
    TagsColumn,
    TextColumn,
)
from .links import LinkColumn, LinksColumn, PageLinkColumn
from .registry import Registry
from .streams import RichTextColumn, StreamColumn

#: Machinery of Wagtail that is no content.
MACHINERY = {
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "path",
    "depth",
    "numchild",
    "url_path",
    "draft_title",
    "translation_key",
    "latest_revision_created_at",
    "slug_locked",
}

SIMPLE: tuple[tuple[type[models.Field], type[Column]], ...] = (
    (ChoiceListField, CodesColumn),
    (StreamField, StreamColumn),
    (RichTextField, RichTextColumn),
    (models.BooleanField, BooleanColumn),
    (models.DateField, DateColumn),
    (models.IntegerField, NumberColumn),
    (models.FloatField, NumberColumn),
    (models.DecimalField, NumberColumn),
    (models.CharField, TextColumn),
    (models.TextField, TextColumn),
)
#: Never content: times of the machinery and keys.
SKIPPED = (models.AutoField, models.DateTimeField, models.UUIDField)


def columns_of(
    model: type[models.Model],
    registry: Registry,
    *,
    lines: Collection[str] = (),
    exclude: Collection[str] = (),
) -> list[Column]:
    """A column for every field of the model that holds content."""
    translated = _translated_names(model)
    hidden = MACHINERY | set(exclude) | translated
    found = []
    for field in _fields(model):
        if field.name in hidden:
            continue
        column = _column(field, registry, lines)
        if column:
            found.append(column)
    for column in found:
        _require_german(column, model, translated)
    return found


def _require_german(
    column: Column, model: type[models.Model], translated: set[str]
) -> None:
    """Language columns may be empty for the database; the text itself may not."""
    stem, _, code = column.name.rpartition("_")
    if code == settings.LANGUAGE_CODE and stem in translated:
        original: Any = model._meta.get_field(stem)
        column.is_required = not original.blank and not original.has_default()


def _fields(model: type[models.Model]) -> Iterator[models.Field]:
    opts = model._meta
    yield from opts.concrete_fields
    yield from opts.many_to_many
    for field in opts.private_fields:
        if isinstance(field, ClusterTaggableManager):
            yield field


def _translated_names(model: type[models.Model]) -> set[str]:
    """Fields that only mirror one of their language columns (modeltranslation)."""
    try:
        options: Any = translator.get_options_for_model(model)
        return set(options.fields)
    except NotRegistered:
        return set()


def _column(
    field: models.Field, registry: Registry, lines: Collection[str]
) -> Column | None:
    if isinstance(field, ClusterTaggableManager):
        return TagsColumn(field)
    if not field.editable or isinstance(field, SKIPPED):
        return None
    if field.is_relation:
        return _link(field, registry)
    if field.name in lines or field.name.rpartition("_")[0] in lines:
        return LinesColumn(field)
    for kind, column in SIMPLE:
        if isinstance(field, kind):
            return column(field)
    raise TypeError(f"No column for {field!r}: teach hub.exchange.build about it.")


def _link(field: models.Field, registry: Registry) -> Column | None:
    """A column for a relation, if its target is exchanged."""
    model: Any = field.related_model
    if model is Page and isinstance(field, models.ForeignKey):
        return None if field.remote_field.parent_link else PageLinkColumn(field)
    space = registry.space_of(model)
    if space is None:
        return None
    if isinstance(field, models.ManyToManyField):
        return LinksColumn(field, space)
    return LinkColumn(field, space)
