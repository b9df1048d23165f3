"""Numbers: thousands joined, decimals with a point, dates and ranges taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GROUPED = {
    "de": re.compile(r"[0-9]{1,3}(?:[.'’][0-9]{3})+(?:,[0-9]+)?"),
    "en": re.compile(r"[0-9]{1,3}(?:[,'’][0-9]{3})+(?:\.[0-9]+)?"),
}
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+")
_POINTS = {"de": ",", "en": "."}
_DIGITS = re.compile(r"[0-9]+")


def number_units(number: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and value of each number in "1.000", "2,5" or "12.3.2024"."""
    if _GROUPED[language].fullmatch(number):
        point = _POINTS[language]
        whole, _, fraction = number.partition(point)
        value = re.sub(r"[^0-9]", "", whole)
        yield 0, len(number), f"{value}.{fraction}" if fraction else value
    elif _DECIMAL.fullmatch(number):
        yield 0, len(number), number.replace(",", ".")
    else:
        for match in _DIGITS.finditer(number):
            yield match.start(), match.end(), match.group()
