"""All glossary terms from A to Z."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hub.exports import Table
from hub.models import GlossaryTerm, lines
from hub.sorting import collation_key


@dataclass(frozen=True)
class TermEntry:
    """A term as the glossary shows it."""

    slug: str
    term: str
    definition: str
    synonyms: list[str]
    simple: str
    simple_lang: str
    lang: str
    related: list[tuple[str, str]]


@dataclass
class Letter:
    """The terms of one letter."""

    letter: str
    terms: list[TermEntry] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return "ziffer" if self.letter == "#" else f"buchstabe-{self.letter.lower()}"


def _language_of(term: GlossaryTerm, language: str) -> str:
    """The reader's language, or German where the term has no other yet."""
    has_own = getattr(term, f"term_{language}") and getattr(
        term, f"definition_{language}"
    )
    return language if has_own else settings.LANGUAGE_CODE


def _name(term: GlossaryTerm, language: str) -> str:
    return getattr(term, f"term_{language}") or term.term_de or ""


def entry(term: GlossaryTerm, language: str) -> TermEntry:
    """One term in one language (reads prefetched related terms)."""
    code = _language_of(term, language)
    related = sorted(
        (
            (_name(other, language), other.slugs()[language] or "")
            for other in term.related.all()
        ),
        key=lambda pair: collation_key(pair[0]),
    )
    return TermEntry(
        slug=term.slugs()[language] or str(term.pk),
        term=getattr(term, f"term_{code}") or "",
        definition=getattr(term, f"definition_{code}") or "",
        synonyms=list(lines(getattr(term, f"synonyms_{code}"))),
        simple=getattr(term, f"simple_{code}") or "",
        simple_lang=f"{code}-simple",
        lang="" if code == language else code,
        related=related,
    )


def letters(language: str) -> list[Letter]:
    """All visible terms by first letter: two queries."""
    terms = GlossaryTerm.objects.visible().prefetch_related(
        Prefetch("related", queryset=GlossaryTerm.objects.visible())
    )
    entries = sorted(
        (entry(term, language) for term in terms),
        key=lambda found: collation_key(found.term),
    )
    groups: dict[str, Letter] = {}
    for found in entries:
        first = collation_key(found.term)[:1].upper()
        letter = first if first.isalpha() else "#"
        groups.setdefault(letter, Letter(letter)).terms.append(found)
    return list(groups.values())


def context(language: str) -> dict[str, Any]:
    """What the template of the glossary shows."""
    found = letters(language)
    return {"letters": found, "total": sum(len(letter.terms) for letter in found)}


def table(page: Any, request: HttpRequest) -> Table:
    """The glossary to take along."""
    address = request.build_absolute_uri(page.get_url(request) or "")
    return Table(
        _("glossar"),
        [
            ("term", _("Begriff")),
            ("definition", _("Erklärung")),
            ("simple", _("einfach gesagt")),
            ("synonyms", _("Synonyme")),
            ("language", _("Sprache")),
            ("url", _("Adresse")),
        ],
        [
            [
                found.term,
                found.definition,
                found.simple,
                found.synonyms,
                found.lang or page.language,
                f"{address}#{found.slug}",
            ]
            for letter in letters(page.language)
            for found in letter.terms
        ],
    )
