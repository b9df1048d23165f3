"""Which objects of a kind everyone may see, by number.

Every result page asks this for each kind on it, and to put the question together took
Django five times as long as the answer. So its SQL is written down, once a day and for
each number of objects: whether a consent holds depends on the day.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.utils import timezone, translation

if TYPE_CHECKING:
    from .registry import Source

#: A moment among the values of a question, as databases get it.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:")

#: The name of the database, the SQL, and its values but for the ids.
Question = tuple[str, str, tuple[Any, ...]]


def visible_ids(source: Source, ids: Collection[int]) -> set[int]:
    """Those of the ids that everyone may see now: one query."""
    if not ids:
        return set()
    found = _question(source, len(ids), timezone.localdate(), _language())
    if found is None:
        visible = source.visible().filter(pk__in=ids).order_by()
        return set(visible.values_list("pk", flat=True))
    database, sql, values = found
    with connections[database].cursor() as cursor:
        cursor.execute(sql, (*values, *ids))
        return {pk for (pk,) in cursor.fetchall()}


@lru_cache(maxsize=512)
def _question(
    source: Source, count: int, _day: date, _language: str
) -> Question | None:
    """What asks for so many ids; nothing where it depends on more than the day."""
    numbers = tuple(range(-count, 0))
    asked = source.visible().filter(pk__in=numbers).order_by().values_list("pk")
    sql, values = asked.query.sql_with_params()
    fixed = tuple(values[:-count])
    if tuple(values[-count:]) != numbers or any(_is_moment(value) for value in fixed):
        return None
    return asked.db, sql, fixed


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime) or bool(_MOMENT.match(str(value)))


def _language() -> str:
    return translation.get_language() or ""
