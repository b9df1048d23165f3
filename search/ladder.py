"""Parsed text → the steps of a search, from strict to generous.

All words, most words, one letter different, two letters different. An engine takes the
next step only while the one before found little; hits of an earlier step stand above
those of a later one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from . import fields
from .analysis import Token, get_analyser, whole
from .misspelt import Spelling, letters_of
from .parsing import ParsedQuery
from .query import (
    All,
    Any,
    Constant,
    Fuzzy,
    Marks,
    Phrase,
    Plan,
    Prefix,
    Query,
    Step,
    Term,
)
from .synonyms import Expansion
from .typed import Frame, content_tokens

#: A beginning of a word counts from this many letters.
MIN_PREFIX = 4


def build(
    parsed: ParsedQuery,
    language: str,
    unknown: Collection[str] = (),
    expansions: Sequence[Expansion] = (),
    near: Mapping[str, Sequence[Token]] | None = None,
    certain: Collection[str] = (),
) -> Plan:
    """Make the plan of a search. ``unknown`` are stems that no document has: such a
    word can only be misspelt, so its relatives are asked for from the first step.
    ``expansions`` say what else places of ``content_tokens`` mean, ``near`` what words
    (by their exact form) are if misspelt; ``certain`` ones are not."""
    tokens = content_tokens(parsed.text, language)
    frame = Frame(parsed, language)
    words = [token for token in tokens if not token.is_stop]
    stops = [token for token in tokens if token.is_stop]
    if not words:
        words, stops = stops, []
    if not words:
        return _wordless_plan(frame)
    open_word = tokens[-1] if parsed.open_end else None
    if open_word is not None and get_analyser(language).knows(open_word):
        open_word = None
    synonyms = _by_word(tokens, expansions)
    spelt = Spelling(frozenset(unknown), frozenset(certain), near or {})
    ladder = _Ladder(words, stops, frame, spelt, open_word, synonyms)
    frame_alone = frame.around(())
    return Plan(ladder.steps(), tuple(tokens), frame_alone, ladder.points())


def _by_word(
    tokens: Sequence[Token], expansions: Sequence[Expansion]
) -> dict[str, tuple[Expansion, ...]]:
    """Expansions of each word. One of several words stands with all of them: "both
    words, or the other term" is the same as "either or the other" for both."""
    found: dict[str, tuple[Expansion, ...]] = {}
    for expansion in expansions:
        for token in tokens[expansion.start : expansion.end]:
            found[token.exact] = (*found.get(token.exact, ()), expansion)
    return found


def _wordless_plan(frame: Frame) -> Plan:
    """Only phrases, exclusions or kinds, or nothing at all."""
    query = frame.around(())
    marks = Marks(stems=frame.stems)
    return Plan((Step("all", query, marks),), frame=query)


@dataclass(frozen=True)
class _Ladder:
    """Builds the steps for a set of words."""

    words: Sequence[Token]
    stops: Sequence[Token]
    frame: Frame
    spelling: Spelling
    open_word: Token | None
    synonyms: Mapping[str, tuple[Expansion, ...]]
    #: Words made already: steps share them, and an engine translates each once.
    _made: dict[tuple[str, int], Query] = field(default_factory=dict, compare=False)

    def steps(self) -> tuple[Step, ...]:
        """All words, most words, distance 1, distance 2; those that differ."""
        count, most = len(self.words), most_of(len(self.words))
        bonus = fields.ALL_BONUS if most < count else fields.TIER
        steps = [self._step("all", 0, count, bonus)]
        if most < count:
            steps.append(self._step("most", 0, most))
        for distance in (1, 2):
            if self._has_step(distance):
                steps.append(self._step(f"distance-{distance}", distance, most))
        return tuple(steps)

    def points(self) -> Query:
        """What has any of the words, as they were typed or mean the same."""
        words = tuple(self._word(token, 0) for token in self.words)
        return All((Any(words),), (*self._stops(), *self._split(), *self._whole()))

    def _step(
        self, name: str, distance: int, minimum: int, bonus: float = fields.TIER
    ) -> Step:
        words = tuple(self._word(token, distance) for token in self.words)
        core: tuple[Query, ...] = words
        if minimum < len(words):
            core = (Any(words, minimum=minimum),)
        query = self.frame.around(core, self._optional)
        return Step(name, query, self._marks(distance), bonus, self._exact(distance))

    @cached_property
    def _optional(self) -> tuple[Query, ...]:
        """What only adds to the score; the same in all steps."""
        lifts = (*self._split(), *self._whole(), *self._own_first())
        return (*self._stops(), *lifts)

    def _stops(self) -> tuple[Query, ...]:
        return tuple(Term(fields.PARTS, t.stem, fields.STOP_BOOST) for t in self.stops)

    def _split(self) -> tuple[Query, ...]:
        """The parts of typed compounds: "Beteiligung" alone speaks for a text, even if
        only another part makes it a hit for "Beteiligungsverfahren"."""
        parts = (part for token in self.words for part in token.part_roots)
        return tuple(
            Term(fields.PARTS, part, fields.SPLIT_BOOST)
            for part in dict.fromkeys(parts)
        )

    def _whole(self) -> tuple[Query, ...]:
        """Who types just a title or a name wants what is called so."""
        name = whole(self.words)
        return (
            Constant(Term(fields.WHOLE, name), fields.WHOLE_BONUS),
            Constant(Term(fields.WHOLE, fields.titled(name)), fields.TITLED_BONUS),
        )

    def _own_first(self) -> tuple[Query, ...]:
        """Lifts what has the words themselves above what has only synonyms."""
        if not self.synonyms:
            return ()
        own = tuple(Any((self._there(t), *self._begun(t))) for t in self.words)
        return (Constant(All(own), fields.TIER),)

    def _exact(self, distance: int) -> float:
        """Each fuzzy step lifts the exact hits by one tier more."""
        if all(token.stem in self.spelling.unknown for token in self.words):
            return inf
        steps = [d for d in range(1, distance + 1) if self._has_step(d)]
        return fields.TIER * len(steps)

    def _has_step(self, distance: int) -> bool:
        """Whether any word may have so many differences."""
        return any(self.spelling.most(token) >= distance for token in self.words)

    def _word(self, token: Token, distance: int) -> Query:
        """Every way in which one word may be found at a distance."""
        allowed = self._distance(token, distance)
        made = self._made.get((token.exact, allowed))
        if made is None:
            made = self._made[token.exact, allowed] = self._ways(token, allowed)
        return made

    def _ways(self, token: Token, allowed: int) -> Query:
        ways = [self._own(token), *self._begun(token)]
        others = self.synonyms.get(token.exact, ())
        if others:
            ways.append(Any(tuple(map(_synonym, others)), tie=0.0))
        if allowed:
            ways.append(Fuzzy(fields.FUZZY, token.fuzzy, allowed, fields.FUZZY_BOOST))
            relatives = self.spelling.relatives(token, allowed)
            ways += [_fields_query(r.stem, fields.NEAR_BOOST) for r in relatives]
        return Any(tuple(ways)) if len(ways) > 1 else ways[0]

    def _own(self, token: Token) -> Query:
        """The word itself in a text: that it is there, and where and how often."""
        scores: list[Query] = [
            _fields_query(token.stem),
            Term(fields.EXACT, token.exact, fields.EXACT_BOOST),
        ]
        if len(token.part_roots) < 2:  # else its parts score
            form = token.forms[-1]
            scores.append(Term(fields.PARTS, form, fields.PART_BOOST))
        there = Constant(self._there(token), fields.WORD_BONUS)
        return All((there,), tuple(scores))

    def _there(self, token: Token) -> Query:
        """One field holds all forms of all words, so this is what finds a text."""
        ways: list[Query] = [Term(fields.PARTS, form) for form in token.forms]
        if len(token.part_roots) > 1:
            parts = dict.fromkeys(token.part_roots)
            ways.append(All(tuple(Term(fields.PARTS, part) for part in parts)))
        return Any(tuple(ways)) if len(ways) > 1 else ways[0]

    def _begun(self, token: Token) -> list[Query]:
        """A word that is still being typed."""
        if not self._is_open(token):
            return []
        return [Prefix(fields.FUZZY, token.fuzzy, fields.PREFIX_BOOST)]

    def _is_open(self, token: Token) -> bool:
        """A beginning is no word yet: "Organ" is one, and no beginning of others."""
        return token is self.open_word and letters_of(token) >= MIN_PREFIX

    def _distance(self, token: Token, distance: int) -> int:
        """How many letters may differ: an unknown word is misspelt from the start."""
        if token.stem in self.spelling.unknown:
            distance = max(distance, 1)
        return min(distance, self.spelling.most(token))

    def _marks(self, distance: int) -> Marks:
        fuzzy = ((t.fuzzy, self._distance(t, distance)) for t in self.words)
        own = {form for token in self.words for form in token.forms}
        parts = {part for token in self.words for part in token.part_roots}
        others = {e for found in self.synonyms.values() for e in found}
        single = {e.content[0].stem for e in others if len(e.content) == 1}
        return Marks(
            stems=frozenset(own | parts | single) | self.frame.stems,
            prefixes=tuple(t.fuzzy for t in self.words if self._is_open(t)),
            fuzzy=tuple((word, allowed) for word, allowed in fuzzy if allowed),
            phrases=frozenset(_stems(e) for e in others if len(e.content) > 1),
        )


def most_of(count: int) -> int:
    """How many of so many words must be there in the second step: half of them. More
    loses the right page of a long question, fewer finds everything."""
    return max(1, count // 2)


def _fields_query(stem: str, boost: float = 1.0) -> Query:
    """A stem in the fields for words: the best field counts, the others a little."""
    terms = tuple(
        Term(name, stem, worth * boost) for name, worth in fields.WORD_BOOSTS.items()
    )
    return Any(terms, tie=fields.FIELD_TIE)


def _synonym(expansion: Expansion) -> Query:
    """Another term, below the word itself. Several words must stand together: in one of
    the short fields, or in the text one after the other."""
    boost = fields.SYNONYM_BOOST / (expansion.end - expansion.start)
    content = expansion.content
    if len(content) == 1:
        stem = content[0].stem
        part = Term(fields.PARTS, stem, fields.PART_BOOST * boost)
        return Any((_fields_query(stem, boost), part))
    together = tuple(
        All(tuple(Term(name, t.stem, worth * boost) for t in content))
        for name, worth in fields.WORD_BOOSTS.items()
        if name in (fields.TITLE, fields.NAMES, fields.HEADINGS)
    )
    exact = tuple(token.exact for token in expansion.words)
    return Any((*together, Phrase(fields.EXACT, exact, boost)), tie=fields.FIELD_TIE)


def _stems(expansion: Expansion) -> tuple[str, ...]:
    return tuple(token.stem for token in expansion.words)
