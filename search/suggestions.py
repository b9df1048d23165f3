"""Proposals while somebody types: titles and names that begin so, grouped by kind, with
the stretches that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from . import fields
from .analysis import Token, get_analyser
from .analysis.folding import letters_only, strip_marks
from .engines.base import Asked, Reader, Request, limited
from .ladder import MIN_FUZZY, content_tokens
from .query import All, Any, Fuzzy, Prefix, Query, Term
from .registry import registry
from .results import Hit, Suggestion
from .service import invisible, open_search

#: Fewer letters say too little.
MIN_LETTERS = 2
#: Proposals in all, and of one kind.
MAX_ALL, MAX_KIND = 8, 3
_CANDIDATES = 30
#: Names of an entry that are looked through for what was typed.
_MAX_NAMES = 12

Marks = tuple[tuple[int, int], ...]


def suggest(text: str, language: str, group: str) -> list[Suggestion]:
    """Proposals for what was typed so far, those of the chosen group first."""
    tokens = content_tokens(text, language)
    if len(text.strip()) < MIN_LETTERS or not tokens:
        return []
    search = open_search(language)
    reader = search.engine.reader(language)
    request = Request(language, (), hidden=search.hidden, now=search.now)
    typed = _Typed(text.strip().casefold(), tuple(t.fuzzy for t in tokens), language)
    found = _find(reader, _beginning_so(tokens), request, typed)
    if not found and len(typed.words[-1]) >= MIN_FUZZY[1]:
        found = _find(reader, _near(typed.words), request, typed.misspelt())
    shown = _grouped(found, group)
    gone = invisible(tuple(match.hit for match in shown))
    if gone:
        shown = _grouped([m for m in found if m.hit.key not in gone], group)
        still_gone = invisible(tuple(match.hit for match in shown))
        shown = [match for match in shown if match.hit.key not in still_gone]
    return [match.suggestion for match in shown]


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
                return token.start, token.start + _written(token.text, len(word))
            if self.distance and OSA.distance(token.fuzzy, word) <= self.distance:
                return token.start, token.end
        return None


def _written(text: str, letters: int) -> int:
    """How much of a word as written makes up so many letters of the folded one:
    "Bürger*i" for "burgeri"."""
    folded = 0
    for place, char in enumerate(text):
        folded += len(letters_only(strip_marks(char)).casefold())
        if folded >= letters:
            return place + 1
    return len(text)


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
