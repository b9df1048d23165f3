"""How a query is understood and why its first hits stand where they do."""

from __future__ import annotations

from collections.abc import Iterator

from .parsing import parse
from .query import Plan
from .registry import CONTENT
from .service import open_search
from .state import State

_HITS = 10


def explain_query(text: str, language: str) -> Iterator[str]:
    """Lines for the command line: words and their forms, steps, first hits."""
    search = open_search(language)
    state = State(query=text, group=CONTENT)
    request = search.request(state, _HITS)
    parsed = parse(text)
    plan = search.plan(parsed)
    yield f"text: {parsed.text!r} phrases: {parsed.phrases} without: {parsed.without}"
    yield from _words(plan, search.read(parsed.text).unknown)
    for step in request.steps:
        yield f"step {step.name}: {step.query}"
    answer = search.engine.search(request)
    yield f"{answer.total} hits by step {answer.step.name if answer.step else '-'}"
    for hit in answer.hits:
        yield f"{hit.score:10.3f}  {hit.key}  {hit.title}"


def _words(plan: Plan, unknown: set[str]) -> Iterator[str]:
    for token in plan.tokens:
        notes = [f"parts {'+'.join(token.parts)}"] if token.parts else []
        notes += ["stop word"] if token.is_stop else []
        notes += ["unknown"] if token.stem in unknown else []
        yield f"word {token.text}: stem {token.stem}, {', '.join(notes) or 'known'}"
