"""From the words of a query to the plan of its search: what the index knows of them and
what else they mean. The site and the judge of ranking (``search_evaluate``) share it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .analysis import Token
from .engines.base import Reader
from .ladder import build, content_tokens
from .parsing import ParsedQuery
from .query import Plan
from .synonyms import Expansion, Synonyms

#: Other terms that the result page names.
MAX_ALSO = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a query: those that no document has, and synonyms that some have."""

    tokens: tuple[Token, ...]
    unknown: set[str]
    expansions: tuple[Expansion, ...]

    @property
    def also(self) -> tuple[str, ...]:
        """Terms that are looked for beside what was typed."""
        typed = {token.stem for token in self.tokens}
        new = (
            e.term for e in self.expansions if any(t.stem not in typed for t in e.words)
        )
        return tuple(dict.fromkeys(new))[:MAX_ALSO]


def read(text: str, language: str, reader: Reader, meanings: Synonyms) -> Words:
    """What the index knows of the words of a text, and what else they mean."""
    tokens = content_tokens(text, language)
    meant = meanings.expand(tokens)
    content = [token for token in tokens if not token.is_stop]
    forms = {f for t in content for f in (*t.forms, *t.parts, *t.part_roots)}
    others = {token.stem for e in meant for token in e.content}
    known = reader.known(forms | others)
    there = tuple(e for e in meant if known.issuperset(t.stem for t in e.content))
    covered = {t.stem for e in there for t in tokens[e.start : e.end]}
    unknown = {
        token.stem
        for token in content
        if token.stem not in covered and not _is_known(token, known)
    }
    return Words(tuple(tokens), unknown, there)


def _is_known(token: Token, known: Collection[str]) -> bool:
    """Some text has the word in some form, or all parts of the compound."""
    if any(form in known for form in token.forms):
        return True
    return len(token.part_roots) > 1 and all(p in known for p in token.part_roots)


def plan(parsed: ParsedQuery, language: str, words: Words) -> Plan:
    """The steps of a search."""
    return build(parsed, language, words.unknown, words.expansions)
