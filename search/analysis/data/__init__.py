"""Word lists of our own making; ``#`` starts a comment, blanks part the words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Return the words of a list, in the order of the file."""
    words: list[str] = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        words.extend(line.partition("#")[0].split())
    return tuple(words)
