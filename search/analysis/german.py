"""German: gender forms, umlauts and ß, Snowball, compounds, hyphens.

The forms of a word are made in this order: hyphens and gender endings off, lower case,
transcriptions to umlauts ("ue" → "ü"), ß to ss, spelling variants, feminine to
masculine, umlauts off, Snowball.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from search.analysis.analyser import Analyser, Snowball
from search.analysis.compounds import Lexicon
from search.analysis.data import read_rewrites, read_words
from search.analysis.folding import letters_only, strip_marks
from search.analysis.german_gender import masculine, unmark
from search.analysis.german_roots import root
from search.analysis.tokenizer import HYPHENS
from search.analysis.tokens import MAX_TERM, Token, Word, plain_word

_HYPHEN = re.compile(f"[{HYPHENS}]")
_GENITIVE = re.compile(r"['’ʼ]s$")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_LEAST_OF_LAST_PART = 3
# "neue", "Bauer", "Quelle" hold no umlaut, "geuebt" does; nor do the Latin plurals.
_TRANSCRIBED = re.compile(
    r"ae|oe|(?:(?<![aeäqu])|(?<=[gb]e))(?<!stat)(?<!ivid)(?<!esid)ue"
)
_TO_UMLAUT = {"ae": "ä", "oe": "ö", "ue": "ü"}
# An umlaut after a vowel that no transcription could mean ("neü") stays itself.
_ODD_UMLAUT = re.compile(r"(?<=[aeq])(?<![gb]e)ü")
_AUSTRIAN_L = re.compile(r"(?<=[bcdfgkmnpstz])l(?=[ns]?$)")


def canonical(written: str) -> str:
    """Return lower case with real umlauts, ss for ß, no other marks: "Straße-" → …"""
    word = written.lower()
    if not word.isascii():
        word = "".join(map(_plain_letter, word)).lower()
    return _TRANSCRIBED.sub(_umlaut, letters_only(word))


def _plain_letter(char: str) -> str:
    if char in "äöü":
        return char
    return "ss" if char == "ß" else strip_marks(char)


def _umlaut(match: re.Match[str]) -> str:
    return _TO_UMLAUT[match.group()]


def fold(word: str) -> str:
    """Take the umlauts off a canonical word."""
    if word.isascii():
        return word
    if "ü" in word and _ODD_UMLAUT.search(word):
        return word
    return word.translate(_UMLAUTS)


def standard_spelling(word: str) -> str:
    """Level differences of spelling: "grätzl" → "grätzel", "photograph" → "fotograf"."""
    return _AUSTRIAN_L.sub("el", read_rewrites("variants_de.txt")(word))


@cache
def _protected() -> re.Pattern[str]:
    roots = (root.replace("=", "^") for root in read_words("protected_roots_de.txt"))
    return re.compile("|".join(sorted(roots, key=len, reverse=True)))


_snowball = Snowball("german")


@lru_cache(1 << 15)
def stem(word: str) -> str:
    """Return the stem of a canonical word: the index term."""
    word = read_rewrites("endings_de.txt")(word)
    folded = fold(word)
    if not folded.isascii():
        return folded  # odd umlauts and other scripts, nothing Snowball knows
    stemmed = _snowball(folded) or folded
    root = _protected().search(word)
    if root is not None and len(stemmed) < root.end():
        return folded[: root.end()]
    return stemmed


class German(Analyser):
    """The German analyser; ``lexicon`` words are added to the shipped ones."""

    language = "de"

    def __init__(self, version: str, words: Iterable[str] = ()) -> None:
        self._shipped_version = version
        self._extra = frozenset(map(_base, words))
        if self._extra:
            digest = hashlib.sha256("\n".join(sorted(self._extra)).encode())
            version = f"{version}+{digest.hexdigest()[:8]}"
        super().__init__(version)
        whole = map(_base, read_words("whole_words_de.txt"))
        self._lexicon = Lexicon(fold, _shipped_words(), whole)
        # Short ones first: what they make up together is no simple word then.
        for word in sorted(self._extra, key=lambda word: (len(word), word)):
            if _may_be_part(word) and not self._lexicon.split(word):
                self._lexicon.learn(word)

    def with_lexicon(self, words: Iterable[str]) -> German:
        """Return an analyser that also knows these words as parts of compounds.

        Meant for the nouns of the index's own vocabulary. Compounds among them, stop
        words and short words are left out by themselves. The new analyser has a version
        of its own: keep the words with the index that was built with them.
        """
        return German(self._shipped_version, self._extra.union(map(_base, words)))

    def knows(self, token: Token) -> bool:
        """Is this surely a word, and neither a misspelling nor a beginning?"""
        return (
            token.is_stop
            or token.fuzzy in _known_words()
            or self._lexicon.is_simple(token.fuzzy)
        )

    def word(self, unit: str) -> Word:
        """Return the forms of one word as written."""
        unit = _GENITIVE.sub("", unit)
        plain = canonical(unit)
        segments = _HYPHEN.split(unmark(unit))
        unmarked = [form for form in map(_unmarked, segments) if form]
        written = "".join(unmarked)
        if not written:
            return plain_word(unit.lower())
        bases = [masculine(standard_spelling(segment)) for segment in unmarked]
        whole = "".join(bases)
        parts = self._parts(bases)
        exact = fold(plain)
        is_stop = len(written) == 1 or bool(_stops() & {exact, fold(whole)})
        # Unstemmed, "wegen" is no way and "alle" no other word's beginning.
        stemmed = fold(whole) if is_stop else _stem_whole(whole, parts)
        return Word(
            stem=stemmed[:MAX_TERM],
            exact=exact[:MAX_TERM],
            fuzzy=fold(written)[:MAX_TERM],
            parts=tuple(stem(part)[:MAX_TERM] for part in parts),
            index_parts=_with_neighbours(parts),
            is_stop=is_stop,
            root="" if is_stop or parts else root(fold(whole), stemmed)[:MAX_TERM],
            part_roots=tuple(root(fold(p), stem(p))[:MAX_TERM] for p in parts),
        )

    def _parts(self, segments: list[str]) -> list[str]:
        """Return the smallest parts, as written, of a word's hyphen segments."""
        parts: list[str] = []
        for segment in segments:
            split = self._lexicon.split(segment)
            if split or len(segments) > 1:
                parts.extend(split or (segment,))
        return parts


def _unmarked(segment: str) -> str:
    return canonical(unmark(segment))


def _base(word: str) -> str:
    """Return a word as the lexicon keeps it."""
    return masculine(standard_spelling(canonical(unmark(word))))


def _may_be_part(word: str) -> bool:
    return 5 <= len(word) <= 20 and word.isalpha() and fold(word) not in _stops()


@cache
def _shipped_words() -> frozenset[str]:
    """Return the shipped words as bases; hyphens that mark a place in a word stay."""
    words = set()
    for entry in read_words("words_de.txt") + read_words("words_law_de.txt"):
        base = _base(entry.strip("-"))
        words.add(entry.replace(entry.strip("-"), base))
    return frozenset(words)


def _stem_whole(whole: str, parts: list[str]) -> str:
    """Stem a compound, but leave some of its last part: "Energie-wende" has no "-ende"."""
    stemmed = stem(whole)
    if not parts:
        return stemmed
    before_last = len(whole) - len(parts[-1])
    if len(stemmed) >= before_last + _LEAST_OF_LAST_PART:
        return stemmed
    return fold(whole[:before_last]) + stem(parts[-1])


def _with_neighbours(parts: list[str]) -> tuple[str, ...]:
    """Return the parts' stems, and those of runs of two and more (not of all)."""
    stems = dict.fromkeys(stem(part)[:MAX_TERM] for part in parts)
    for length in range(2, len(parts)):
        for start in range(len(parts) - length + 1):
            run = parts[start : start + length]
            stems.setdefault(_stem_whole("".join(run), run)[:MAX_TERM])
    return tuple(stems)


@cache
def _known_words() -> frozenset[str]:
    places = (fold(root.strip("=$")) for root in read_words("protected_roots_de.txt"))
    return frozenset((*read_words("known_words_de.txt"), *places))


@cache
def _stops() -> frozenset[str]:
    return frozenset(fold(canonical(word)) for word in read_words("stop_words_de.txt"))
