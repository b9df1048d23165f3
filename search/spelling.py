""" "Meinten Sie …": corrections from the index's own words, never from names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from rapidfuzz.distance import OSA

from .engines.base import Reader
from .misspelt import MIN_FUZZY
from .privacy import private_words
from .typed import content_tokens


def correct(reader: Reader, text: str, language: str, unknown: Collection[str]) -> str:
    """The text with its unknown words put right; empty when there is nothing to."""
    changes: dict[str, str] = {}
    for token in content_tokens(text, language):
        if token.stem not in unknown or not token.text.isalpha():
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
    near = reader.near(plain, allowed)
    private = private_words()
    found = [(OSA.distance(plain, w), -n, w) for w, n in near.items()]
    best = min((entry for entry in found if entry[2] not in private), default=None)
    if best is None:
        return ""
    return best[2].capitalize() if word[:1].isupper() else best[2]


def _replace(text: str, changes: Mapping[str, str]) -> str:
    pattern = "|".join(re.escape(word) for word in changes)
    return re.sub(rf"\b(?:{pattern})\b", lambda m: changes[m[0]], text)
