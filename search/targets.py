"""From an address that somebody pasted to the entry behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from wagtail.models import Site

from .documents import SearchDocument
from .registry import Source, registry


class TargetError(ValueError):
    """The address leads to nothing that can be recommended; the message says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """An entry of the index, in one language."""

    kind: str
    object_id: int
    title: str


def find_target(address: str, language: str) -> Target:
    """The entry at an address of this site, for the search of one language."""
    path = path_of(address)
    for source in registry.sources:
        found = source.at(path)
        if found is not None:
            return _target(source, found, language)
    raise TargetError(
        _(
            "Unter dieser Adresse steht nichts, was die Suche findet. Bitte öffnen Sie "
            "die Seite und kopieren Sie die ganze Adresse."
        )
    )


def path_of(address: str) -> str:
    """The path on this site, with the place on the page if one is named."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise TargetError(_("Das ist keine Adresse.")) from error
    if parts.scheme not in ("", "http", "https"):
        raise TargetError(_("Das ist keine Adresse."))
    if host and host not in _own_hosts():
        raise TargetError(_("Diese Adresse gehört nicht zur Drehscheibe."))
    path = f"/{unquote(parts.path).strip('/')}/"
    return f"{path}#{unquote(parts.fragment)}" if parts.fragment else path


def _own_hosts() -> set[str]:
    admin = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "").hostname
    sites = Site.objects.values_list("hostname", flat=True)
    return {"localhost", "127.0.0.1", *sites, *filter(None, (admin,))}


def _target(source: Source, found: Any, language: str) -> Target:
    documents: Iterable[SearchDocument] = source.documents(found)
    document = next((d for d in documents if d.language == language), None)
    if document is None:
        raise TargetError(
            _(
                "Diese Seite steht nicht in der gewählten Sprache. Bitte die Adresse "
                "der Seite in dieser Sprache kopieren oder die Sprache ändern."
            )
        )
    if document.is_person:
        raise TargetError(
            _("Personen werden nicht empfohlen. Bitte die Stelle der Person wählen.")
        )
    return Target(document.kind, document.object_id, document.title)
