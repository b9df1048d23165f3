""" "Meinten Sie …": corrections from the index's own words, never from names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .engines.base import Reader
from .ladder import MIN_FUZZY, content_tokens
from .privacy import private_words

_CANDIDATES = 20


def correct(reader: Reader, text: str, language: str) -> str:
    """The text with its unknown words put right; empty when there is nothing to."""
    tokens = [t for t in content_tokens(text, language) if not t.is_stop]
    known = reader.known({part for t in tokens for part in (t.stem, *t.parts)})
    changes: dict[str, str] = {}
    for token in tokens:
        is_compound = len(token.parts) > 1 and known.issuperset(token.parts)
        if token.stem in known or is_compound or not token.text.isalpha():
            continue
        better = _nearest(reader, token.text)
        if better:
            changes[token.text] = better
    return _replace(text, changes) if changes else ""


def _nearest(reader: Reader, word: str) -> str:
    """The nearest word of the vocabulary, the more frequent of two."""
    plain = word.casefold()
    allowed = max((d for d, n in MIN_FUZZY.items() if len(plain) >= n), default=0)
    if not allowed:
        return ""
    vocabulary = dict(reader.vocabulary(plain[:1]))
    near = extract(
        plain,
        vocabulary.keys(),
        scorer=OSA.distance,
        score_cutoff=allowed,
        limit=_CANDIDATES,
    )
    private = private_words()
    found = [(distance, -vocabulary[w], w) for w, distance, _ in near]
    best = min((entry for entry in found if entry[2] not in private), default=None)
    if best is None:
        return ""
    return best[2].capitalize() if word[:1].isupper() else best[2]


def _replace(text: str, changes: Mapping[str, str]) -> str:
    pattern = "|".join(re.escape(word) for word in changes)
    return re.sub(rf"\b(?:{pattern})\b", lambda m: changes[m[0]], text)
