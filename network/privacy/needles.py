"""How somebody's name can stand in a text, in whatever way the text is kept.

The same pattern finds a name in plain text, in JSON with escapes, in HTML with entities,
in addresses and file names, in both orders of its words and in the genitive.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

#: What may stand between the words of a name.
_BETWEEN = r"(?:[\s\u00a0\u00ad_\-+.,]|&nbsp;|&#160;|&shy;|%20|\\u00a[0d]|\\[nrt])+"
#: A letter before would make it part of another word; an escape of JSON is no letter.
_BEFORE = r"(?:(?<![^\W_])|(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{4}))"
_AFTER = r"(?:['’]?s)?(?![^\W_])"
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
#: Shorter words of a name alone say nothing.
_SHORTEST = 3

#: What stands in place of a name; the same in every language.
REMOVED = "[…]"


@dataclass(frozen=True)
class Needles:
    """What is looked for: names of several words, and single strings (addresses)."""

    names: tuple[str, ...]
    strings: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All of them as one expression."""
        parts = [_name(name) for name in self.names if _words(name)]
        parts += [_string(text) for text in self.strings if text]
        return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)

    @cached_property
    def fragments(self) -> tuple[str, ...]:
        """For each, letters that every way of writing it has: a database can ask for
        these before anybody reads whole texts."""
        texts = [*self.names, *self.strings]
        return tuple(dict.fromkeys(_fragment(text) for text in texts if text))

    def found_in(self, text: str) -> bool:
        return bool(self.pattern.search(text))

    def removed_from(self, text: str, replacement: str = REMOVED) -> str:
        return self.pattern.sub(lambda _match: replacement, text)


def needles_of(person: Any) -> Needles:
    """Name, addresses and website of somebody."""
    slugs = {getattr(person, f"slug_{code}", "") or "" for code in ("de", "en")}
    others = {person.private_email, person.website} - {""}
    return Needles((person.name, *_names(slugs)), tuple(sorted(others)))


def _names(slugs: Iterable[str]) -> list[str]:
    """Slugs of several words are names, too: "anna-beispiel-2"."""
    return sorted(slug for slug in slugs if len(_words(slug)) > 1)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s\-_.,]+", name) if word]


def _name(name: str) -> str:
    words = [_string(word) for word in _words(name)]
    orders = [words]
    if len(words) > 1:
        orders.append([words[-1], *words[:-1]])
    found = "|".join(_BETWEEN.join(order) for order in orders)
    return f"{_BEFORE}(?:{found}){_AFTER}"


def _string(text: str) -> str:
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _letter(letter: str) -> str:
    """One letter in every way it can be written."""
    if letter.isascii():
        return re.escape(letter)
    ways = {re.escape(letter), re.escape(unicodedata.normalize("NFD", letter))}
    for form in {letter, letter.lower(), letter.upper()}:
        ways.update(_encoded(form))
    lower = letter.lower()
    ways.add(_WRITTEN_OUT.get(lower, ""))
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    ways.add(re.escape(plain))
    ordered = sorted(ways - {""}, key=len, reverse=True)
    return f"(?:{'|'.join(ordered)})"


def _encoded(text: str) -> Iterable[str]:
    for letter in text:
        yield rf"\\u{ord(letter):04x}"
        yield f"&#{ord(letter)};"
        if name := html.entities.codepoint2name.get(ord(letter)):
            yield f"&{name};"
        yield re.escape(quote(letter))


def _fragment(text: str) -> str:
    """The longest run of plain letters and digits."""
    runs = re.findall(r"[a-z0-9]+", text.lower())
    return max(runs, key=len, default="")


def surnames_of(person: Any) -> Needles:
    """The last word of the name alone: perhaps the person, perhaps a namesake."""
    last = [word for word in _words(person.name)[-1:] if len(word) >= _SHORTEST]
    return Needles(tuple(last))
