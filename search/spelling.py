""" "Meinten Sie …": corrections from the index's own words, never from names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .planning import Words
from .privacy import private_words


def correct(text: str, words: Words) -> str:
    """The text with its unknown words put right; empty when there is nothing to."""
    changes: dict[str, str] = {}
    for token in words.tokens:
        if token.stem not in words.unknown or not token.text.isalpha():
            continue
        better = _likeliest(words.nearest.get(token.exact, ()))
        if better:
            is_capital = token.text[:1].isupper()
            changes[token.text] = better.capitalize() if is_capital else better
    return _replace(text, changes) if changes else ""


def _likeliest(found: tuple[str, ...]) -> str:
    """The likeliest word that is in nobody's name."""
    private = private_words() if found else frozenset()
    return next((word for word in found if word not in private), "")


def _replace(text: str, changes: Mapping[str, str]) -> str:
    pattern = "|".join(re.escape(word) for word in changes)
    return re.sub(rf"\b(?:{pattern})\b", lambda m: changes[m[0]], text)
