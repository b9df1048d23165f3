"""What the hub itself puts into the search: terms, pages of text, easy texts; and the
facets that several subjects fill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from hub.addresses import easy_path
from hub.models import (
    EasyText,
    GlossaryTerm,
    Goal,
    Record,
    SectionPage,
    StandardPage,
    TargetGroup,
    Topic,
    lines,
)
from hub.models.visibility import public_pages
from hub.searching import (
    PageSource,
    RecordSource,
    other_names,
    stream_headings,
    stream_text,
    vocabulary_labels,
)
from search.documents import SearchDocument
from search.registry import Facet, Source, registry


class TermSource(RecordSource):
    """Glossary terms."""

    kind = "term"
    label = _("Begriff")
    label_plural = _("Begriffe")
    icon = "info"
    order = 70
    model = GlossaryTerm
    can_be_noted = False  # a place on the page of all terms
    title_field = "term"

    def values(self, record: GlossaryTerm, code: str) -> dict[str, Any]:
        names = [*lines(record.synonyms), *other_names(record, code, "term")]
        return {
            "summary": record.definition or "",
            "names": tuple(names),
            "body": record.simple or "",
            # Terms are short, so they would stand above the methods they explain.
            "weight": 0.6,
        }


class StandardPageSource(PageSource):
    """Pages of text."""

    kind = "page"
    label = _("Seite")
    label_plural = _("Seiten")
    icon = "info"
    order = 90
    model = StandardPage
    can_be_noted = False  # about the site, no content

    def values(self, page: StandardPage, source: StandardPage) -> dict[str, Any]:
        return {
            "headings": tuple(stream_headings(page.body)),
            "body": stream_text(page.body),
        }


class EasyTextSource(Source):
    """Texts in easy language, in the language they are written in."""

    kind = "easy"
    label = _("Einfach erklärt")
    label_plural = _("Einfache Texte")
    icon = "book"
    order = 80
    model = EasyText

    def visible(self) -> QuerySet[Any]:
        return EasyText.objects.visible().select_related("locale")

    def documents(self, text: EasyText) -> Iterator[SearchDocument]:
        url = easy_path(self._address(text), text.language)
        if not url:
            return
        sentences = lines(text.sentences)
        with translation.override(text.language):
            yield SearchDocument(
                kind=self.kind,
                object_id=text.pk,
                language=text.language,
                title=text.title,
                url=url,
                summary=" ".join(sentences[:2]),
                body=" ".join(sentences[2:]),
                changed=text.updated_at.date(),
                weight=0.9,
            )

    def _address(self, text: EasyText) -> str:
        """Where the page or record is, in the language of the easy text."""
        if text.page_id is None:
            record = text.record
            if not isinstance(record, Record):
                return ""
            seen = type(record)._default_manager.all().visible()
            is_visible = seen.filter(pk=record.pk).exists()
            return record.get_url(text.language) if is_visible else ""
        page = (
            public_pages()
            .filter(translation_key=text.page.translation_key, locale_id=text.locale_id)
            .first()
        )
        return (page.get_url() or "") if page else ""

    related = {
        Page: lambda page: EasyText.objects.filter(
            page__translation_key=page.translation_key
        ),
        Record: lambda record: EasyText.objects.filter(
            content_type__app_label=record._meta.app_label,
            content_type__model=record._meta.model_name,
            object_id=record.pk,
        ),
        SectionPage: lambda _page: EasyText.objects.filter(page=None),
    }


def _year_labels() -> dict[str, str]:
    """Years as they are, the latest first."""
    latest = timezone.localdate().year + 10
    return {str(year): str(year) for year in range(latest, 1899, -1)}


def register() -> None:
    """Called once, when all apps are there."""
    for source in (TermSource(), StandardPageSource(), EasyTextSource()):
        registry.register(source)
    registry.register_facet(
        Facet("thema", _("Thema"), lambda: vocabulary_labels(Topic), models=(Topic,))
    )
    registry.register_facet(
        Facet(
            "zielgruppe",
            _("Zielgruppe"),
            lambda: vocabulary_labels(TargetGroup),
            models=(TargetGroup,),
        )
    )
    registry.register_facet(
        Facet("ziel", _("Ziel"), lambda: vocabulary_labels(Goal), models=(Goal,))
    )
    registry.register_facet(Facet("jahr", _("Jahr"), _year_labels, in_order=True))
