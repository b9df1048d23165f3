"""Rows about objects of any kind, which no key of the database ties to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class RowsQuerySet(models.QuerySet[Row]):
    """Rows that name what they are about by kind and number."""

    def of(self, kind: str, ids: list[int]) -> Self:
        """All rows of some objects of a kind."""
        return self.filter(kind=kind, object_id__in=ids)

    def forget(self, pks: Sequence[int]) -> None:
        """Delete rows by number, without signals: nothing depends on them."""
        for start in range(0, len(pks), 500):
            rows = self.filter(pk__in=pks[start : start + 500])
            rows._raw_delete(rows.db)
