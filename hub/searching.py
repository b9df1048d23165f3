"""What the search sources of every subject have in common: texts, words, weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import translation

from wagtail.rich_text import get_text_for_indexing

from hub.choices import OVERDUE_WEIGHT, VERIFICATION_WEIGHTS
from hub.models import BasePage, Record, SectionPage, lines
from hub.noted.sources import NotedPages, NotedRecords
from search.documents import SearchDocument
from search.registry import Source

SHY = "\u00ad"


def html_text(html: str | None) -> str:
    """The words of a formatted text."""
    return get_text_for_indexing(html) if html else ""


def stream_text(stream: Any) -> str:
    """The words of all blocks of a stream."""
    parts = (
        str(text)
        for child in stream or ()
        for text in child.block.get_searchable_content(child.value)
    )
    return "\n".join(part for part in parts if part)


def stream_headings(stream: Any) -> list[str]:
    """Headings within a stream."""
    return [str(c.value) for c in stream or () if c.block_type == "heading"]


def joined(*parts: str | None) -> str:
    """Texts one below the other, empty ones left out."""
    return "\n\n".join(part.strip() for part in parts if part and part.strip())


def entry_words(entries: Iterable[Any]) -> list[str]:
    """Names and other words of vocabulary entries, in the active language only."""
    code = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    words: list[str] = []
    for entry in entries:
        words += filter(None, [getattr(entry, f"name_{code}", None)])
        words += lines(getattr(entry, f"synonyms_{code}", None))
    return words


def entry_names(entries: Iterable[Any]) -> list[str]:
    """Names of vocabulary entries, in the active language only. Their other words are
    no part of a document: a query brings them along as its synonyms."""
    code = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return [n for entry in entries if (n := getattr(entry, f"name_{code}", None))]


def codes(entries: Iterable[Any]) -> tuple[str, ...]:
    """Codes of vocabulary entries."""
    return tuple(entry.code for entry in entries)


def weight(entry: Any) -> float:
    """Unverified entries rank a little below verified ones, and what nobody reviewed in
    time a little below what is fresh. When the day comes, ``tick`` tells the index."""
    verified = VERIFICATION_WEIGHTS.get(entry.verification, 1.0)
    if not entry.is_review_overdue:
        return verified
    return round(verified * OVERDUE_WEIGHT, 3)


def changed_on(entry: Any) -> date | None:
    """When an entry was last published."""
    moment = entry.last_published_at
    return moment.date() if moment else entry.reviewed_at


def years(first: int | None, last: int | None) -> tuple[str, ...]:
    """Codes of all years from the first to the last one. Without a last one only the
    first is sure."""
    if not first and not last:
        return ()
    start, end = first or last or 0, last or first or 0
    return tuple(str(year) for year in range(start, min(end, start + 100) + 1))


def choice_labels(choices: Any) -> dict[str, str]:
    """Codes and labels of choices in the active language."""
    return {code: str(label) for code, label in choices.choices}


def vocabulary_labels(model: Any) -> dict[str, str]:
    """Codes and names of a vocabulary in the active language: one query."""
    rows = model.objects.active().values_list("code", "name", "name_de")
    return {code: name or german or code for code, name, german in rows}


def with_kind(source: Source, values: dict[str, Any]) -> dict[str, Any]:
    """People name the kind of thing they look for: "Leitfaden Rückmeldung"."""
    return values | {"headings": (*values.get("headings", ()), str(source.label))}


class PageSource(NotedPages, Source):
    """Pages: one object per language. Alias pages show another language's text and
    are left out."""

    model: type[Model]

    def dependents(self, instance: Model) -> Iterator[Iterable[Model]]:
        """Pages show relations of their German source and titles of each other."""
        yield from super().dependents(instance)
        if isinstance(instance, self.model):
            key = instance.translation_key  # type: ignore[attr-defined]
            siblings = self.model._default_manager.filter(translation_key=key)
            yield siblings.exclude(pk=instance.pk)

    def visible(self) -> QuerySet[Any]:
        pages = self.model._default_manager.all()
        return pages.visible().filter(alias_of__isnull=True).select_related("locale")

    def visible_in(self, language: str) -> QuerySet[Any]:
        return self.visible().in_language(language)

    def documents(self, page: BasePage) -> Iterator[SearchDocument]:
        url = page.get_url()
        if not url:
            return
        with translation.override(page.language):
            values = with_kind(self, self.values(page, page.source_page))
        yield SearchDocument(
            kind=self.kind,
            object_id=page.pk,
            language=page.language,
            title=page.title.replace(SHY, ""),
            url=url,
            is_alone=not page.titles_elsewhere,
            **{"summary": page.summary, "weight": weight(page)}
            | {"changed": changed_on(page)}
            | values,
        )

    def at(self, path: str) -> Any:
        pages = self.visible().filter(slug=last_word(path))
        return next((page for page in pages if page.get_url() == path), None)

    def values(self, page: Any, source: Any) -> dict[str, Any]:
        """The fields of a page's document; relations are those of the German source."""
        raise NotImplementedError


class RecordSource(NotedRecords, Source):
    """Records: one row with columns per language."""

    #: Column that a record must have in a language to be found there.
    title_field: ClassVar[str] = "name"

    def dependents(self, instance: Model) -> Iterator[Iterable[Model]]:
        """Records have their addresses below the section page of their kind."""
        yield from super().dependents(instance)
        section = getattr(self.model, "section", "")
        if isinstance(instance, SectionPage) and instance._meta.label == section:
            yield self.model._default_manager.all()

    def visible(self) -> QuerySet[Any]:
        return self.model._default_manager.all().visible()

    def documents(self, record: Record) -> Iterator[SearchDocument]:
        made = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                document = self._document(record, code)
            if document:
                made.append(document)
        for document in made:
            yield replace(document, is_alone=len(made) == 1)

    def _document(self, record: Record, code: str) -> SearchDocument | None:
        url = record.get_url(code)
        title = self.title(record, code)
        if not (url and title):
            return None
        defaults = {"weight": weight(record), "changed": changed_on(record)}
        return SearchDocument(
            kind=self.kind,
            object_id=record.pk,
            language=code,
            title=title.replace(SHY, ""),
            url=url,
            **defaults | with_kind(self, self.values(record, code)),
        )

    def at(self, path: str) -> Any:
        slug, codes_ = last_word(path), [code for code, _name in settings.LANGUAGES]
        named = Q()
        for code in codes_:
            named |= Q(**{f"slug_{code}": slug})
        for record in self.visible().filter(named):
            if path in {record.get_url(code) for code in codes_}:
                return record
        return None

    def title(self, record: Any, code: str) -> str:
        """The title in a language; empty when there is none in it."""
        own = getattr(record, f"{self.title_field}_{code}", None)
        return str(record) if own else ""

    def values(self, record: Any, code: str) -> dict[str, Any]:
        """The fields of a record's document in the active language."""
        raise NotImplementedError


def last_word(path: str) -> str:
    """The slug that an address ends with, be it of a page or of a place on it."""
    return path.strip("/").rsplit("/", 1)[-1].lstrip("#")


def other_names(record: Any, code: str, field: str = "name") -> list[str]:
    """Names of a record in other languages."""
    names = (
        getattr(record, f"{field}_{other}", None)
        for other, _name in settings.LANGUAGES
        if other != code
    )
    return [name for name in names if name]


def meta(*items: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Facts under a hit: those that have words."""
    return [dict(item) for item in items if item.get("text")]
