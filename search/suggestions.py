"""Proposals while somebody types: titles and names that begin so, grouped by kind, with
the stretches that were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import OSA

from . import fields
from .analysis import Token, get_analyser
from .analysis.folding import letters_only, strip_marks
from .engines.base import Asked, Reader, Request, limited
from .misspelt import MIN_FUZZY
from .query import All, Any, Fuzzy, Prefix, Query, Term
from .registry import registry
from .results import Hit, Suggestion
from .seen import invisible
from .session import Search, open_search
from .typed import content_tokens

#: Fewer letters say too little.
MIN_LETTERS = 2
#: Proposals in all, and of one kind.
MAX_ALL, MAX_KIND = 8, 3
_CANDIDATES = 30
#: Names of an entry that are looked through for what was typed.
_MAX_NAMES = 12

#: "Bürger*i", "Bürgerinn", "Bürgerinnenr": as far as it is typed.
GENDER_ENDING = re.compile(
    r"(?<=\w{3})(?:[*:_/·]-?i(?:nn?e?n?)?\b|innen(?=\w)|inn?e?n?$)", re.IGNORECASE
)

Marks = tuple[tuple[int, int], ...]


def suggest(text: str, language: str, group: str) -> list[Suggestion]:
    """Proposals for what was typed so far, those of the chosen group first.

    What waits for removal is left out by the index. Of people the database is asked
    each time as well; asking it of every kind would take longer than all the rest.
    """
    if len(text.strip()) < MIN_LETTERS or not content_tokens(text, language):
        return []
    search = open_search(language)
    found = _candidates(search, text.strip())
    gone = invisible(tuple(match.hit for match in found if match.hit.is_person))
    shown = _grouped((m for m in found if m.hit.key not in gone), group)
    return [match.suggestion for match in shown]


def _candidates(search: Search, text: str) -> list[_Match]:
    """Names that begin as typed; else as typed without an ending that stands for all
    genders, which the index does not keep; else nearly so."""
    reader = search.reader
    request = Request(search.language, (), hidden=search.hidden, now=search.now)
    for written in dict.fromkeys((text, GENDER_ENDING.sub("", text))):
        tokens = content_tokens(written, search.language)
        if not tokens:
            continue
        words = tuple(token.fuzzy for token in tokens)
        typed = _Typed(written.casefold(), words, search.language)
        found = _find(reader, _beginning_so(tokens), request, typed)
        if found:
            return found
    if len(typed.words[-1]) < MIN_FUZZY[1]:
        return []
    return _find(reader, _near(typed.words), request, typed.misspelt())


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed: the text, its words, and how many letters may differ."""

    text: str
    words: tuple[str, ...]
    language: str
    distance: int = 0

    def misspelt(self) -> _Typed:
        return _Typed(self.text, self.words, self.language, 1)

    def marks(self, text: str) -> Marks:
        """Where the words of a text begin with what was typed."""
        tokens = get_analyser(self.language).tokens(text)
        return tuple(span for token in tokens if (span := self._mark(token)))

    def _mark(self, token: Token) -> tuple[int, int] | None:
        for word in self.words:
            if token.fuzzy.startswith(word):
                return token.start, token.start + _written(token, word)
            if self.distance and OSA.distance(token.fuzzy, word) <= self.distance:
                return token.start, token.end
        return None


def _written(token: Token, word: str) -> int:
    """How much of a word as written makes up the beginning of the folded one. Of
    "Bürger*innenrat", folded "burgerrat", it is "Bürg" for "burg" and "Bürger*innenr"
    for "burgerr"."""
    sizes = [len(letters_only(strip_marks(char)).casefold()) for char in token.text]
    folded = letters_only(strip_marks(token.text)).casefold()
    if not folded.startswith(word):
        return max(1, len(token.text) - len(token.fuzzy) + len(word))
    reached = accumulate(sizes)
    return next((n for n, size in enumerate(reached, 1) if size >= len(word)), 1)


@dataclass(frozen=True, slots=True)
class _Match:
    """A candidate with what of it was typed."""

    hit: Hit
    typed: _Typed
    marks: Marks

    @property
    def rank(self) -> tuple[int, float, int]:
        """Titles that begin with the text, then those with a word that does, then
        those known by another name; short ones first."""
        title = self.hit.title
        begins = title.casefold().startswith(self.typed.text)
        place = 0 if begins else 1 if self.marks else 2
        return place, -round(self.hit.score, 1), len(title)

    @property
    def suggestion(self) -> Suggestion:
        source = registry.source(self.hit.kind)
        also, also_marks = "", Marks()
        for name in () if self.marks else self.hit.names[:_MAX_NAMES]:
            also_marks = self.typed.marks(name)
            if also_marks:
                also = name
                break
        return Suggestion(
            self.hit.title,
            self.hit.url,
            source.kind,
            str(source.label_plural),
            self.hit.is_person,
            self.marks,
            also,
            also_marks,
        )


def _beginning_so(tokens: Sequence[Token]) -> Query:
    return All(
        tuple(Prefix(fields.SUGGEST, token.fuzzy) for token in tokens),
        optional=tuple(Term(fields.TITLE, token.stem) for token in tokens),
    )


def _near(words: Sequence[str]) -> Query:
    """The last word misspelt, and those before it as typed or misspelt, too."""
    return All(
        tuple(
            Any((Prefix(fields.SUGGEST, word), Fuzzy(fields.SUGGEST, word, 1)))
            for word in words
        )
    )


def _find(
    reader: Reader, query: Query, request: Request, typed: _Typed
) -> list[_Match]:
    """The best candidates in order."""
    asked = Asked(limited(query, request), limit=_CANDIDATES)
    hits = reader.hits(reader.find(asked).matches, None)
    known = (hit for hit in hits if registry.find(hit.kind))
    found = [_Match(hit, typed, typed.marks(hit.title)) for hit in known]
    return sorted(found, key=lambda match: match.rank)


def _grouped(matches: Iterable[_Match], group: str) -> list[_Match]:
    """At most so many of a kind, kinds together, the chosen group before the other."""
    by_kind: dict[str, list[_Match]] = {}
    number = 0
    for match in matches:
        same = by_kind.setdefault(match.hit.kind, [])
        if len(same) < MAX_KIND and number < MAX_ALL:
            same.append(match)
            number += 1
    sources = sorted(registry.sources, key=lambda s: (s.group != group, s.order))
    return [match for source in sources for match in by_kind.get(source.kind, ())]
