"""Codes of the administration: "MA 18" = "MA18" = "Magistratsabteilung 18".

A code becomes one token whose stem is the short name and the number without leading
zeros ("ma18"). The index also gets the words it was written with as parts, so that
"Magistratsabteilung" finds "MA 18"; a query does not, so that "MA 18" never finds
"MA 21".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.analysis.tokens import Word

# Written-out names (lower case, umlauts folded) and the short name they stand for.
CODE_NAMES: dict[tuple[str, ...], str] = {
    ("ma",): "ma",
    ("magistratsabteilung",): "ma",
    ("magistratsabteilungen",): "ma",
    ("mag", "abt"): "ma",
    ("municipal", "department"): "ma",
    ("bv",): "bv",
    ("bezirksvorstehung",): "bv",
    ("bezirksvertretung",): "bv",
    ("mba",): "mba",
    ("magistratisches", "bezirksamt"): "mba",
    ("la",): "la",
    ("lokale", "agenda"): "la",
    ("lokalen", "agenda"): "la",
    ("local", "agenda"): "la",
    ("u",): "u",
}
_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {
        "ma": ("ma", "magistratsabteilung"),
        "bv": ("bv", "bezirksvorstehung", "bezirksvertretung"),
        "mba": ("mba", "magistratisches", "bezirksamt"),
        "la": ("la", "lokale", "agenda"),
    },
    "en": {
        "ma": ("ma", "municipal", "department"),
        "bv": ("bv",),
        "mba": ("mba",),
        "la": ("la", "local", "agenda"),
    },
}
LAST_WORDS = frozenset(names[-1] for names in CODE_NAMES)
LONGEST = max(map(len, CODE_NAMES))
_SHORT = "|".join(sorted(set(CODE_NAMES.values()), key=len, reverse=True))
_WRITTEN_TOGETHER = re.compile(rf"({_SHORT})-?0*([0-9]{{1,3}}[a-z]?)")
_NUMBER = re.compile(r"0*([0-9]{1,3})")
_GAP = re.compile(r"[\s.\u2010\u2011-]{1,3}")


@dataclass(frozen=True, slots=True)
class Code:
    """A recognised code: its stem and how many words before the number it takes."""

    stem: str
    short: str
    words: int


def joined_code(written: str) -> Code | None:
    """Find a code written without a blank: "MA-01" → "ma1"."""
    match = _WRITTEN_TOGETHER.fullmatch(written)
    return Code(match[1] + match[2], match[1], 1) if match else None


def names_of(short: str, language: str) -> tuple[str, ...]:
    """Return the words by which a code's document may be asked for without number."""
    return _NAMES[language].get(short, ())


def spaced_code(words: list[str], gaps: list[str], number: str) -> Code | None:
    """Find a code in the words before a number.

    ``words`` are the last words in folded form, ``gaps`` the text after each of them.
    """
    value = _NUMBER.fullmatch(number)
    if value is None or not words or words[-1] not in LAST_WORDS:
        return None
    for count in range(min(LONGEST, len(words)), 0, -1):
        short = CODE_NAMES.get(tuple(words[-count:]))
        if short and all(_GAP.fullmatch(gap) for gap in gaps[-count:]):
            return Code(short + value[1], short, count)
    return None


def code_word(stem: str, index_parts: tuple[str, ...] = ()) -> Word:
    """Return the forms of a code."""
    return Word(stem, stem, stem, index_parts=index_parts)
