"""Words that mean the same: which other words a query also stands for.

Groups come from the records (see ``registry.register_synonyms``) and from the editable
list. Matching goes by stems, so inflected and gendered forms are the same word. There is
one hop only: what a synonym means in another group is not looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from .analysis import Token, get_analyser

#: Other words for one stretch of a query; more would cost more than they find.
MAX_PER_PLACE = 10
#: Other words for a whole query.
MAX_ALL = 40
#: A term of more words than this is a sentence.
MAX_WORDS = 8

LANGUAGES = ("de", "en")
LIST = "list"
_GENDERED = re.compile(r"\w[*:_/·-]+in(?:nen)?\b|\wIn(?:nen)?\b")


class Shape(StrEnum):
    """What the terms of a group mean to each other."""

    EQUAL = "equal"  # each means each
    STAR = "star"  # each means the head and the head each
    TOWARDS = "towards"  # each means the head, which means none of them


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that belong together, as somebody wrote them; with a head unless equal."""

    terms: tuple[str, ...]
    origin: str = LIST
    languages: tuple[str, ...] = LANGUAGES
    shape: Shape = Shape.EQUAL
    head: str = ""
    #: Terms of another language than that of the search: looked for, never named.
    foreign: frozenset[str] = frozenset()

    def is_foreign(self, term: str, language: str) -> bool:
        """Whether readers of a language would wonder about a term. Who writes a list for
        both languages writes German with capital letters and English without."""
        if self.origin != LIST or len(self.languages) < 2:
            return term in self.foreign
        return (language == "de") != any(char.isupper() for char in term)


@dataclass(frozen=True, slots=True)
class Expansion:
    """``words[start:end]`` of a query also mean ``words``."""

    start: int
    end: int
    words: tuple[Token, ...]
    term: str  # as written by the editor
    origin: str  # where it comes from: glossary, topic, organisation, list …
    is_foreign: bool = False  # a word of another language

    @property
    def content(self) -> tuple[Token, ...]:
        """The words that count; a term of stop words only is never kept."""
        return tuple(token for token in self.words if not token.is_stop)


Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """A term with its words; two of the same stems are the same term."""

    text: str
    words: tuple[Token, ...]
    stems: Stems
    #: For names of people as "Planer*innen": what a word must begin with, for "Plan" has
    #: the same stem and is none of them.
    person: str = ""
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a term means, where that is said, and how a word must begin to mean it."""

    term: _Term
    origin: str
    person: str


class Synonyms:
    """All groups of one language, ready to be asked."""

    def __init__(self, groups: Iterable[Group], language: str) -> None:
        self.language = language
        self._means: dict[Stems, list[_Meaning]] = {}
        self._first: dict[str, int] = {}
        for group in groups:
            if language in group.languages:
                self._add(group)

    def __len__(self) -> int:
        return len(self._means)

    def _add(self, group: Group) -> None:
        for source, target in self._pairs(group):
            if source.stems == target.stems:
                continue  # itself, or another spelling that the analyser levels
            known = self._means.setdefault(source.stems, [])
            known.append(_Meaning(target, group.origin, source.person))
            longest = max(self._first.get(source.stems[0], 0), len(source.stems))
            self._first[source.stems[0]] = longest

    def _pairs(self, group: Group) -> Iterator[tuple[_Term, _Term]]:
        terms = [term for text in group.terms if (term := self._term(text, group))]
        if group.shape is Shape.EQUAL:
            yield from ((one, other) for one in terms for other in terms)
            return
        head = self._term(group.head, group)
        if head is None:
            return
        for term in terms:
            yield term, head
            if group.shape is Shape.STAR:
                yield head, term

    def _term(self, text: str, group: Group) -> _Term | None:
        """A term worth keeping: some words, not a single letter."""
        written = " ".join(text.split())
        words = tuple(
            get_analyser(self.language).query_tokens(written)[: MAX_WORDS + 1]
        )
        stems = tuple(token.stem for token in words if not token.is_stop)
        if not stems or len(words) > MAX_WORDS or sum(map(len, stems)) < 2:
            return None
        is_foreign = group.is_foreign(text, self.language)
        return _Term(written, words, stems, _person(written, words), is_foreign)

    def expand(self, tokens: Sequence[Token]) -> tuple[Expansion, ...]:
        """What else the words of a query mean. The longest terms win: within "ältere
        Menschen" nothing is looked for that "Menschen" alone would mean."""
        places = [i for i, token in enumerate(tokens) if not token.is_stop]
        stems = [tokens[i].stem for i in places]
        found: list[Expansion] = []
        at = 0
        while at < len(stems) and len(found) < MAX_ALL:
            length = self._longest(stems, at)
            if length:
                start, end = places[at], places[at + length - 1] + 1
                key = tuple(stems[at : at + length])
                found += self._expansions(key, start, end, tokens[start].fuzzy)
            at += max(length, 1)
        return tuple(found[:MAX_ALL])

    def _longest(self, stems: list[str], at: int) -> int:
        """How many words from here on are a known term; 0 for none."""
        most = min(self._first.get(stems[at], 0), len(stems) - at)
        lengths = range(most, 0, -1)
        known = (n for n in lengths if tuple(stems[at : at + n]) in self._means)
        return next(known, 0)

    def _expansions(
        self, key: Stems, start: int, end: int, written: str
    ) -> list[Expansion]:
        """The meanings of a place, each once, those of the first groups first. A word
        that any group has in this language is none of another."""
        meant: dict[Stems, _Meaning] = {}
        for meaning in self._means[key]:
            if not written.startswith(meaning.person):
                continue
            there = meant.setdefault(meaning.term.stems, meaning)
            if there.term.is_foreign and not meaning.term.is_foreign:
                meant[meaning.term.stems] = meaning
        return [
            Expansion(
                start, end, m.term.words, m.term.text, m.origin, m.term.is_foreign
            )
            for m in list(meant.values())[:MAX_PER_PLACE]
        ]


def _person(written: str, words: Sequence[Token]) -> str:
    """The plain form of a gendered name of people whose stem is a shorter word."""
    if len(words) != 1 or not _GENDERED.search(written):
        return ""
    word = words[0]
    return word.fuzzy if word.fuzzy.startswith(f"{word.stem}er") else ""


def lines(text: str) -> tuple[str, ...]:
    """Terms as an editor writes them: one a line, empty lines left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def from_rows(rows: Iterable[Mapping[str, Any]], language: str) -> Synonyms:
    """Synonyms from rows of the exchange file, without a database."""
    groups = (
        Group(tuple(row["terms"]), languages=languages_of(row.get("language", "de")))
        for row in rows
        if row.get("is_active", True)
    )
    return Synonyms(groups, language)


def languages_of(code: str) -> tuple[str, ...]:
    """The searches in which a group counts: one language, or all."""
    return (code,) if code in LANGUAGES else LANGUAGES


@lru_cache(maxsize=4)
def shipped(language: str) -> Synonyms:
    """The list as it is shipped, from the file that ``SEARCH["SYNONYMS"]`` names."""
    from django.conf import settings

    data = json.loads(Path(settings.SEARCH["SYNONYMS"]).read_text("utf-8"))
    return from_rows(data["rows"], language)
