"""German gender forms: every spelling and the feminine fold to the masculine.

Marked forms ("Bürger*innen", "BürgerInnen", "Bürger/-in", "ein*e") lose their ending;
unmarked feminines ("Bürgerin", "Ärztinnen") lose "-in" where ``in_endings_de.txt`` says
that the ending is that of a person. The base may differ from the masculine by a final
"-e" or an umlaut; stemming and folding level both ("Kolleg", "Ärzt").
"""

from __future__ import annotations

import re
from functools import cache

from search.analysis.data import read_words
from search.analysis.tokenizer import GENDER_TAIL

_MARKED = re.compile(rf"(?<=[^\W\d_])(?:{GENDER_TAIL})")
_INNER_CAPITAL = re.compile(
    r"(?<=[a-zäöüß])(?:INNEN|Innen)(?=[a-zäöüß]|$)|(?<=[a-zäöüß])In$"
)
# Not a person: English words with a capital "In".
_CAPITAL_IN = frozenset(("linkedin", "checkin", "signin", "login", "plugin", "builtin"))
# "Bürgerinnenrat", but not "Wasserinnenraum" and not "erinnern".
_INNER_FEMININE = re.compile(
    r"([a-zäöü]{3}er|[a-zäöü]{2}ent|[a-zäöü]{2}ist|[a-zäöü]{3}or)innen"
    r"(?=[a-zäöü]{3})(?!raum|räum|hof|höf|stadt|städt|wand|wänd|seite|bereich|tür|ein)"
)
# "Fachfrau", "Fachleute" and "Fachmann"; not "Hausfrau" or "Ehefrau", who are others.
_MAN_OR_WOMAN = re.compile(
    r"(.*(?:amt|fach|feuerwehr|geschäfts|haupt|kamera|kauf|landes|lands|ob|ombuds|schieds"
    r"|staats|vertrauens|zimmer))(?:frau|frauen|leute|leuten|männin|männinnen)"
)
_SHORTEST_BASE = 3


def unmark(unit: str) -> str:
    """Take gender signs and inclusive endings off a written word."""
    if unit.isalnum():
        if unit.lower() in _CAPITAL_IN:
            return unit
        return _INNER_CAPITAL.sub(_link, unit)
    return _MARKED.sub(_link, unit)


def _link(match: re.Match[str]) -> str:
    """Join as the masculine would: "Bürgerrat", but "Expertenrat"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if after[:1].isalpha():
        return _linking(before)
    return _ending(before) if "in" in match.group().lower() else ""


def _ending(base: str) -> str:
    """Keep a final s from being taken for a genitive: "Lots*in" is "Lotse"."""
    return "e" if base[-1:] in {"s", "S"} else ""


def _linking(base: str) -> str:
    return "" if base.lower().endswith("er") else "en"


@cache
def _endings() -> dict[str, bool]:
    endings = {}
    for line in read_words("in_endings_de.txt"):
        endings[line[1:]] = line[0] == "+"
    return endings


def masculine(word: str) -> str:
    """Return the base of a feminine in lower case with umlauts, else the word itself."""
    pair = _MAN_OR_WOMAN.fullmatch(word)
    if pair is not None:
        return f"{pair[1]}mann"
    if word.endswith("innen"):
        # Nearly all are persons; the verbs ("gewinnen") are in the table.
        return _cut(word, 5, default=True)
    if word.endswith("in"):
        return _cut(word, 2, default=False)
    if "innen" in word:
        match = _INNER_FEMININE.search(word)
        if match is None:
            return word
        base, rest = word[: match.end(1)], word[match.end() :]
        return base + _linking(base) + rest
    return word


def _cut(word: str, length: int, *, default: bool) -> str:
    base = word[:-length]
    if len(base) < _SHORTEST_BASE or not _is_person(word, default):
        return word
    return base + _ending(base)


def _is_person(word: str, default: bool) -> bool:
    """Ask the table of endings; the longest ending that fits decides."""
    endings = _endings()
    bounded = "=" + word
    for start in range(len(bounded)):
        verdict = endings.get(bounded[start:])
        if verdict is not None:
            return verdict
    return default
