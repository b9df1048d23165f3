"""English: British and American spelling, possessives, hyphens, Snowball."""

from __future__ import annotations

import re
from functools import cache

from search.analysis.analyser import Analyser, Snowball
from search.analysis.data import read_rewrites, read_words
from search.analysis.folding import letters_only, strip_marks
from search.analysis.german_gender import unmark
from search.analysis.tokenizer import APOSTROPHES, HYPHENS
from search.analysis.tokens import MAX_TERM, Word, plain_word

_HYPHEN = re.compile(f"[{HYPHENS}]")
_POSSESSIVE = re.compile(f"(?:[{APOSTROPHES}]s|(?<=s)[{APOSTROPHES}])$", re.IGNORECASE)
_snowball = Snowball("english")


def canonical(written: str) -> str:
    """Return lower case without accents; "Straße" → "strasse"."""
    word = written.lower()
    if not word.isascii():
        word = strip_marks(word.replace("ß", "ss")).lower()
    return letters_only(word)


def standard_spelling(word: str) -> str:
    """Level British and American spelling; either may be the one that is written."""
    return read_rewrites("variants_en.txt")(word)


def stem(word: str) -> str:
    """Return the stem of a canonical word."""
    return _snowball(standard_spelling(word)) or word


class English(Analyser):
    """The English analyser. German names in English text keep their gender forms."""

    language = "en"

    def word(self, unit: str) -> Word:
        """Return the forms of one word as written."""
        unit = _POSSESSIVE.sub("", unit)
        segments = [canonical(part) for part in _HYPHEN.split(unmark(unit))]
        segments = [segment for segment in segments if segment]
        whole = "".join(segments)
        if not whole:
            return plain_word(unit.lower())
        parts = tuple(stem(part)[:MAX_TERM] for part in segments)
        parts = parts if len(parts) > 1 else ()
        exact = canonical(unit)[:MAX_TERM]
        return Word(
            stem=stem(whole)[:MAX_TERM],
            exact=exact,
            fuzzy=whole[:MAX_TERM],
            parts=parts,
            index_parts=tuple(dict.fromkeys(parts)),
            part_roots=parts,
            is_stop=len(whole) == 1 or whole in _stops(),
        )


@cache
def _stops() -> frozenset[str]:
    return frozenset(read_words("stop_words_en.txt"))
