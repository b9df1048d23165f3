"""How a query is understood and why its first hits stand where they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .engines.base import Answer, Asked, Request
from .fields import TIER, WHOLE
from .indexed import weight_of
from .parsing import ParsedQuery, parse
from .query import (
    All,
    Any,
    Constant,
    Fuzzy,
    Keys,
    Phrase,
    Prefix,
    Query,
    Term,
)
from .registry import CONTENT, registry
from .results import Hit
from .session import Search, Words, open_search
from .state import State

HITS = 10
#: So many single matches are asked for; a longer query is explained in part.
MAX_LEAVES = 150

#: What a query looks for; a constant gives a word the same points wherever it stands.
Leaf = Term | Phrase | Prefix | Fuzzy | Constant


@dataclass(frozen=True, slots=True)
class Reason:
    """One word that one field of a hit has, and the points this gives alone."""

    leaf: Leaf
    points: float

    @property
    def field(self) -> str:
        """Where it stands; "" for a word that counts wherever it does."""
        if not isinstance(self.leaf, Constant):
            return self.leaf.field
        inner = self.leaf.child
        return WHOLE if isinstance(inner, Term) and inner.field == WHOLE else ""

    @property
    def word(self) -> str:
        """The form that was compared."""
        leaf = self.leaf
        if isinstance(leaf, Constant):
            inner = next(leaves_of(leaf.child), None)
            return Reason(inner, 0.0).word if inner else ""
        return " ".join(leaf.words) if isinstance(leaf, Phrase) else leaf.text

    @property
    def way(self) -> str:
        return type(self.leaf).__name__.lower()


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A hit, its place, and what speaks for it."""

    place: int
    hit: Hit
    label: str
    reasons: tuple[Reason, ...]
    #: Weight of the entry itself: unverified ones count a little less.
    weight: float
    #: How many tiers the hit was lifted: by stricter steps, and by its own words.
    tier: int
    #: Points within the tier, the weight included.
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A query taken apart."""

    parsed: ParsedQuery
    words: Words
    steps: tuple[str, ...]
    used: str
    total: int
    #: Points are shares of the best hit, half by words and half by meaning.
    is_fused: bool = False
    hits: tuple[ExplainedHit, ...] = field(default=())


def explain_hits(state: State, language: str, key: str = "") -> Explanation:
    """Why the first hits, or one of them, stand where they do."""
    search = open_search(language)
    [request] = search.fused(search.request(state, HITS), state=state)
    answer = search.ask(request)[0]
    parsed = search.parse(state.query)
    hits = [
        (place, hit)
        for place, hit in enumerate(answer.hits, start=1)
        if key in ("", hit.key)
    ]
    return Explanation(
        parsed=parsed,
        words=search.read(parsed.text),
        steps=tuple(step.name for step in request.steps),
        used=answer.step.name if answer.step else "",
        total=answer.total,
        is_fused=answer.is_fused,
        hits=tuple(_explained(search, request, answer, hits)),
    )


def _explained(
    search: Search,
    request: Request,
    answer: Answer,
    hits: Sequence[tuple[int, Hit]],
) -> Iterator[ExplainedHit]:
    """Every single match is asked of the engine, all in one go."""
    if answer.step is None or not hits:
        return
    points = request.fusion.points if request.fusion else answer.step.query
    leaves = list(dict.fromkeys(leaves_of(points)))[:MAX_LEAVES]
    keys = [hit.key for _, hit in hits]
    everyone = Constant(Keys(frozenset(keys)), 0.0)
    questions = [
        Asked(Constant(Keys(frozenset({key})), 0.0), limit=1) for key in keys
    ] + [Asked(All((everyone, leaf)), limit=len(keys)) for leaf in leaves]
    reader = search.reader
    found = search.engine.find_many([(reader, question) for question in questions])
    alone, matched = found[: len(keys)], found[len(keys) :]
    reasons: dict[int, list[Reason]] = {}
    for leaf, answers in zip(leaves, matched, strict=True):
        for match in answers.matches:
            reason = Reason(leaf, round(match.score, 3))
            reasons.setdefault(match.standing, []).append(reason)
    for (place, hit), one in zip(hits, alone, strict=True):
        if one.matches:
            standing = one.matches[0].standing
            yield _explained_hit(place, hit, standing, reasons.get(standing, []))


def _explained_hit(
    place: int, hit: Hit, standing: int, reasons: Sequence[Reason]
) -> ExplainedHit:
    tier, points = divmod(hit.score, TIER)
    return ExplainedHit(
        place=place,
        hit=hit,
        label=registry.label(hit.kind),
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.points)),
        weight=weight_of(standing),
        tier=int(tier),
        points=round(points, 2),
    )


def leaves_of(query: Query) -> Iterator[Leaf]:
    """Every single thing a query looks for, without what only lifts."""
    if isinstance(query, (Term, Phrase, Prefix, Fuzzy)):
        yield query
    elif isinstance(query, Constant):
        if query.score < TIER and any(True for _ in leaves_of(query.child)):
            yield query
    elif isinstance(query, Any):
        for child in query.children:
            yield from leaves_of(child)
    elif isinstance(query, All):
        for child in (*query.children, *query.optional):
            yield from leaves_of(child)


def explain_query(text: str, language: str) -> Iterator[str]:
    """Lines for the command line: words and their forms, steps, first hits."""
    search = open_search(language)
    state = State(query=text, group=CONTENT)
    [request] = search.fused(search.request(state, HITS), state=state)
    parsed = parse(text)
    words = search.read(parsed.text)
    yield f"text: {parsed.text!r} phrases: {parsed.phrases} without: {parsed.without}"
    yield from _words(words)
    for step in request.steps:
        yield f"step {step.name}: {step.query}"
    answer = search.ask(request)[0]
    yield f"{answer.total} hits by step {answer.step.name if answer.step else '-'}"
    for hit in answer.hits:
        near = "" if hit.similarity is None else f"  near {hit.similarity:.2f}"
        yield f"{hit.score:10.3f}  {hit.key}  {hit.title}{near}"


def _words(words: Words) -> Iterator[str]:
    for token in words.tokens:
        notes = [f"parts {'+'.join(token.parts)}"] if token.parts else []
        notes += ["stop word"] if token.is_stop else []
        notes += ["unknown"] if token.stem in words.unknown else []
        yield f"word {token.text}: stem {token.stem}, {', '.join(notes) or 'known'}"
    for expansion in words.expansions:
        place = " ".join(
            token.text for token in words.tokens[expansion.start : expansion.end]
        )
        yield f"synonym of {place}: {expansion.term} ({expansion.origin})"
