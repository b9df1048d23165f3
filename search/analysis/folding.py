"""Folding that holds for every language: normal forms, marks, invisible characters."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

# Soft hyphen, zero-width space and joiners: inside a word they are not there.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@cache
def mark_class() -> str:
    """Return all combining marks as the inside of a regular-expression class.

    ``\\w`` does not know them, yet in text of the decomposed form (NFD) each umlaut
    is a letter and a mark.
    """
    marks = [
        code
        for code in range(0x300, min(0x20000, sys.maxunicode))
        if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me"}
    ]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def compose(word: str) -> str:
    """Return the composed form (NFC) without invisible characters."""
    return unicodedata.normalize("NFC", word.translate(_DROP_INVISIBLE))


def strip_marks(word: str) -> str:
    """Drop accents and compatibility forms: "Café" → "Cafe", "ﬁ" → "fi"."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def letters_only(word: str) -> str:
    """Drop what is neither letter nor digit."""
    return word if word.isalnum() else _NOT_ALPHANUMERIC.sub("", word)
