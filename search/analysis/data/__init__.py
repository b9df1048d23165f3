"""Word lists of our own making; ``#`` starts a comment, blanks part the words."""

from __future__ import annotations

import re
from collections.abc import Callable
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


@cache
def read_rewrites(name: str) -> Callable[[str], str]:
    """Return a function that applies the rules of a list, one pass, first match wins.

    Each rule is "written=folded", where "written" is a regular expression.
    """
    rules = [rule.rpartition("=") for rule in read_words(name)]
    pattern = re.compile("|".join(f"({written})" for written, _, _ in rules))
    folded = [result for _, _, result in rules]

    def rewrite(word: str) -> str:
        return pattern.sub(lambda match: folded[(match.lastindex or 1) - 1], word)

    return rewrite
