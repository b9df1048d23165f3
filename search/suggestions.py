"""Proposals while somebody types: titles and names that begin so, grouped by kind."""

from __future__ import annotations

from collections.abc import Sequence

from . import fields
from .engines.base import Asked, Reader, Request, limited
from .ladder import content_tokens
from .query import All, Any, Fuzzy, Prefix, Query, Term
from .registry import registry
from .results import Hit, Suggestion
from .service import invisible, open_search

#: Fewer letters say too little.
MIN_LETTERS = 2
#: Proposals in all, and of one kind.
MAX_ALL, MAX_KIND = 8, 3
_CANDIDATES = 30


def suggest(text: str, language: str, group: str) -> list[Suggestion]:
    """Proposals for what was typed so far, those of the chosen group first."""
    tokens = content_tokens(text, language)
    if len(text.strip()) < MIN_LETTERS or not tokens:
        return []
    search = open_search(language)
    reader = search.engine.reader(language)
    request = Request(language, (), hidden=search.hidden, now=search.now)
    prefixes = All(
        tuple(Prefix(fields.SUGGEST, token.fuzzy) for token in tokens),
        optional=tuple(Term(fields.TITLE, token.stem) for token in tokens),
    )
    hits = _find(reader, prefixes, request, text)
    if not hits and len(tokens[-1].fuzzy) > MIN_LETTERS + 1:
        hits = _find(reader, _near(tokens[-1].fuzzy), request, text)
    gone = invisible(tuple(hits))
    return _grouped([hit for hit in hits if hit.key not in gone], group)


def _near(word: str) -> Query:
    return Any((Fuzzy(fields.SUGGEST, word, 1),))


def _find(reader: Reader, query: Query, request: Request, text: str) -> list[Hit]:
    """The best candidates: titles that begin with the text first, then short ones."""
    asked = Asked(limited(query, request), limit=_CANDIDATES)
    hits = reader.hits(reader.find(asked).matches, None)
    typed = text.strip().casefold()

    def rank(hit: Hit) -> tuple[bool, float, int]:
        begins = hit.title.casefold().startswith(typed)
        return not begins, -round(hit.score, 1), len(hit.title)

    return sorted(hits, key=rank)


def _grouped(hits: Sequence[Hit], group: str) -> list[Suggestion]:
    """At most so many of a kind, kinds together, the chosen group before the other."""
    by_kind: dict[str, list[Hit]] = {}
    number = 0
    for hit in hits:
        same = by_kind.setdefault(hit.kind, [])
        if len(same) < MAX_KIND and number < MAX_ALL:
            same.append(hit)
            number += 1
    sources = sorted(registry.sources, key=lambda s: (s.group != group, s.order))
    return [
        Suggestion(hit.title, hit.url, source.kind, str(source.label_plural))
        for source in sources
        for hit in by_kind.get(source.kind, ())
    ]
