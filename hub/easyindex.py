"""All texts in easy language, on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail.models import Page

from hub.addresses import easy_path
from hub.exports import Table
from hub.models import EasyText, HubPageQuerySet, lines
from hub.sorting import collation_key


@dataclass(frozen=True)
class EasyEntry:
    """An easy text in the list."""

    title: str
    first: str
    url: str
    lang: str
    checked: bool
    kind: str
    updated_at: datetime


def _pages(texts: Iterable[EasyText], language: str) -> dict[int, Page]:
    """Pages in ``language`` by the id of their German page: one query."""
    keys = {text.page.translation_key: text.page_id for text in texts if text.page}
    if not keys:
        return {}
    found = (
        HubPageQuerySet(Page)
        .visible()
        .in_language(language)
        .filter(translation_key__in=list(keys))
        .select_related("locale", "content_type")
    )
    return {keys[page.translation_key]: page for page in found}


def _records(texts: Iterable[EasyText]) -> dict[tuple[int, int], Any]:
    """Visible records by content type and id: one query per kind."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for text in texts:
        if text.object_id:
            wanted[text.content_type_id].append(text.object_id)
    found = {}
    for kind, ids in wanted.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for record in model.objects.visible().filter(pk__in=ids) if model else ():
            found[(kind, record.pk)] = record
    return found


def _entry(text: EasyText, url: str, kind: str, language: str) -> EasyEntry:
    first = next(iter(lines(text.sentences)), "")
    return EasyEntry(
        title=text.title,
        first=first,
        url=easy_path(url, language),
        lang=text.html_language,
        checked=text.is_checked,
        kind=kind,
        updated_at=text.updated_at,
    )


def entries(language: str) -> list[EasyEntry]:
    """Every easy text of a language that leads somewhere, by title."""
    texts = list(
        EasyText.objects.visible()
        .in_language(language)
        .select_related("page", "locale")
    )
    pages = _pages(texts, language)
    records = _records(texts)
    found = []
    for text in texts:
        url, kind = _target(text, pages, records, language)
        if url:
            found.append(_entry(text, url, kind, language))
    return sorted(found, key=lambda entry: collation_key(entry.title))


def _target(
    text: EasyText,
    pages: dict[int, Page],
    records: dict[tuple[int, int], Any],
    language: str,
) -> tuple[str, str]:
    """Address and kind of what a text is about; nothing when it may not be seen."""
    if text.page_id:
        page = pages.get(text.page_id)
        if page is None:
            return "", ""
        model = page.content_type.model_class()
        return page.get_url() or "", getattr(model, "kind_code", "")
    record = records.get((text.content_type_id or 0, text.object_id or 0))
    if record is None:
        return "", ""
    return record.get_url(language), record.kind_code


def context(language: str) -> dict[str, Any]:
    """What the template of the landing page shows."""
    found = entries(language)
    return {"entries": found, "checked": any(entry.checked for entry in found)}


def table(language: str, request: HttpRequest) -> Table:
    """The list of easy texts to take along."""
    return Table(
        _("einfache-texte"),
        [
            ("title", _("Titel")),
            ("first", _("Erster Satz")),
            ("checked", _("Geprüft mit Leser*innen")),
            ("language", _("Sprache")),
            ("url", _("Adresse")),
        ],
        [
            [
                entry.title,
                entry.first,
                _("ja") if entry.checked else _("nein"),
                entry.lang,
                request.build_absolute_uri(entry.url),
            ]
            for entry in entries(language)
        ],
    )
