"""Takes a name out of every text of the database that still holds it.

Rows that only exist to remember somebody are deleted, texts of others keep everything
but the name. Nothing here knows which stores there are: ``columns`` finds them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.db import models

from wagtail.models import Page
from wagtail.search import index

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from wagtail_localize.models import String

from hub.models import BasePage, Enquiry, ExchangeItem, OldAddress
from hub.translations import texts
from network.privacy.columns import Cell, cells, write
from network.privacy.needles import REMOVED, Needles
from search.models import SearchEvent

#: Such rows say who did something when; without the name they say nothing.
FORGOTTEN: tuple[type[models.Model], ...] = (
    AccessAttempt,
    AccessFailureLog,
    AccessLog,
    ExchangeItem,
    OldAddress,
    SearchEvent,
    apps.get_model("wagtailredirects", "Redirect"),
)
#: Logins are given and taken by administrators: named as leftovers, never changed.
LEFT = ("hub_user",)
#: A change may leave traces of its own (a redirect): so often it is looked again.
_ROUNDS = 4


def redact(needles: Needles) -> list[Cell]:
    """Take everything out; returns the texts that were changed or deleted."""
    done: list[Cell] = []
    for _round in range(_ROUNDS):
        found = [cell for cell in cells(needles) if _is_ours(cell)]
        if not found:
            break
        for cell in found:
            _redact(cell, needles)
        done += found
    _sessions(needles)
    return done


def _is_ours(cell: Cell) -> bool:
    return bool(cell.table.key) and cell.table.name not in LEFT


def _redact(cell: Cell, needles: Needles) -> None:
    model = cell.table.model
    if model in FORGOTTEN or _is_own_enquiry(cell, needles):
        model._base_manager.filter(pk=cell.key).delete()
        return
    field = cell.table.field(cell.column)
    if isinstance(field, models.FileField):
        _rename(cell, field)
    elif model is Page and cell.column in ("slug", "url_path"):
        _move(cell)
    elif isinstance(field, models.EmailField | models.URLField):
        write(cell, "")
    elif isinstance(field, models.SlugField) or (field is not None and field.unique):
        write(cell, _neutral())
    else:
        _rewrite(cell, needles)


def _neutral() -> str:
    return f"entfernt-{secrets.token_hex(4)}"


def _is_own_enquiry(cell: Cell, needles: Needles) -> bool:
    """A question somebody asked; one that others asked about them keeps its text."""
    if cell.table.model is not Enquiry:
        return False
    asked_by = Enquiry.objects.filter(pk=cell.key).values_list("email", "name").first()
    return bool(asked_by) and any(needles.found_in(text) for text in asked_by)


def _rewrite(cell: Cell, needles: Needles) -> None:
    text = needles.removed_from(cell.text)
    field = cell.table.field(cell.column)
    length = getattr(field, "max_length", None)
    write(cell, text[:length] if length else text)
    if cell.table.model is String:
        _rehash(cell.key, text)


def _rehash(key: Any, text: str) -> None:
    """The translation memory finds a text by its hash: translations stay attached."""
    value = String._get_data_hash(text)
    row = String.objects.filter(pk=key)
    locale = row.values_list("locale", flat=True).first()
    if not String.objects.filter(locale=locale, data_hash=value).exists():
        row.update(data_hash=value)


def _rename(cell: Cell, field: models.FileField) -> None:
    """A file whose name says who it shows gets another one."""
    row = cell.table.model._base_manager.filter(pk=cell.key).first()
    if row is None:
        return
    old = getattr(row, field.name)
    storage, name = old.storage, old.name
    suffix = PurePosixPath(name).suffix
    wanted = str(PurePosixPath(name).with_name(f"{_neutral()}{suffix}"))
    if storage.exists(name):
        with storage.open(name) as content:
            wanted = storage.save(wanted, File(content))
        storage.delete(name)
    write(cell, wanted)
    _drop_renditions(row)


def _drop_renditions(row: models.Model) -> None:
    """Sizes of an image are named after it; they are made anew when needed."""
    for rendition in getattr(row, "renditions", Page.objects.none()).all():
        rendition.file.storage.delete(rendition.file.name)
        rendition.delete()


def _move(cell: Cell) -> None:
    """A page whose address names somebody gets another one, with all below it."""
    page = Page.objects.filter(pk=cell.key).first()
    if page is None or cell.column == "url_path":
        # The path of a page follows from its own slug and those above.
        return
    page = page.specific
    page.slug = _neutral()
    page.save(clean=False)


def _sessions(needles: Needles) -> None:
    """Sessions are kept in a form of their own, which no column shows."""
    for session in Session.objects.iterator():
        if needles.found_in(repr(session.get_decoded())):
            session.delete()


def sessions_naming(needles: Needles) -> int:
    """How many sessions still name somebody."""
    everyone = Session.objects.iterator()
    return sum(needles.found_in(repr(s.get_decoded())) for s in everyone)


# Afterwards --------------------------------------------------------------------------------


def settle(changed: Iterable[Cell]) -> None:
    """What follows from changed texts: translations still fit, the admin finds them."""
    for model, keys in _by_model(changed).items():
        for row in model._base_manager.filter(pk__in=keys):
            _settle(row)


def _by_model(changed: Iterable[Cell]) -> dict[type[models.Model], set[Any]]:
    found: dict[type[models.Model], set[Any]] = {}
    for cell in changed:
        if cell.table.model is not None:
            found.setdefault(cell.table.model, set()).add(cell.key)
    return found


def _settle(row: models.Model) -> None:
    if isinstance(row, Page):
        row = row.specific
    if isinstance(row, BasePage):
        _redigest(row)
    if isinstance(row, index.Indexed):
        index.insert_or_update_object(row)


def _redigest(page: BasePage) -> None:
    """The German texts lost a name: translations made from them are as good as before."""
    if not page.is_source:
        return
    family = type(page).objects.filter(
        translation_key=page.translation_key, text_digest=page.text_digest
    )
    family.update(text_digest=texts.digest(page))


def describe(cell: Cell) -> str:
    """Where a text stands, in words an editor understands."""
    model = cell.table.model
    if model is None:
        return cell.table.name
    field = cell.table.field(cell.column)
    label = getattr(field, "verbose_name", cell.column)
    return f"{model._meta.verbose_name} {cell.key}, {label}"


__all__ = ["REMOVED", "describe", "redact", "sessions_naming", "settle"]
