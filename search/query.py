"""The query as a tree of plain values, which each engine translates.

``build`` turns parsed text into steps, from strict to generous: all words, most words,
one letter different, two letters different. An engine takes the next step only while
the one before found little; hits of an earlier step stand above those of a later one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from . import fields
from .analysis import Token, get_analyser
from .parsing import ParsedQuery

#: More different words than this are not looked up.
MAX_WORDS = 24
#: A beginning of a word counts from this many letters.
MIN_PREFIX = 4
#: Letters a word needs before one or two of them may differ.
MIN_FUZZY = {1: 4, 2: 8}


@dataclass(frozen=True, slots=True)
class Term:
    """One token in one field."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other in one field."""

    field: str
    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Tokens that begin so; every match scores the same."""

    field: str
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Tokens at most ``distance`` letters away; every match scores the same."""

    field: str
    text: str
    distance: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Any:
    """At least ``minimum`` of these. With ``tie``, the best one counts in full and
    the others by that share; without, all scores add up."""

    children: tuple[Query, ...]
    minimum: int = 1
    tie: float | None = None
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class All:
    """All ``children``; ``optional`` ones only add to the score; none of ``without``."""

    children: tuple[Query, ...] = ()
    optional: tuple[Query, ...] = ()
    without: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Constant:
    """Matches like its child and always scores the same."""

    child: Query
    score: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Documents with any of these values of a facet; does not score."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, all with the same score."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Exactly these documents."""

    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class VisibleAt:
    """Documents whose time of visibility includes this second since 1970."""

    second: int


Query: TypeAlias = (
    Term
    | Phrase
    | Prefix
    | Fuzzy
    | Any
    | All
    | Constant
    | Filter
    | Everything
    | Keys
    | VisibleAt
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What to highlight in the text of a hit."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    #: Word and the distance up to which its relatives are marked.
    fuzzy: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder: its name, its query, what it marks in texts, and how far
    its hits stand above those of later steps."""

    name: str
    query: Query
    marks: Marks
    bonus: float = fields.TIER


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of one search, from strict to generous."""

    steps: tuple[Step, ...]
    tokens: tuple[Token, ...] = ()
    kinds: tuple[str, ...] = ()
    is_browsing: bool = False


def content_tokens(text: str, language: str) -> list[Token]:
    """The different words of a text, at most ``MAX_WORDS`` of them."""
    seen: dict[str, Token] = {}
    for token in get_analyser(language).query_tokens(text):
        seen.setdefault(token.exact, token)
        if len(seen) >= MAX_WORDS:
            break
    return list(seen.values())


def build(parsed: ParsedQuery, language: str, unknown: Collection[str] = ()) -> Plan:
    """Make the plan of a search. ``unknown`` are stems that no document has: such a
    word can only be misspelt, so its relatives are asked for from the first step."""
    tokens = content_tokens(parsed.text, language)
    frame = _Frame(parsed, language)
    words = [token for token in tokens if not token.is_stop]
    stops = [token for token in tokens if token.is_stop]
    if not words:
        words, stops = stops, []
    if not words:
        return _wordless_plan(parsed, frame)
    open_word = tokens[-1] if parsed.open_end else None
    ladder = _Ladder(words, stops, frame, frozenset(unknown), open_word)
    return Plan(ladder.steps(), tuple(tokens), parsed.kinds)


def _wordless_plan(parsed: ParsedQuery, frame: _Frame) -> Plan:
    """Only phrases, exclusions or kinds, or nothing at all."""
    query = frame.around(())
    marks = Marks(stems=frame.stems)
    browsing = not parsed.phrases
    return Plan((Step("all", query, marks),), (), parsed.kinds, browsing)


class _Frame:
    """What holds in every step: phrases must be there, exclusions must not."""

    def __init__(self, parsed: ParsedQuery, language: str) -> None:
        self.phrases = tuple(
            query for text in parsed.phrases for query in _phrase(text, language)
        )
        self.without = tuple(
            query for text in parsed.without for query in _excluded(text, language)
        )
        self.stems = frozenset(
            token.stem
            for text in parsed.phrases
            for token in content_tokens(text, language)
        )

    def around(
        self, children: tuple[Query, ...], optional: tuple[Query, ...] = ()
    ) -> Query:
        """Put the frame around a step's own parts."""
        must = (*children, *self.phrases) or (Everything(),)
        return All(must, optional, self.without)


@dataclass(frozen=True)
class _Ladder:
    """Builds the steps for a set of words."""

    words: Sequence[Token]
    stops: Sequence[Token]
    frame: _Frame
    unknown: frozenset[str]
    open_word: Token | None

    def steps(self) -> tuple[Step, ...]:
        """All words, most words, distance 1, distance 2; those that differ."""
        count, most = len(self.words), most_of(len(self.words))
        steps = [self._step("all", 0, count)]
        if most < count:
            steps.append(self._step("most", 0, most))
        for distance in (1, 2):
            if any(_letters(t) >= MIN_FUZZY[distance] for t in self.words):
                steps.append(self._step(f"distance-{distance}", distance, most))
        return tuple(steps)

    def _step(self, name: str, distance: int, minimum: int) -> Step:
        words = tuple(self._word(token, distance) for token in self.words)
        core: tuple[Query, ...] = words
        if minimum < len(words):
            core = (Any(words, minimum=minimum),)
        stops = tuple(_fields_query(t.stem, fields.STOP_BOOST) for t in self.stops)
        query = self.frame.around(core, stops)
        return Step(name, query, self._marks(distance), fields.STEP_BONUS[name[:4]])

    def _word(self, token: Token, distance: int) -> Query:
        """Every way in which one word may be found at a distance."""
        ways: list[Query] = [
            _fields_query(token.stem),
            Term(fields.EXACT, token.exact, fields.EXACT_BOOST),
            Term(fields.PARTS, token.stem, fields.PART_BOOST),
        ]
        if len(token.parts) > 1:
            ways.append(_split_query(token.parts))
        if self._is_open(token):
            ways.append(Prefix(fields.FUZZY, token.fuzzy, fields.PREFIX_BOOST))
        allowed = self._distance(token, distance)
        if allowed:
            ways.append(Fuzzy(fields.FUZZY, token.fuzzy, allowed, fields.FUZZY_BOOST))
        return Any(tuple(ways))

    def _is_open(self, token: Token) -> bool:
        return token is self.open_word and _letters(token) >= MIN_PREFIX

    def _distance(self, token: Token, distance: int) -> int:
        """How many letters may differ: an unknown word is misspelt from the start."""
        if token.stem in self.unknown:
            distance = max(distance, 1)
        while distance and _letters(token) < MIN_FUZZY[distance]:
            distance -= 1
        return distance

    def _marks(self, distance: int) -> Marks:
        fuzzy = ((t.fuzzy, self._distance(t, distance)) for t in self.words)
        own = {token.stem for token in self.words}
        parts = {p for t in self.words if len(t.parts) > 1 for p in t.parts}
        return Marks(
            stems=frozenset(own | parts) | self.frame.stems,
            prefixes=tuple(t.fuzzy for t in self.words if self._is_open(t)),
            fuzzy=tuple((word, allowed) for word, allowed in fuzzy if allowed),
        )


def most_of(count: int) -> int:
    """How many of so many words must be there in the second step: half of them. More
    loses the right page of a long question, fewer finds everything."""
    return max(1, count // 2)


def _letters(token: Token) -> int:
    return len(token.fuzzy)


def _fields_query(stem: str, boost: float = 1.0) -> Query:
    """A stem in the fields for words: the best field counts, the others a little."""
    terms = tuple(
        Term(name, stem, worth * boost) for name, worth in fields.WORD_BOOSTS.items()
    )
    return Any(terms, tie=fields.FIELD_TIE)


def _split_query(parts: Iterable[str]) -> Query:
    """All parts of a typed compound, each as a word or inside another compound."""
    found = tuple(
        Any(
            (
                Term(fields.TITLE, part, 2 * fields.SPLIT_BOOST),
                Term(fields.BODY, part, fields.SPLIT_BOOST),
                Term(fields.PARTS, part, fields.SPLIT_BOOST),
            ),
            tie=fields.FIELD_TIE,
        )
        for part in parts
    )
    return All(found)


def _phrase(text: str, language: str) -> list[Query]:
    tokens = get_analyser(language).query_tokens(text)[:MAX_WORDS]
    words = tuple(token.exact for token in tokens)
    if not words:
        return []
    return [Phrase(fields.EXACT, words, fields.PHRASE_BOOST)]


def _excluded(text: str, language: str) -> list[Query]:
    """An excluded word is excluded in all its forms, an excluded phrase as it stands."""
    tokens = get_analyser(language).query_tokens(text)[:MAX_WORDS]
    if len(tokens) > 1:
        return _phrase(text, language)
    return [
        Any(tuple(Term(name, token.stem) for name in fields.WORD_BOOSTS))
        for token in tokens
    ]
