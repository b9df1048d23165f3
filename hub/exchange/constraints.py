"""What the constraints of a model say about rows that are not in the database yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from .columns import Column
from .problems import reasons


def check_constraints(obj: Any, plain: set[str]) -> list[tuple[str, str]]:
    """What the model's check constraints say about an unsaved object."""
    model = type(obj)
    unknown = {f.name for f in model._meta.concrete_fields} - plain
    found: list[tuple[str, str]] = []
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint):
            continue
        try:
            constraint.validate(model, obj, exclude=unknown)
        except ValidationError as error:
            found += list(reasons(error))
    return found


def unique_sets(
    model: type[models.Model], columns: Mapping[str, Column]
) -> list[tuple[str, ...]]:
    """Single unique fields and unique constraints whose fields are all columns."""
    names = {column.field_name: name for name, column in columns.items()}
    sets: list[tuple[str, ...]] = [
        (name,) for name, column in columns.items() if column.is_unique
    ]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            fields = constraint.fields
            if fields and all(field in names for field in fields):
                sets.append(tuple(names[field] for field in fields))
    return sets
