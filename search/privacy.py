"""What the search neither proposes nor writes down: names, addresses, numbers."""

from __future__ import annotations

import re

from django.core.cache import cache

from .registry import registry

_CACHE_KEY = "search.private-words"
_SECONDS = 60
_TRACES = re.compile(r"@|\d[\d\s/.-]{5,}\d")


def private_words() -> frozenset[str]:
    """Every word of every person's name, visible or not, in lower case."""
    words = cache.get(_CACHE_KEY)
    if words is None:
        names = (name for s in registry.sources for name in s.private_names())
        words = frozenset(
            word
            for name in names
            for word in re.findall(r"\w+", name.casefold())
            if len(word) > 1
        )
        cache.set(_CACHE_KEY, words, _SECONDS)
    return words


def forget_private_words() -> None:
    """A name may have changed."""
    cache.delete(_CACHE_KEY)


def is_loggable(query: str) -> bool:
    """Whether a query may be written down."""
    if _TRACES.search(query):
        return False
    words = re.findall(r"\w+", query.casefold())
    return not private_words().intersection(words)
