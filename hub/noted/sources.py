"""How the search sources tell what a list of noted things shows of their kind.

Each kind costs the same few queries, however many of its entries are noted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any, ClassVar

from django.conf import settings
from django.utils import translation

from hub.addresses import page_address, record_address
from hub.noted.entries import Entry, Together
from hub.references import Reference
from hub.sourcelist import source_list
from hub.templatetags.hub_tags import plain, text_in_language


class NotedSource:
    """A kind that can be noted: it has a page for each of its entries."""

    kind: ClassVar[str]
    label: ClassVar[Any]
    model: Any

    #: Kinds without a page of their own say no.
    can_be_noted: ClassVar[bool] = True

    def visible(self) -> Any:
        """What everyone may see now."""
        raise NotImplementedError

    def noted_rows(self) -> Any:
        """What everyone may see, with what ``noted_meta`` reads."""
        return self.visible()

    def noted(self, pks: Collection[int], language: str) -> dict[int, Entry]:
        """Entries by the number in their reference; what nobody may see is missing."""
        raise NotImplementedError

    def noted_pk(self, found: Any) -> int:
        """The number in the reference of a page or record."""
        return int(found.pk)

    def together(self, pks: Sequence[int], language: str) -> Together | None:
        """What can be done with several entries of this kind, if there is anything."""
        return None


class NotedPages(NotedSource):
    """Pages go by the number of their German page: without it there is no entry."""

    def noted(self, pks: Collection[int], language: str) -> dict[int, Entry]:
        german = {
            page.translation_key: page
            for page in self.noted_rows().sources().filter(pk__in=pks)
        }
        pages = self._in_language(german, language)
        roots = SimpleNamespace()
        return {
            source.pk: self._entry(source, pages.get(key, source), language, roots)
            for key, source in german.items()
        }

    def noted_pk(self, found: Any) -> int:
        return int(found.source_page_id)

    def noted_meta(self, page: Any, source: Any) -> list[dict[str, Any]]:
        """Facts of a page in a line; relations are those of the German source."""
        return []

    def _in_language(self, german: dict[Any, Any], language: str) -> dict[Any, Any]:
        """The same pages in the language of the reader. An alias shows the German text
        at an address of that language."""
        if language == settings.LANGUAGE_CODE or not german:
            return german
        pages = self.model.objects.visible().in_language(language)
        found = pages.filter(translation_key__in=list(german)).select_related("locale")
        return {page.translation_key: page for page in found}

    def _entry(self, source: Any, page: Any, language: str, roots: Any) -> Entry:
        address = page_address(page, roots)
        text = source if page.alias_of_id else page
        lang = "" if text.language == language else text.language
        return Entry(
            reference=Reference(self.kind, source.pk),
            label=str(self.label),
            title=plain(text.title),
            path=address.path,
            full_url=address.full,
            summary=text.summary,
            lang=lang,
            summary_lang=lang,
            is_demo=source.is_demo,
            meta=tuple(self.noted_meta(text, source)),
            trust=source.verification_sentence,
            sources=tuple(source_list(text.sources)),
            licence=text.licence,
        )


class NotedRecords(NotedSource):
    """Records go by their own number."""

    #: Of people a list tells name, function and organisation, and nothing else.
    notes_names_only: ClassVar[bool] = False

    def title(self, record: Any, code: str) -> str:
        """The title in a language; empty when there is none in it."""
        raise NotImplementedError

    def noted(self, pks: Collection[int], language: str) -> dict[int, Entry]:
        records = self.noted_rows().filter(pk__in=pks)
        entries = (self._entry(record, language) for record in records)
        return {entry.reference.pk: entry for entry in entries if entry.path}

    def noted_meta(self, record: Any) -> list[dict[str, Any]]:
        """Facts of a record in a line."""
        return []

    def _entry(self, record: Any, language: str) -> Entry:
        address = record_address(record, language)
        title, lang = self._title(record, language)
        return Entry(
            reference=Reference(self.kind, record.pk),
            label=str(self.label),
            title=plain(title),
            path=address.path,
            full_url=address.full,
            lang=lang,
            is_demo=record.is_demo,
            meta=tuple(self.noted_meta(record)),
            **{} if self.notes_names_only else self._texts(record),
        )

    def _texts(self, record: Any) -> dict[str, Any]:
        summary = text_in_language(record, "summary")
        return {
            "summary": summary.text,
            "summary_lang": summary.lang,
            "trust": record.verification_sentence,
            "sources": tuple(source_list(record.sources)),
        }

    def _title(self, record: Any, language: str) -> tuple[str, str]:
        """The title and, when it is not the reader's, its language."""
        codes = [code for code, _name in settings.LANGUAGES]
        for code in sorted(codes, key=lambda code: code != language):
            with translation.override(code):
                title = self.title(record, code)
            if title:
                return title, "" if code == language else code
        return str(record), ""
