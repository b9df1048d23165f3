"""What an analyser hands out: tokens, and the forms of one word behind them."""

from __future__ import annotations

from dataclasses import dataclass

# No engine takes a term without end; nobody types one either.
MAX_TERM = 80


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, in the forms an index needs.

    ``start`` and ``end`` are offsets into the text as it was passed in, so that
    ``text[token.start:token.end] == token.text`` whatever its normal form. A word with
    hyphens ("Open-Space") and a code ("MA 18") take one ``position``.
    """

    text: str
    start: int
    end: int
    position: int
    stem: str
    exact: str
    fuzzy: str
    parts: tuple[str, ...]
    is_stop: bool


@dataclass(frozen=True, slots=True)
class Word:
    """The forms of one word, without its place; what the caches keep.

    ``parts`` are the smallest parts, as a query asks for them; ``index_parts`` hold
    the joined neighbours as well ("bürgerbeteiligung" in "…beteiligungsverfahren").
    ``number`` is the value of a plain number, a candidate for the code before it.
    """

    stem: str
    exact: str
    fuzzy: str
    parts: tuple[str, ...] = ()
    index_parts: tuple[str, ...] = ()
    is_stop: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word's place inside its chunk, together with its forms."""

    start: int
    end: int
    word: Word


def plain_word(form: str, *, is_stop: bool = False, number: str = "") -> Word:
    """Return a word that has but one form: a number, a code, a foreign script."""
    form = form[:MAX_TERM]
    return Word(form, form, form, is_stop=is_stop, number=number)
