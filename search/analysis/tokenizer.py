"""Finding words in a text, with their offsets; shared by all languages.

Two steps keep it fast. A *chunk* is a run of letters and digits together with the
characters that may join them ("Bürger*innen", "Open-Space", "der/die", "1.000,50").
Chunks repeat, so what is inside a chunk is worked out once and remembered. Inside,
*units* are cut: a number, or a word with its gender endings and its hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.analysis.folding import INVISIBLE, mark_class

_MORE = rf"[\w{mark_class()}{INVISIBLE}]"
_LETTER = rf"(?!_){_MORE}"
HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019\u02bc"
# What people write between a word and its feminine or inclusive ending.
GENDER_SIGNS = "*:_\u00b7\u0387\u2022\u2217\uff0a\u02d0\u204e!|/" + APOSTROPHES


def _either_case(*endings: str) -> str:
    """Match endings in either case; IGNORECASE would also take "ı" for "i"."""
    letters = ["".join(f"[{char}{char.upper()}]" for char in end) for end in endings]
    return f"(?:{'|'.join(letters)})"


_INNEN = _either_case("innen") + rf"(?![{mark_class()}])"
_IN = _either_case("in")
_SHORT = _either_case("en", "er", "e", "n", "r", "s", "m")
_BRACKET_TAIL = (
    rf"\({_either_case('innen', 'inn', 'in', 'en', 'er', 'e', 'n', 'r', 's')}\)"
)

# The same as _MORE*, but marks are only looked for where one can be: their class is
# long, and every word ends with a character that is not in it.
_RUN = rf"\w*(?:(?=[^\x00-\xac])[{mark_class()}{INVISIBLE}]\w*)*"
CHUNK = re.compile(
    rf"[^\W_]{_RUN}(?:(?:[{HYPHENS}{re.escape(GENDER_SIGNS)}]|[/*:_][{HYPHENS}]"
    rf"|(?<=\d)[.,](?=\d)){_MORE}{_RUN}|{_BRACKET_TAIL}{_RUN})*"
)

# An ending that belongs to the word before it. After "in" and the short endings the
# word must be over; after "innen" a compound may go on ("Bürger*innenrat").
_SIGN = rf"(?:[{re.escape(GENDER_SIGNS)}]|[/*:_][{HYPHENS}])"
_OVER = rf"(?!{_MORE})"
GENDER_TAIL = (
    rf"{_SIGN}{_INNEN}|[{HYPHENS}]{_INNEN}{_OVER}|{_SIGN}(?:{_IN}|{_SHORT}){_OVER}"
    rf"|{_BRACKET_TAIL}(?:(?<=inn\))en)?"
)
_SEGMENT = (
    rf"[^\W_](?:{_LETTER})*(?:[{APOSTROPHES}][^\W_](?:{_LETTER})*)*"
    rf"(?:(?:{GENDER_TAIL})(?:{_LETTER})*)?"
)
UNIT = re.compile(
    rf"(?P<number>[0-9]+(?:[.,'’-][0-9]+)+|[0-9]+(?=[{HYPHENS}]))"
    rf"|(?P<word>{_SEGMENT}(?:[{HYPHENS}]{_SEGMENT}){{0,5}})"
)
_SIMPLE = re.compile(r"[^\W_]+")


def units(chunk: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and "is a number with points" for each unit of a chunk."""
    if _SIMPLE.fullmatch(chunk):
        yield 0, len(chunk), False
        return
    for match in UNIT.finditer(chunk):
        yield match.start(), match.end(), match.lastgroup == "number"
