"""Ways on from a page without results: fewer words, a filter to drop, the other group.

Each way is offered only with what it finds, so no link leads to an empty page again.
"""

from __future__ import annotations

from collections.abc import Iterator

from .analysis import Token
from .registry import CONTENT, NETWORK, registry
from .session import Search, open_search
from .state import State
from .typed import content_tokens
from .viewmodels import Chip, Link, Ways

#: Ways of one sort, and words that are tried for them.
_MAX_WAYS, _MAX_TRIED = 4, 8


def find_ways(state: State, language: str) -> Ways:
    """Everything that would find something."""
    search = open_search(language)
    return Ways(
        fewer_words=list(_fewer_words(search, state)),
        without_filter=list(_without_filter(search, state)),
        other_group=_other_group(search, state),
    )


def _fewer_words(search: Search, state: State) -> Iterator[Link]:
    """Single words of the question, and parts of its long words, that find something."""
    tokens = [t for t in content_tokens(state.query, search.language) if not t.is_stop]
    words = [token.text for token in tokens] if len(tokens) > 1 else []
    words += [part for token in tokens for part in parts_as_written(token)]
    given = 0
    for word in list(dict.fromkeys(words))[:_MAX_TRIED]:
        if search.read(word).unknown:
            continue
        one = state.asking(word)
        count = search.count(one)
        if count:
            yield Link(word, one.url, count)
            given += 1
        if given == _MAX_WAYS:
            return


def parts_as_written(token: Token) -> list[str]:
    """The parts of a compound as they stand in it: "Hundezonen|moderation"."""
    if len(token.parts) < 2 or len(token.fuzzy) != len(token.text):
        return []
    starts, at = [], 0
    for part in token.parts:
        at = token.fuzzy.find(part, at)
        if at < 0:
            return []
        starts.append(at)
        at += len(part)
    if starts[0] != 0:
        return []
    is_noun = token.text[:1].isupper()
    ends = [*starts[1:], len(token.text)]
    found = [token.text[a:b].strip("-") for a, b in zip(starts, ends, strict=True)]
    return [part.capitalize() if is_noun else part for part in found]


def _without_filter(search: Search, state: State) -> Iterator[Chip]:
    """Filters that stand in the way, with what leaving each out would find; all of
    them when it takes more than one."""
    chosen = [(name, v) for name, values in state.filters.items() for v in values]
    helps = False
    for name, value in chosen[:_MAX_WAYS]:
        other = state.without(name, value)
        count = search.count(other)
        if count:
            helps = True
            facet = registry.facets[name]
            label = str(facet.labels().get(value, value))
            yield Chip(str(facet.label), label, other.url, count)
    if len(chosen) > 1 and not helps:
        count = search.count(state.unfiltered())
        if count:
            yield Chip("", "", state.unfiltered().url, count)


def _other_group(search: Search, state: State) -> Link | None:
    """The same question among methods and cases, when people were asked for; the other
    way round the people stand on the page already."""
    if state.group != NETWORK or not state.query:
        return None
    other = state.for_group(CONTENT)
    count = search.count(other)
    return Link("", other.url, count) if count else None
