"""Section pages that serve records, and pages that have an easy text.

Words of routes are translated; they are those of the page's own language, whatever
language is active. A record answers at its slug of that language; a slug it once had
leads on (301), and a removed record says that it is gone (410).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import format_lazy

from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from hub import errors
from hub.addresses import EASY_WORD, easy_path, record_address, section_address
from hub.models import EasyText, OldAddress, lines

if TYPE_CHECKING:
    from hub.models import Record

EASY_TEMPLATE = "pages/hub/easy_text_page.html"

Show = Callable[[HttpRequest, Any], HttpResponse]


class LanguageRoutes(RoutablePageMixin):
    """Routes in the words of the page's language."""

    def resolve_subpage(self, path):
        with translation.override(self.language):
            return super().resolve_subpage(path)

    def reverse_subpage(self, name, args=None, kwargs=None):
        with translation.override(self.language):
            return super().reverse_subpage(name, args=args, kwargs=kwargs)


# Records ---------------------------------------------------------------------


def record_at(records: QuerySet, slug: str, language: str) -> Record | None:
    """The record with this slug in this language; German where it has no other."""
    german = settings.LANGUAGE_CODE
    own, source = f"slug_{language}", f"slug_{german}"
    unset = Q(**{f"{own}__isnull": True}) | Q(**{own: ""})
    return records.filter(Q(**{own: slug}) | unset & Q(**{source: slug})).first()


def record_of_other_language(records: QuerySet, slug: str) -> Record | None:
    """The record whose slug in any language this is: somebody changed the prefix."""
    anywhere = Q()
    for code, _name in settings.LANGUAGES:
        anywhere |= Q(**{f"slug_{code}": slug})
    return records.filter(anywhere).first()


def old_address(model: type, slug: str, language: str) -> OldAddress | None:
    """What is remembered of an address of this kind of record."""
    return OldAddress.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        language=language,
        slug=slug,
    ).first()


class RecordSection(LanguageRoutes):
    """A section page with records below it."""

    def visible_records(self) -> Iterable[QuerySet]:
        """Querysets of the records served here; of the sitemap, too."""
        return ()

    def private_records(self) -> Iterable[QuerySet]:
        """Records served here that no list for machines names: people."""
        return ()

    def list_routes(self) -> Iterable[str]:
        """Names of the routes that are lists, without the index itself."""
        return ()

    def private_list_routes(self) -> Iterable[str]:
        """Those of the lists that no list for machines names."""
        return ()

    def route_url(self, name: str = "", **kwargs: Any) -> str:
        """The path of one of this page's routes."""
        base = section_address(self._meta.label, self.language).path or self.url or ""
        return base + (self.reverse_subpage(name, kwargs=kwargs) if name else "")

    def get_canonical_url(self, request: HttpRequest | None = None) -> str:
        """The address that counts. Where sections are is held in memory; Wagtail would
        ask for all sites."""
        known = section_address(self._meta.label, self.language).full
        if known and not self.alias_of_id:
            return known
        return super().get_canonical_url(request)

    def route_alternates(self, name: str = "") -> list[dict[str, object]]:
        """The same list in every language."""
        found = []
        for code, _name in settings.LANGUAGES:
            base = section_address(self._meta.label, code).path
            if base:
                with translation.override(code):
                    word = self.get_resolver().reverse(name) if name else ""
                found.append({"language": code, "url": base + word, "translated": True})
        return found

    # Answering -------------------------------------------------------------

    def serve_record(
        self,
        request: HttpRequest,
        records: QuerySet,
        slug: str,
        show: Show,
        *,
        easy: bool = False,
    ) -> HttpResponse:
        """Show the record at this slug, or lead on, or say that it is gone."""
        record = record_at(records, slug, self.language)
        if record is None:
            return self._without_record(request, records, slug)
        url = record.get_url(self.language)
        wanted = easy_path(url, self.language) if easy else url
        if wanted and request.path != wanted:
            return redirect(wanted, permanent=True)
        return self.show_easy(request, record) if easy else show(request, record)

    def _without_record(
        self, request: HttpRequest, records: QuerySet, slug: str
    ) -> HttpResponse:
        address = old_address(records.model, slug, self.language)
        if address is not None and address.object_id is None:
            return errors.gone(request)
        if address is not None:
            record = records.filter(pk=address.object_id).first()
        else:
            record = record_of_other_language(records, slug)
        url = record.get_url(self.language) if record else ""
        if not url:
            raise Http404
        return redirect(url, permanent=True)

    def show_easy(self, request: HttpRequest, record: Record) -> HttpResponse:
        """The easy text of a record."""
        text = easy_text_of(record, self.language)
        if text is None:
            raise Http404
        back = {"title": str(record), "url": record.get_url(self.language)}
        context = self.get_context(request) | easy_context(
            text, back, record_easy_alternates(record)
        )
        return TemplateResponse(request, EASY_TEMPLATE, context)

    # For machines ------------------------------------------------------------

    def _list_paths(self, without: Iterable[str] = ()) -> list[str]:
        names = (name for name in self.list_routes() if name not in without)
        return [self.reverse_subpage(name) for name in names]

    def get_route_paths(self) -> list[str]:
        """Every path below this page, so that a renamed page redirects them all."""
        paths = ["/", *(f"/{path}" for path in self._list_paths())]
        for records in [*self.visible_records(), *self.private_records()]:
            below = (record.path_below(self.language) for record in records)
            paths.extend(f"/{path}" for path in below if path)
        return paths

    def get_sitemap_urls(self, request=None) -> list[dict[str, Any]]:
        """This page, its lists and its records, each with its other languages."""
        if self.alias_of_id:
            return []
        own = super().get_sitemap_urls(request)
        root = own[0]["location"]
        lists = [
            {"location": root + path, "lastmod": own[0].get("lastmod")}
            for path in self._list_paths(without=self.private_list_routes())
        ]
        return [*own, *lists, *self._record_urls()]

    def _record_urls(self) -> Iterator[dict[str, Any]]:
        for records in self.visible_records():
            for record in records:
                if record.is_demo:
                    continue
                found = {
                    code: record_address(record, code).full
                    for code, _name in settings.LANGUAGES
                }
                if not found.get(self.language):
                    continue
                yield {
                    "location": found[self.language],
                    "lastmod": record.last_published_at,
                    "alternates": [
                        {"lang_code": code, "location": location}
                        for code, location in found.items()
                        if location
                    ],
                }


# Easy texts --------------------------------------------------------------------


def easy_text_of(record: Record, language: str) -> EasyText | None:
    """The easy text of a record in one language: one query."""
    return (
        EasyText.objects.visible()
        .in_language(language)
        .filter(
            content_type=ContentType.objects.get_for_model(type(record)),
            object_id=record.pk,
        )
        .select_related("locale")
        .first()
    )


def easy_panel(text: EasyText | None, url: str) -> dict[str, Any] | None:
    """An easy text as ``components/easy.html`` shows it; nothing without one."""
    if text is None:
        return None
    return {
        "title": text.title,
        "sentences": lines(text.sentences),
        "lang": text.html_language,
        "checked": text.is_checked,
        "url": url,
    }


def easy_context(
    text: EasyText, back: dict[str, str], alternates: list[dict[str, object]]
) -> dict[str, Any]:
    """What the template of an easy text shows."""
    return {
        "easy": easy_panel(text, ""),
        "back": back,
        "changed_at": text.updated_at,
        "checked_on": text.checked_on,
        "checked_by": text.checked_by,
        "alternates": alternates,
    }


def record_easy_alternates(record: Record) -> list[dict[str, object]]:
    """The easy text where the other language has one, else the record itself."""
    codes = set(
        EasyText.objects.visible()
        .filter(
            content_type=ContentType.objects.get_for_model(type(record)),
            object_id=record.pk,
        )
        .values_list("locale__language_code", flat=True)
    )
    return [_easy_alternate(entry, codes) for entry in record.alternates]


def _easy_alternate(entry: dict[str, Any], codes: set[str]) -> dict[str, object]:
    has_text = entry["language"] in codes
    url = easy_path(entry["url"], entry["language"]) if has_text else entry["url"]
    return {**entry, "url": url, "translated": has_text and entry["translated"]}


class EasyReadMixin(LanguageRoutes):
    """A page that may have an easy text at ``<page>/leicht-lesen/``."""

    @cached_property
    def easy_text(self) -> EasyText | None:
        """The easy text in the page's language: one query."""
        return (
            EasyText.objects.visible()
            .in_language(self.language)
            .filter(page_id=self.source_page_id)
            .select_related("locale")
            .first()
        )

    @property
    def easy_url(self) -> str:
        """The path of the easy text; empty where there is none."""
        return easy_path(self.url or "", self.language) if self.easy_text else ""

    @path(format_lazy("{}/", EASY_WORD), name="easy_read")
    def easy_read(self, request: HttpRequest) -> HttpResponse:
        """The easy text in a simpler, larger template."""
        if self.easy_text is None:
            raise Http404
        codes = set(
            EasyText.objects.visible()
            .filter(page_id=self.source_page_id)
            .values_list("locale__language_code", flat=True)
        )
        back = {"title": self.title, "url": self.get_url(request) or ""}
        alternates = [_easy_alternate(entry, codes) for entry in self.alternates]
        context = {"page": self, "self": self} | easy_context(
            self.easy_text, back, alternates
        )
        return TemplateResponse(request, EASY_TEMPLATE, context)
