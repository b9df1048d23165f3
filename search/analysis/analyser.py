"""The part of an analyser that is the same in every language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock

import Stemmer

from search.analysis.codes import (
    LAST_WORDS,
    LONGEST,
    code_word,
    joined_code,
    names_of,
    spaced_code,
)
from search.analysis.folding import compose
from search.analysis.numbers import number_units
from search.analysis.tokenizer import CHUNK, units
from search.analysis.tokens import Piece, Token, Word, piece_of, plain_word

# A German corpus of 30 MB holds about 200,000 different words, most of them once.
CACHED_CHUNKS = 1 << 16
LONGEST_CACHED = 64
# What follows in a longer "word" is looked at by nobody.
LONGEST_WORD = 160


class Snowball:
    """A Snowball stemmer that several threads may share."""

    def __init__(self, algorithm: str) -> None:
        # Results are remembered per chunk, a second cache would only take memory.
        self._stemmer = Stemmer.Stemmer(algorithm, 0)
        self._lock = Lock()

    def __call__(self, word: str) -> str:
        with self._lock:
            return self._stemmer.stemWord(word)


class Analyser:
    """Turns a text into tokens; one object per language, safe to share."""

    language: str

    def __init__(self, version: str) -> None:
        self.version = version
        self._cached = lru_cache(CACHED_CHUNKS)(self._pieces)

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text to be indexed, in order."""
        return self._run(text, for_query=False)

    def query_tokens(self, text: str) -> list[Token]:
        """Return the tokens of a query.

        They differ from :meth:`tokens` in ``parts`` only: the smallest parts of a
        compound, nothing for a code. All of them may be asked for together.
        """
        return self._run(text, for_query=True)

    def with_lexicon(self, words: Iterable[str]) -> Analyser:
        """Return an analyser that knows more words; languages without lexicon: self."""
        return self

    def knows(self, token: Token) -> bool:
        """Is this surely a word and no misspelling? Languages without a list: no."""
        return False

    def word(self, unit: str) -> Word:
        """Return the forms of one word as written; each language has its own."""
        raise NotImplementedError

    def _run(self, text: str, *, for_query: bool) -> list[Token]:
        found: list[Token] = []
        position = 0
        cached = self._cached
        for match in CHUNK.finditer(text):
            chunk = match.group()
            offset = match.start()
            known = len(chunk) <= LONGEST_CACHED
            for piece in cached(chunk) if known else self._pieces(chunk):
                word = piece.word
                start = offset + piece.start
                end = offset + piece.end
                if word.number and found and found[-1].exact in LAST_WORDS:
                    code = self._code(text, found, word, (start, end), for_query)
                    if code is not None:
                        del found[-(position - code.position) :]
                        found.append(code)
                        position = code.position + 1
                        continue
                found.append(
                    Token(
                        text[start:end],
                        start,
                        end,
                        position,
                        word.stem,
                        word.exact,
                        word.fuzzy,
                        word.parts if for_query else word.index_parts,
                        word.is_stop,
                        piece.forms if for_query else piece.index_forms,
                        word.part_roots if for_query else (),
                    )
                )
                position += 1
        return found

    def _code(
        self,
        text: str,
        found: list[Token],
        number: Word,
        place: tuple[int, int],
        for_query: bool,
    ) -> Token | None:
        """Join a number with the name before it: "MA" + "18", "Lokale Agenda" + "21"."""
        start, end = place
        last = found[-LONGEST:]
        followers = [token.start for token in last[1:]] + [start]
        gaps = [
            text[token.end : next_]
            for token, next_ in zip(last, followers, strict=True)
        ]
        code = spaced_code([token.exact for token in last], gaps, number.number)
        if code is None:
            return None
        name = found[-code.words]
        first = name.start
        parts = () if for_query else self._code_parts(code.short)
        return Token(
            text[first:end],
            first,
            end,
            name.position,
            code.stem,
            code.stem,
            code.stem,
            parts,
            False,
            (code.stem, *parts),
        )

    def _pieces(self, chunk: str) -> tuple[Piece, ...]:
        """Cut a chunk into its words; what the cache remembers."""
        pieces: list[Piece] = []
        for start, end, is_number in units(chunk):
            written = chunk[start:end]
            if is_number:
                pieces.extend(
                    piece_of(
                        start + first, start + last, plain_word(value, number=value)
                    )
                    for first, last, value in number_units(written, self.language)
                )
                continue
            pieces.append(piece_of(start, end, self._any_word(written)))
        return tuple(pieces)

    def _any_word(self, written: str) -> Word:
        """Return the forms of a unit: digits, a code written together, or a word."""
        if written.isdecimal() and written.isascii():
            return plain_word(written, number=written)
        composed = compose(written)[:LONGEST_WORD]
        code = joined_code(composed.lower())
        if code is not None:
            return code_word(code.stem, self._code_parts(code.short))
        return self.word(composed)

    @cache  # noqa: B019 (one analyser per language lives as long as the process)
    def _code_parts(self, short: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                self.word(name).stem for name in names_of(short, self.language)
            )
        )
