"""What several sources of the network share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from network.models import District


def having(model: type[Model], field: str) -> Callable[[Any], Iterable[Model]]:
    """Rows of a model that have an entry in a field."""
    return lambda entry: model._default_manager.filter(**{field: entry})


def numbers(districts: Iterable[District]) -> tuple[str, ...]:
    """Districts as codes of their facet."""
    return tuple(str(district.number) for district in districts)
