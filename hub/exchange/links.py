"""Columns that refer to other rows by their stable ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from wagtail.models import Locale

from .columns import Column
from .problems import WrongValue
from .refs import References


def natural(token: str) -> tuple[int, str]:
    """Sort key that puts "9" before "10"."""
    return (int(token), "") if token.isdecimal() else (0, token)


class LinkColumn(Column):
    """A foreign key; in the file the other row's id."""

    is_link = True

    def __init__(self, field: Any, space: str, name: str = "") -> None:
        super().__init__(field, name)
        self.space = space

    @property
    def default(self) -> None:
        return None

    def load(self, value: Any) -> str | None:
        if value is None and self.field.null:
            return None
        if not isinstance(value, str) or not value:
            raise WrongValue("muss die Kennung eines Eintrags sein")
        return value

    def dump(self, obj: Any, refs: References) -> str | None:
        pk = self.field.value_from_object(obj)
        return None if pk is None else refs.token(self.space, pk)

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        if value is not None:
            yield self.space, value

    def assign(self, obj: Any, value: str | None, refs: References) -> None:
        pk = None if value is None else refs.pk(self.space, value)
        setattr(obj, self.field.attname, pk)


class PageLinkColumn(LinkColumn):
    """A foreign key to whatever page: ``methods/world-caf``."""

    def __init__(self, field: Any, name: str = "") -> None:
        super().__init__(field, "", name)

    def load(self, value: Any) -> str | None:
        loaded = super().load(value)
        if loaded is not None and "/" not in loaded:
            raise WrongValue(f"„{loaded}“: erwartet wird Bereich/Kennung")
        return loaded

    def dump(self, obj: Any, refs: References) -> str | None:
        pk = self.field.value_from_object(obj)
        return None if pk is None else refs.page_name(pk)

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        if value is not None:
            space, _, token = value.partition("/")
            yield space, token

    def assign(self, obj: Any, value: str | None, refs: References) -> None:
        pk = None if value is None else refs.pk_of_any(value)
        setattr(obj, self.field.attname, pk)


class LinksColumn(Column):
    """Many-to-many; in the file a list of ids, its order without meaning."""

    is_link = True

    def __init__(self, field: Any, space: str) -> None:
        super().__init__(field)
        self.space = space

    @property
    def default(self) -> list[str]:
        return []

    @property
    def is_symmetrical(self) -> bool:
        """Whether the other row must name this one, too."""
        return bool(self.field.remote_field.symmetrical)

    def load(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise WrongValue("muss eine Liste von Kennungen sein")
        if len(set(value)) != len(value):
            raise WrongValue("nennt einen Eintrag doppelt")
        return sorted(value, key=natural)

    def dump_all(self, objects: Sequence[Any], refs: References) -> dict[int, Any]:
        found: dict[int, list[str]] = {obj.pk: [] for obj in objects}
        own = self.field.m2m_column_name()
        other = self.field.m2m_reverse_name()
        through = self.field.remote_field.through
        rows = through.objects.filter(**{f"{own}__in": found})
        for pk, target in rows.values_list(own, other):
            token = refs.token(self.space, target)
            if token is not None:
                found[pk].append(token)
        return {pk: sorted(tokens, key=natural) for pk, tokens in found.items()}

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        for token in value:
            yield self.space, token

    def assign(self, obj: Any, value: list[str], refs: References) -> None:
        pks = [refs.pk(self.space, token) for token in value]
        model = self.field.remote_field.model
        found = {target.pk: target for target in model._base_manager.filter(pk__in=pks)}
        setattr(obj, self.field.name, [found[pk] for pk in pks])


class LanguageColumn(Column):
    """A foreign key to a locale; in the file its language code."""

    is_link = True

    @property
    def default(self) -> None:
        return None

    def load(self, value: Any) -> str:
        if value not in dict(settings.LANGUAGES):
            raise WrongValue(f"unbekannte Sprache „{value}“")
        return str(value)

    def dump_all(self, objects: Sequence[Any], refs: References) -> dict[int, Any]:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        return {obj.pk: codes.get(obj.locale_id) for obj in objects}

    def assign(self, obj: Any, value: str, refs: References) -> None:
        obj.locale = Locale.objects.get(language_code=value)
