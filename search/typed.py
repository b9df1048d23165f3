"""What a person typed: its words, and the frame that holds in every step of a search."""

from __future__ import annotations

from .analysis import Token, get_analyser
from .fields import EXACT, PHRASE_BOOST, WORD_BOOSTS
from .parsing import ParsedQuery
from .query import All, Any, Everything, Phrase, Query, Term

#: More different words than this are not looked up.
MAX_WORDS = 24


def content_tokens(text: str, language: str) -> list[Token]:
    """The different words of a text, at most ``MAX_WORDS`` of them."""
    seen: dict[str, Token] = {}
    for token in get_analyser(language).query_tokens(text):
        seen.setdefault(token.exact, token)
        if len(seen) >= MAX_WORDS:
            break
    return list(seen.values())


class Frame:
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


def _phrase(text: str, language: str) -> list[Query]:
    tokens = get_analyser(language).query_tokens(text)[:MAX_WORDS]
    words = tuple(token.exact for token in tokens)
    if not words:
        return []
    return [Phrase(EXACT, words, PHRASE_BOOST)]


def _excluded(text: str, language: str) -> list[Query]:
    """An excluded word is excluded in all its forms, an excluded phrase as it stands."""
    tokens = get_analyser(language).query_tokens(text)[:MAX_WORDS]
    if len(tokens) > 1:
        return _phrase(text, language)
    return [
        Any(tuple(Term(name, token.stem) for name in WORD_BOOSTS)) for token in tokens
    ]
