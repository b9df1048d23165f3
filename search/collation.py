"""A–Z as people in Vienna expect it (DIN 5007-1), the same on every engine and database.

ä sorts as a, ß as ss; case, accents and the signs inside "Bürger*innen" do not count;
words count one by one; "MA 7" stands before "MA 18".
"""

from __future__ import annotations

import re
import unicodedata

LENGTH = 120
_INSIDE = re.compile(r"(?<=\w)(?:[*:_·’']|/-?)(?=\w)")
_PART = re.compile(r"\d+|[^\W\d_]+")


def sort_key(text: str) -> str:
    """A string whose plain order is the order of the texts."""
    plain = unicodedata.normalize("NFKD", _INSIDE.sub("", text).casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(map(_part, _PART.findall(letters)))[:LENGTH]


def _part(part: str) -> str:
    """Numbers by value: their length goes in front."""
    if not part.isdecimal():
        return part
    digits = part.lstrip("0")[:98]
    return f"{len(digits):02}{digits}"
