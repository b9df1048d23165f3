"""Roots of German words: what a verb, its participles and its noun have in common.

"übermitteln", "übermittelt" and "Übermittlung", "einstufen" and "eingestuft",
"einzureichen" and "Einreichung", "planen" and "Planung" get one root each. Roots are
found beside the stem and never instead of it. A rule holds only where a word carries a
verb's shape (a prefix, "ge-", "-zu-", "-eln"), since shorter words are often others:
"Zeit" is no "Zeitung", "Bild" no "Bildung".

All functions take words without umlauts.
"""

from __future__ import annotations

import re
from functools import cache

from search.analysis.data import read_words

_APART = (
    "ab|an|auf|aus|bei|bereit|bekannt|dar|durch|ein|entgegen|fest|fort|frei|gegenuber"
    "|her|heran|heraus|herbei|hervor|hin|hinzu|los|mit|nach|nieder|sicher|statt|teil"
    "|uber|um|unter|vor|voraus|weg|weiter|wider|wieder|zu|zuruck|zusammen"
)
_FIRM = "be|emp|ent|er|miss|uber|um|unter|ver|wider|zer"
_T = "(?:t|te|ten|tem|ter|tes)"
_EN = "(?:en|ene|enen|enem|ener|enes)"

# "eingestuft" → "ein", "stuf"
# (no "Gericht", no "gestalten")
_WEAK = re.compile(rf"({_APART}|)ge(?!stalt|gen)([a-z]{{4,}})(?<!ich){_T}")
# "angehoben" → "an", "hob"; without a prefix they are too often something else.
_STRONG = re.compile(rf"({_APART})ge([a-z]{{3,}}?){_EN}")
# "verglichen", "erwirbt" → "ver", "glich"; "er", "wirb"
_FIRM_STRONG = re.compile(rf"({_FIRM}|{_APART})([a-z]{{3,}}?)(?:{_EN}|t)")
# "bewertet" → "bewert"
_FIRM_WEAK = re.compile(rf"((?:{_APART}|{_FIRM})[a-z]{{4,11}}){_T}")
# "einzureichen" → "ein", "reichen"; "auszubildende" → "aus", "bildende"
_ZU = re.compile(rf"({_APART})zu([a-z]{{3,}}(?:[elr]n|nde|nden|ndem|nder|ndes))")
# "übermitteln", "fördert" → "übermittl", "förder"
_EL = re.compile(rf"([a-z]{{2,}}[bcdfgkmnpstz])el(?:n|nde?n?|{_T})")
_ER = re.compile(rf"([a-z]{{3,}}er)(?:n|nde?n?|{_T})")
_NO_VERBS = ("schaft", "schaften", "heit", "heiten", "keit", "keiten")
_SHORTEST = 4


def root(word: str, stem: str) -> str:
    """Return the root of a word, given its stem; the stem itself where no rule fits."""
    if len(word) < _SHORTEST + 2 or word.endswith(_NO_VERBS):
        return stem
    if word.endswith(("ung", "ungen")):
        return _short_nouns().get(word.removesuffix("en"), stem)
    if word.endswith("schluss"):
        return word.removesuffix("schluss") + "schliess"
    joined = _ZU.fullmatch(word)
    if joined is not None:
        word = joined[1] + joined[2]
        return _light(word) or _infinitive(word)
    found = _participle(word) or _strong(word) or _light(word) or _finite(word)
    return found if len(found) >= _SHORTEST else stem


def _participle(word: str) -> str:
    """Undo "ge-": "geplant" → "plan", "abgewichen" → "abweich"."""
    strong = _STRONG.fullmatch(word)
    if strong is not None and strong[2] in _present():
        return strong[1] + _present()[strong[2]]
    weak = _WEAK.fullmatch(word)
    if weak is not None:
        verb = _light(weak[2] + "t") or _bare(weak[2])
        return weak[1] + _present().get(verb, verb)
    return strong[1] + strong[2] if strong is not None else ""


def _strong(word: str) -> str:
    """Undo the changed vowel of a strong verb: "erwirbt" → "erwerb"."""
    found = _FIRM_STRONG.fullmatch(word)
    present = _present().get(found[2]) if found else None
    return found[1] + present if found and present else ""


def _light(word: str) -> str:
    """Level verbs in -eln and -ern with their nouns: "handeln" → "handl"."""
    found = _EL.fullmatch(word)
    if found is not None:
        return f"{found[1]}l"
    found = _ER.fullmatch(word)
    return found[1] if found else ""


def _finite(word: str) -> str:
    found = _FIRM_WEAK.fullmatch(word)
    return _bare(found[1]) if found else ""


def _bare(verb: str) -> str:
    """Drop what the stem of the noun drops, too: "erledig(e)" → "erled"."""
    verb = verb.removesuffix("e")
    return verb.removesuffix("ig") if len(verb) > _SHORTEST + 2 else verb


def _infinitive(word: str) -> str:
    """Drop the ending of a verb with -zu- inside: "einreichen" → "einreich"."""
    return re.sub(r"e?n(?:de[nmrs]?)?$", "", word)


@cache
def _present() -> dict[str, str]:
    """Changed stems of strong verbs and the stem of their infinitive."""
    lines = (line.split("=") for line in read_words("strong_verbs_de.txt"))
    return {other: first for first, rest in lines for other in rest.split(",")}


@cache
def _short_nouns() -> dict[str, str]:
    """Nouns in -ung too short for the stemmer, and sure to mean the verb."""
    words = read_words("short_nouns_de.txt")
    return {word: word.removesuffix("ung") for word in words}
