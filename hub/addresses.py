"""Where records are: below the section page of their kind, one address per language.

The addresses of the section pages are held in memory until one of them changes, so that
the address of a record costs no query, however many of them a page or an index names.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext_lazy

from search.held import Held, touch

if TYPE_CHECKING:
    from hub.models import Record

#: Name of the stamp that tells every process of a change.
STAMP = "addresses"

#: The word in an address that asks for the easy text of what stands before it.
EASY_WORD = pgettext_lazy("Adresse", "leicht-lesen")

#: The word before a one-time link that asks whether an entry is still right.
REVIEW_WORD = pgettext_lazy("Adresse", "stimmt-das")

#: Words of routes, now or soon: no page and no record may be called like this.
RESERVED_SLUGS = frozenset(
    {
        "leicht-lesen",
        "easy-read",
        "finder",
        "vergleich",
        "compare",
        "merkliste",
        "shortlist",
        "planer",
        "planner",
        "feed",
        "export",
        "suche",
        "search",
        "stimmt-das",
        "still-right",
    }
)


class Address(NamedTuple):
    """A path on this host, and the full address with it."""

    path: str
    full: str


NOWHERE = Address("", "")
Addresses = dict[str, dict[str, Address]]


def short_code(language: str | None = None) -> str:
    """ "de" for "de-AT"; the active language if none is named."""
    code = language or translation.get_language() or settings.LANGUAGE_CODE
    return code.split("-")[0]


def page_address(page: Any, roots: SimpleNamespace) -> Address:
    """Where a page is. ``roots`` is where Wagtail keeps the first pages of all sites
    between two pages: left alone, it reads them for each."""
    parts = page.get_url_parts(roots)
    if not parts or not parts[2]:
        return NOWHERE
    _site, root, path = parts
    return Address(path, f"{root}{path}")


def _read() -> Addresses:
    """Addresses of all section pages, by model label and language: one query."""
    from django.contrib.contenttypes.models import ContentType

    from hub.models import HubPageQuerySet, SectionPage

    models = [model for model in apps.get_models() if issubclass(model, SectionPage)]
    kinds = ContentType.objects.get_for_models(*models)
    labels = {kind.pk: model._meta.label for model, kind in kinds.items()}
    page_model = apps.get_model("wagtailcore", "Page")
    pages = (
        HubPageQuerySet(page_model)
        .visible()
        .filter(content_type__in=labels)
        .select_related("locale")
        .order_by("path")
    )
    found: Addresses = {}
    roots = SimpleNamespace()
    for page in pages:
        languages = found.setdefault(labels[page.content_type_id], {})
        languages.setdefault(page.locale.language_code, page_address(page, roots))
    return found


_addresses: Held[Addresses] = Held(STAMP, _read)


def section_address(label: str, language: str | None = None) -> Address:
    """Address of the section page of a model ("network.NetworkPage"), or nowhere."""
    languages = _addresses.get().get(label, {})
    return languages.get(short_code(language), NOWHERE)


def forget(**_signal: Any) -> None:
    """Read the addresses anew, in every process."""
    touch(STAMP)


def record_address(record: Record, language: str | None = None) -> Address:
    """Address of a record in one language; nowhere if it has no page there."""
    code = short_code(language)
    below = record.path_below(code)
    section = section_address(record.section, code) if record.section else NOWHERE
    if not below or not section.path:
        return NOWHERE
    return Address(section.path + below, section.full + below)


def easy_path(path: str, language: str | None = None) -> str:
    """The address of the easy text of what lives at ``path``."""
    if not path:
        return ""
    with translation.override(short_code(language)):
        return f"{path}{EASY_WORD}/"


def record_alternates(record: Record) -> list[dict[str, object]]:
    """The record in every language, as the language switch and hreflang need it."""
    found = []
    for code, _name in settings.LANGUAGES:
        if path := record_address(record, code).path:
            found.append({"language": code, "url": path, "translated": True})
    return found
