"""From the words of a query to the plan of its search: what the index knows of them and
what else they mean. The site and the judge of ranking (``search_evaluate``) share it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from .analysis import Token, get_analyser
from .engines.base import Reader
from .ladder import build
from .misspelt import distance_of
from .parsing import ParsedQuery
from .query import Plan
from .synonyms import Expansion, Synonyms
from .typed import content_tokens

#: Other terms that the result page names.
MAX_ALSO = 6
#: So many words are tried in the place of a misspelt one.
MAX_NEAR = 3


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a query: those that no document has, and synonyms that some have."""

    tokens: tuple[Token, ...]
    #: Stems of words that no document has in any form: they can only be misspelt.
    unknown: set[str]
    expansions: tuple[Expansion, ...]
    #: What words that may be misspelt could mean: their exact form → words as written,
    #: the likeliest first.
    nearest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Exact forms of words that are surely spelt right.
    certain: frozenset[str] = frozenset()

    @property
    def also(self) -> tuple[str, ...]:
        """Terms that are looked for beside what was typed."""
        typed = {token.stem for token in self.tokens}
        new = (
            e.term
            for e in self.expansions
            if not e.is_foreign and any(t.stem not in typed for t in e.words)
        )
        return tuple(dict.fromkeys(new))[:MAX_ALSO]


def read(text: str, language: str, reader: Reader, meanings: Synonyms) -> Words:
    """What the index knows of the words of a text, and what else they mean."""
    tokens = content_tokens(text, language)
    meant = meanings.expand(tokens)
    content = [token for token in tokens if not token.is_stop]
    forms = {f for t in content for f in (*t.forms, *t.part_roots, t.fuzzy)}
    others = {token.stem for e in meant for token in e.content}
    known = reader.known(forms | others)
    there = tuple(e for e in meant if known.issuperset(t.stem for t in e.content))
    covered = {t.stem for e in there for t in tokens[e.start : e.end]}
    analyser = get_analyser(language)
    certain = {t.exact for t in content if t.fuzzy in known or analyser.knows(t)}
    certain |= {t.exact for t in content if _is_split(t, known)}
    doubtful = [t for t in content if t.exact not in certain and t.stem not in covered]
    unknown = {t.stem for t in doubtful if known.isdisjoint(t.forms)}
    return Words(
        tuple(tokens),
        unknown,
        there,
        _nearest(doubtful, reader),
        frozenset(certain),
    )


def _is_split(token: Token, known: Collection[str]) -> bool:
    """All parts of the compound stand in some text."""
    return len(token.part_roots) > 1 and all(p in known for p in token.part_roots)


def _nearest(tokens: Sequence[Token], reader: Reader) -> dict[str, tuple[str, ...]]:
    """Words of the index that misspelt words could mean, by how those are written: the
    nearest and most frequent first. Both count in full letters, as typed."""
    words = {t.text.casefold(): distance_of(t) for t in tokens}  # as they are kept
    near = reader.near_many({word: most for word, most in words.items() if most})

    def ordered(word: str) -> tuple[str, ...]:
        found = near.get(word, {})
        return tuple(sorted(found, key=lambda w: (OSA.distance(word, w), -found[w], w)))

    return {token.exact: ordered(token.text.casefold()) for token in tokens}


def plan(parsed: ParsedQuery, language: str, words: Words) -> Plan:
    """The steps of a search."""
    near = {exact: _tokens(found, language) for exact, found in words.nearest.items()}
    return build(parsed, language, words.unknown, words.expansions, near, words.certain)


def _tokens(words: Sequence[str], language: str) -> tuple[Token, ...]:
    """The first few of the words, analysed."""
    found = (get_analyser(language).query_tokens(word) for word in words[:MAX_NEAR])
    return tuple(tokens[0] for tokens in found if len(tokens) == 1)
