"""Where links to other websites stand: fields of pages and records everyone may see.

People are left out: the address of somebody's website is theirs alone, and stays in
their own record. Other subjects add rows of theirs by ``register``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Model, QuerySet

from wagtail.fields import RichTextField, StreamField

from hub.models import BasePage, CheckedLink, Freshness, LinkPlace

LONGEST = 1000
BATCH = 500

_HREF = re.compile(r"""href=["'](https?://[^"']+)["']""", re.IGNORECASE)
_WHOLE = re.compile(r"https?://\S+", re.IGNORECASE)


class Place(NamedTuple):
    """One link in one field."""

    url: str
    content_type_id: int
    object_id: int
    field: str


_more: dict[type[Model], Callable[[], QuerySet]] = {}


def register(model: type[Model], rows: Callable[[], QuerySet]) -> None:
    """Add rows that are no pages or records and hold links, too."""
    _more[model] = rows


def sources() -> Iterator[QuerySet]:
    """What everyone may see of each kind. Aliases repeat another page's text."""
    for model in apps.get_models():
        if not issubclass(model, Freshness) or not model.links_are_checked:
            continue
        rows = model._default_manager.all()
        rows = rows.visible() if hasattr(rows, "visible") else rows
        yield rows.filter(alias_of=None) if issubclass(model, BasePage) else rows
    for rows_of in _more.values():
        yield rows_of()


def link_fields(model: type[Model]) -> list[models.Field]:
    """Fields of a model that may hold links to other websites."""
    kinds = (models.URLField, StreamField, RichTextField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds)]


def links_in(value: Any) -> Iterator[str]:
    """Every address on another website in a value, however deep."""
    if isinstance(value, str):
        if _WHOLE.fullmatch(value.strip()):
            yield value.strip()
        else:
            yield from (unescape(url) for url in _HREF.findall(value))
    elif isinstance(value, dict):
        for entry in value.values():
            yield from links_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from links_in(entry)


def _own_host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""


def host_of(url: str) -> str:
    """The host an address is on; empty where it is none."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


def _values(
    rows: QuerySet, fields: list[models.Field]
) -> Iterator[tuple[int, str, Any]]:
    names = [field.name for field in fields]
    for row in rows.only("pk", *names).iterator(chunk_size=BATCH):
        for field in fields:
            value = getattr(row, field.name)
            if isinstance(field, StreamField):
                value = field.get_prep_value(value)
                value = _parsed(value)
            yield row.pk, field.name, value


def _parsed(value: Any) -> Any:
    """The plain data of a StreamField, which databases keep as text."""
    return json.loads(value) if isinstance(value, str) and value else value


def found() -> Iterator[Place]:
    """All links on the site."""
    own = _own_host()
    for rows in sources():
        fields = link_fields(rows.model)
        if not fields:
            continue
        kind = ContentType.objects.get_for_model(rows.model).pk
        for pk, name, value in _values(rows, fields):
            for url in links_in(value):
                host = host_of(url)
                if host and host != own and len(url) <= LONGEST:
                    yield Place(url, kind, pk, name)


@transaction.atomic
def note() -> tuple[int, int]:
    """Bring the tables in line with the texts: how many links, in how many places.

    What stands nowhere any more is forgotten, with all that was known of it.
    """
    places = set(found())
    urls = {place.url for place in places}
    known = dict(CheckedLink.objects.values_list("url", "pk"))
    CheckedLink.objects.bulk_create(
        (CheckedLink(url=url, host=host_of(url)) for url in urls - known.keys()),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    _delete(CheckedLink, [pk for url, pk in known.items() if url not in urls])
    known = dict(CheckedLink.objects.values_list("url", "pk"))
    wanted = {(known[p.url], p.content_type_id, p.object_id, p.field) for p in places}
    rows = LinkPlace.objects.values_list(
        "link_id", "content_type_id", "object_id", "field", "pk"
    )
    there = {row[:4]: row[4] for row in rows}
    _delete(LinkPlace, [pk for key, pk in there.items() if key not in wanted])
    names = ("link_id", "content_type_id", "object_id", "field")
    LinkPlace.objects.bulk_create(
        (
            LinkPlace(**dict(zip(names, key, strict=True)))
            for key in wanted - there.keys()
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    return len(urls), len(wanted)


def _delete(model: type[Model], keys: list[int]) -> None:
    for start in range(0, len(keys), BATCH):
        model._default_manager.filter(pk__in=keys[start : start + BATCH]).delete()
