"""What an analyser hands out: tokens, and the forms of one word behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# No engine takes a term without end; nobody types one either.
MAX_TERM = 80


class Token(NamedTuple):
    """One word of a text, in the forms an index needs. (A named tuple, since a text has
    very many of them and no class is made faster.)

    ``start`` and ``end`` are offsets into the text as it was passed in, so that
    ``text[token.start:token.end] == token.text`` whatever its normal form. A word with
    hyphens ("Open-Space") and a code ("MA 18") take one ``position``. ``forms`` are
    what the word is found by beside itself: its stem, its root, in an index those of its
    parts, too. ``part_roots`` go with the ``parts`` of a query.
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
    forms: tuple[str, ...] = ()
    part_roots: tuple[str, ...] = ()


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
    root: str = ""
    part_roots: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """What a query looks for: the stem and the root."""
        return distinct(self.stem, self.root)

    @property
    def index_forms(self) -> tuple[str, ...]:
        """What an index is found by: the same, and that of all parts."""
        return distinct(self.stem, self.root, *self.index_parts, *self.part_roots)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word's place inside its chunk, together with its forms."""

    start: int
    end: int
    word: Word
    forms: tuple[str, ...] = ()
    index_forms: tuple[str, ...] = ()


def whole(tokens: Iterable[Token]) -> str:
    """One key for a whole name, the same in all its forms: the stems of its different
    words. Stop words count only where there is nothing else; "" for no words."""
    words = list(tokens)
    content = [token for token in words if not token.is_stop] or words
    return "+".join(dict.fromkeys(token.stem for token in content))


def distinct(*forms: str) -> tuple[str, ...]:
    """Return what is not empty, each once."""
    return tuple(dict.fromkeys(filter(None, forms)))


def piece_of(start: int, end: int, word: Word) -> Piece:
    """Return a piece with all forms of its word worked out."""
    return Piece(start, end, word, word.forms, word.index_forms)


def plain_word(form: str, *, is_stop: bool = False, number: str = "") -> Word:
    """Return a word that has but one form: a number, a code, a foreign script."""
    form = form[:MAX_TERM]
    return Word(form, form, form, is_stop=is_stop, number=number)
