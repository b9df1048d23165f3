"""What the search neither proposes nor writes down: names, addresses, numbers."""

from __future__ import annotations

import re

from .held import NAMES, Held
from .registry import registry

_TRACES = re.compile(r"@|\d[\d\s/.-]{5,}\d")


def _read() -> frozenset[str]:
    names = (name for s in registry.sources for name in s.private_names())
    return frozenset(
        word
        for name in names
        for word in re.findall(r"\w+", name.casefold())
        if len(word) > 1
    )


_words: Held[frozenset[str]] = Held(NAMES, _read)


def private_words() -> frozenset[str]:
    """Every word of every person's name, visible or not, in lower case."""
    return _words.get()


def is_loggable(query: str) -> bool:
    """Whether a query may be written down."""
    if _TRACES.search(query):
        return False
    words = re.findall(r"\w+", query.casefold())
    return not private_words().intersection(words)
