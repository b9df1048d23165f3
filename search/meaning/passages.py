"""A document's text in pieces that a model can read: cut at headings and paragraphs.

Each piece has the document's title in front, so that it can be understood alone. The
first one is the head: names, summary, headings. Where a piece stands in the text is kept,
so that a result can show it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..documents import SearchDocument
from ..indexed import SNIPPET_CHARS, text_of

#: Longest piece in characters, with its title.
MAX_CHARS = 900
#: A title longer than this is cut, or no room would be left for the text.
_TITLE_CHARS = 200
#: Where a paragraph that is too long may be cut: after a sentence, else at a blank.
_SENTENCE = re.compile(r"(?<=[.!?…:])\s+")
_BLANK = re.compile(r"\s+")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a model reads, and the stretch of the document's text it was made of (none
    for the head)."""

    text: str
    start: int = 0
    end: int = 0

    @property
    def digest(self) -> str:
        """A fingerprint of what was read."""
        text = self.text.encode("utf-8", "replace")
        return hashlib.blake2b(text, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line or a part of one, and whether a new passage begins with it."""

    start: int
    end: int
    is_heading: bool = False


def passages_of(document: SearchDocument) -> list[Passage]:
    """All passages of a document, the head first, each once."""
    title = document.title[:_TITLE_CHARS]
    text = text_of(document)[:SNIPPET_CHARS]
    room = MAX_CHARS - len(title) - 1
    found = [Passage(_head(document, title))]
    for start, end in _packed(_pieces(text, document.headings, room), room):
        found.append(Passage(f"{title}\n{text[start:end]}".strip(), start, end))
    first = {passage.text: passage for passage in reversed(found) if passage.text}
    return list(first.values())[::-1]


def _head(document: SearchDocument, title: str) -> str:
    names, headings = ", ".join(document.names), ", ".join(document.headings)
    lines = filter(None, (title, names, document.summary, headings))
    return "\n".join(lines)[:MAX_CHARS]


def _pieces(text: str, headings: Collection[str], room: int) -> Iterator[_Piece]:
    """Lines; those that are too long in parts."""
    known = frozenset(headings)
    for line in _LINE.finditer(text):
        if line[0].strip() in known:
            yield _Piece(line.start(), line.end(), is_heading=True)
            continue
        for start, end in _parts(text, line.start(), line.end(), room):
            yield _Piece(start, end)


def _parts(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    """A stretch in parts of at most so many characters."""
    while end - start > room:
        cut = _cut(text, start, start + room)
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _cut(text: str, start: int, latest: int) -> int:
    """The last good place to cut, in the second half of a stretch if there is one."""
    for pattern in (_SENTENCE, _BLANK):
        places = [m.end() for m in pattern.finditer(text, start, latest)]
        if places and places[-1] > (start + latest) // 2:
            return places[-1]
    return latest


def _packed(pieces: Iterable[_Piece], room: int) -> Iterator[tuple[int, int]]:
    """Neighbours together, as long as they fit and no heading comes."""
    start = end = 0
    for piece in pieces:
        if end and (piece.is_heading or piece.end - start > room):
            yield start, end
            end = 0
        if not end:
            start = piece.start
        end = piece.end
    if end:
        yield start, end
