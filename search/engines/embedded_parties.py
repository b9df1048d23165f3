"""Who took part in documents, read by number.

tantivy hands out numbers of many documents at once, but texts only document by document.
So each text has a number made of its content, and a process reads a text once. A number
never means another text: nothing here grows old when an index changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

#: So many texts are kept; then all are read again.
_MOST = 40_000

_known: dict[int, str] = {}


def texts(
    numbers: Sequence[Any],
    addresses: Sequence[Any],
    read: Callable[[Any], str],
) -> list[str]:
    """The texts of these numbers; ``read`` loads one that is not known yet."""
    if len(_known) > _MOST:
        _known.clear()
    found = []
    for number, address in zip(numbers, addresses, strict=True):
        text = _known.get(number) if number else ""
        if text is None:
            text = _known[number] = read(address)
        found.append(text)
    return found
