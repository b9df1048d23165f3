"""One column of a row each: between a value in a file and a field of a model.

A *loaded* value is the file's value checked and put in one canonical form; only loaded
values are compared, fingerprinted and written.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from .problems import WrongValue
from .refs import References


class Column:
    """What all columns can do; the plain ones need only ``load``."""

    #: Can only be written when every row of every subject exists.
    is_link = False
    #: Is written after the object itself.
    is_late = False
    #: The model field, of whatever kind.
    field: Any

    def __init__(self, field: Any, name: str = "") -> None:
        self.field = field
        self.name = name or field.name
        self.is_required = not field.blank and not field.has_default()

    @property
    def field_name(self) -> str:
        """The model's name of what the column holds."""
        return str(self.field.name)

    @property
    def is_unique(self) -> bool:
        return bool(getattr(self.field, "unique", False))

    @property
    def default(self) -> Any:
        """The loaded value of a key that is missing."""
        return self.show(self.field.get_default())

    def is_empty(self, value: Any) -> bool:
        return value is None or value == "" or value == []

    def load(self, value: Any) -> Any:
        """The canonical form of a file's value, or ``WrongValue``."""
        raise NotImplementedError

    def show(self, stored: Any) -> Any:
        """The canonical form of what the model holds."""
        return stored

    def dump_all(self, objects: Sequence[Any], refs: References) -> dict[int, Any]:
        """The column's loaded value for each object, by primary key."""
        return {obj.pk: self.dump(obj, refs) for obj in objects}

    def dump(self, obj: Any, refs: References) -> Any:
        return self.show(self.field.value_from_object(obj))

    def for_file(self, value: Any) -> Any:
        """What of a loaded value an export writes."""
        return value

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        """Space and id of every row the value refers to."""
        return iter(())

    def assign(self, obj: Any, value: Any, refs: References) -> None:
        """Write a loaded value into the object; late columns: into the database."""
        setattr(obj, self.field.attname, value)

    def validate(self, value: Any) -> None:
        """Run the field's own validators, told as ``WrongValue``."""
        try:
            self.field.run_validators(value)
        except ValidationError as error:
            raise WrongValue(" ".join(error.messages)) from error


class TextColumn(Column):
    """Plain text, addresses, slugs and codes. Nothing and "" are the same."""

    def load(self, value: Any) -> str:
        if value is None and self.field.null:
            return ""
        if not isinstance(value, str):
            raise WrongValue("muss Text sein")
        self._check_length(value)
        codes = [code for code, _label in self.field.flatchoices]
        if value and codes and value not in codes:
            raise WrongValue(f"unbekannter Code „{value}“")
        self.validate(value)
        return value

    def _check_length(self, value: str) -> None:
        limit = self.field.max_length
        if limit and len(value) > limit:
            raise WrongValue(f"zu lang: {len(value)} statt höchstens {limit} Zeichen")

    def show(self, stored: Any) -> str:
        return str(stored) if stored is not None else ""

    def assign(self, obj: Any, value: str, refs: References) -> None:
        setattr(obj, self.field.attname, value or (None if self.field.null else ""))


class LinesColumn(TextColumn):
    """A text with one entry per line; in the file a list."""

    def load(self, value: Any) -> Any:
        lines = [] if value is None else value
        if not isinstance(lines, list):
            raise WrongValue("muss eine Liste von Texten sein")
        for line in lines:
            if not isinstance(line, str) or not line.strip():
                raise WrongValue("enthält einen leeren Eintrag oder keinen Text")
            if line != line.strip() or "\n" in line or "\r" in line:
                raise WrongValue(f"Zeilenumbruch oder Leerzeichen am Rand: „{line}“")
        self._check_length("\n".join(lines))
        return lines

    def show(self, stored: Any) -> Any:
        return [line.strip() for line in (stored or "").splitlines() if line.strip()]

    def assign(self, obj: Any, value: Any, refs: References) -> None:
        super().assign(obj, "\n".join(value), refs)


class NumberColumn(Column):
    """Whole, floating and decimal numbers; in the file a JSON number."""

    def load(self, value: Any) -> Any:
        if value is None and self.field.null:
            return None
        whole = isinstance(self.field, models.IntegerField)
        allowed = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, allowed):
            raise WrongValue("muss eine ganze Zahl sein" if whole else "muss Zahl sein")
        if not math.isfinite(value):
            raise WrongValue("muss eine endliche Zahl sein")
        self.validate(self._stored(value))
        return self.show(self._stored(value))

    def _stored(self, value: Any) -> Any:
        if isinstance(self.field, models.DecimalField):
            return Decimal(str(value))
        return float(value) if isinstance(self.field, models.FloatField) else value

    def show(self, stored: Any) -> Any:
        return float(stored) if isinstance(stored, Decimal) else stored

    def assign(self, obj: Any, value: Any, refs: References) -> None:
        stored = None if value is None else self._stored(value)
        setattr(obj, self.field.attname, stored)


class BooleanColumn(Column):
    def load(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise WrongValue("muss true oder false sein")
        return value


class DateColumn(Column):
    """A day; in the file ``YYYY-MM-DD``."""

    def load(self, value: Any) -> str | None:
        if value is None and self.field.null:
            return None
        if not isinstance(value, str):
            raise WrongValue("muss ein Datum sein (JJJJ-MM-TT)")
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise WrongValue(f"kein Datum: „{value}“ (JJJJ-MM-TT)") from error

    def show(self, stored: Any) -> str | None:
        return stored.isoformat() if stored else None

    def assign(self, obj: Any, value: str | None, refs: References) -> None:
        day = datetime.date.fromisoformat(value) if value else None
        setattr(obj, self.field.attname, day)


class CodesColumn(Column):
    """Several codes of fixed choices, kept in declared order."""

    def load(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise WrongValue("muss eine Liste von Codes sein")
        known = self.field.codes()
        for code in value:
            if code not in known:
                raise WrongValue(f"unbekannter Code „{code}“")
        return self.show(value)

    def show(self, stored: Any) -> list[str]:
        return [code for code in self.field.codes() if code in (stored or [])]

    def assign(self, obj: Any, value: list[str], refs: References) -> None:
        setattr(obj, self.field.attname, list(value))


class TagsColumn(Column):
    """Free keywords."""

    @property
    def default(self) -> list[str]:
        return []

    def load(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise WrongValue("muss eine Liste von Texten sein")
        if any(not tag.strip() or len(tag) > 100 for tag in value):
            raise WrongValue("leeres oder zu langes Suchwort")
        folded = {tag.strip().casefold(): tag.strip() for tag in reversed(value)}
        return sorted(folded.values())

    def dump_all(self, objects: Sequence[Any], refs: References) -> dict[int, Any]:
        found: dict[int, list[str]] = {obj.pk: [] for obj in objects}
        rows = self.field.through.objects.filter(content_object__in=found)
        for pk, tag in rows.values_list("content_object_id", "tag__name"):
            found[pk].append(tag)
        return {pk: sorted(tags) for pk, tags in found.items()}

    def assign(self, obj: Any, value: list[str], refs: References) -> None:
        getattr(obj, self.field.name).set(value)


def language_gaps(
    values: dict[str, Any], ignore: set[str]
) -> Iterator[tuple[str, str]]:
    """Columns ``x_de`` and ``x_en`` of which only one is filled."""
    for name, value in values.items():
        stem, _, code = name.rpartition("_")
        if code != "de" or stem in ignore or f"{stem}_en" not in values:
            continue
        if value and not values[f"{stem}_en"]:
            yield f"{stem}_en", "fehlt: der Text ist nur auf Deutsch da"
        elif values[f"{stem}_en"] and not value:
            yield name, "fehlt: der Text ist nur auf Englisch da"
