"""Snippets from stored token offsets, never from analysing a text again.

With each document goes a small packed table: the different words of its text, and for
each token its word, start and length. At query time only the different words are
compared with the query.
"""

from __future__ import annotations

import json
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from .analysis import Token, get_analyser
from .query import Marks

_OPEN_END = re.compile(r"(?<![.!?:;,\s])[ \t]*\n\s*")  # a line without a full stop
_LINE_END = re.compile(r"\s*\n\s*")

#: About this many characters of text are shown.
LENGTH = 240


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a text and the word (by number) that was found there."""

    start: int
    end: int
    form: int


#: Stem, folded word and further stems of a word.
Form = tuple[str, str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Table:
    """The different words of a text; the number, start and length of each token."""

    forms: Sequence[Form]
    numbers: Sequence[int]
    starts: Sequence[int]
    lengths: Sequence[int]

    def spans(self, marks: Marks) -> list[Span]:
        """All stretches that the query marks."""
        wanted = self._wanted(marks)
        spans = [
            Span(self.starts[i], self.starts[i] + self.lengths[i], number)
            for i, number in enumerate(self.numbers)
            if number in wanted
        ]
        stems = [form[0] for form in self.forms]
        together = _phrase_places(self.numbers, stems, marks)
        spans += [
            Span(
                self.starts[first],
                self.starts[last] + self.lengths[last],
                self.numbers[first],
            )
            for first, last in together
        ]
        return sorted(spans, key=lambda span: span.start) if together else spans

    def _wanted(self, marks: Marks) -> set[int]:
        """Numbers of the words to mark. A page looks at two thousand of them."""
        stems = marks.stems
        wanted = {
            number
            for number, (stem, _, others) in enumerate(self.forms)
            if stem in stems or not stems.isdisjoint(others)
        }
        if marks.prefixes or marks.fuzzy:
            wanted.update(_alike([form[1] for form in self.forms], marks))
        return wanted


def _table(tokens: Iterable[Token]) -> _Table:
    forms: dict[tuple[str, str, tuple[str, ...]], int] = {}
    numbers, starts, lengths = array("I"), array("I"), array("I")
    for token in tokens:
        form = (token.stem, token.fuzzy, token.forms[1:])
        numbers.append(forms.setdefault(form, len(forms)))
        starts.append(token.start)
        lengths.append(token.end - token.start)
    return _Table(list(forms), numbers, starts, lengths)


def pack_marks(tokens: Iterable[Token]) -> bytes:
    """Pack the offsets of a text's tokens."""
    table = _table(tokens)
    head = json.dumps(table.forms, ensure_ascii=False, separators=(",", ":")).encode()
    sizes = array("I", [len(head), len(table.numbers)])
    columns = (sizes, table.numbers, table.starts, table.lengths)
    arrays = b"".join(array("I", column).tobytes() for column in columns)
    return zlib.compress(arrays + head, 6)


def find_spans(packed: bytes, marks: Marks) -> list[Span]:
    """All stretches that the query marks in a packed text."""
    if not packed:
        return []
    raw = zlib.decompress(packed)
    sizes = array("I")
    sizes.frombytes(raw[:8])
    _, count = sizes
    numbers, starts, lengths = (
        array("I", raw[8 + 4 * count * i : 8 + 4 * count * (i + 1)]) for i in range(3)
    )
    forms = json.loads(raw[8 + 12 * count :])
    return _Table(forms, numbers, starts, lengths).spans(marks)


def spans_in(text: str, language: str, marks: Marks | None) -> list[Span]:
    """The same for a short text that has no stored offsets: a title, a reason."""
    return _short_table(text, language).spans(marks) if marks else []


@lru_cache(maxsize=8192)
def _short_table(text: str, language: str) -> _Table:
    """A short text taken apart. A process remembers it: the same titles and reasons are
    shown again and again, and one page looks at thirty."""
    return _table(get_analyser(language).tokens(text))


def _phrase_places(
    numbers: Sequence[int], stems: Sequence[str], marks: Marks
) -> list[tuple[int, int]]:
    """First and last token of every stretch whose stems are one of the phrases."""
    known = set(stems)
    places = []
    for phrase in marks.phrases:
        if not known.issuperset(phrase):
            continue
        size = len(phrase)
        for at, number in enumerate(numbers):
            if stems[number] != phrase[0]:
                continue
            if tuple(stems[n] for n in numbers[at : at + size]) == phrase:
                places.append((at, at + size - 1))
    return places


def _alike(words: Sequence[str], marks: Marks) -> Iterator[int]:
    """Places of words that begin as asked, or are spelt nearly so."""
    if marks.prefixes:
        yield from (n for n, w in enumerate(words) if w.startswith(marks.prefixes))
    for word, distance in marks.fuzzy:
        near = extract_iter(word, words, scorer=OSA.distance, score_cutoff=distance)
        yield from (place for _, _, place in near)


def make_snippet(
    text: str, spans: Sequence[Span], summary_end: int, length: int = LENGTH
) -> str:
    """The best passage as safe HTML. The summary wins when it shows as many words."""
    if not spans:
        return escape(_shorten(text[:summary_end] or text, length))
    start, end = _passage(text, spans, summary_end, length)
    inside = [span for span in spans if start <= span.start and span.end <= end]
    return _render(text, start, end, inside)


def show_passage(
    text: str, start: int, end: int, spans: Iterable[Span], length: int = LENGTH
) -> str:
    """A stretch of a text as safe HTML, from its beginning as far as there is room."""
    end = min(end, len(text))
    if end - start > length:
        cut = text.rfind(" ", start, start + length)
        end = cut if cut > start else start + length
    inside = [span for span in spans if start <= span.start and span.end <= end]
    return _render(text, start, end, inside)


def highlight(text: str, spans: Iterable[Span]) -> str:
    """A whole text as safe HTML with its marks."""
    return _render(text, 0, len(text), spans)


def _passage(
    text: str, spans: Sequence[Span], summary_end: int, length: int
) -> tuple[int, int]:
    """Where the densest passage starts and ends."""
    if len(text) <= length + 60:
        return 0, len(text)
    best = max(range(len(spans)), key=lambda i: (_density(spans, i, length), -i))
    in_summary = [i for i, span in enumerate(spans) if span.end <= summary_end]
    if in_summary:
        first = max(in_summary, key=lambda i: (_density(spans, i, length), -i))
        if _density(spans, first, length)[0] >= _density(spans, best, length)[0]:
            return _summary_window(text, spans[first], summary_end, length)
    return _window(text, spans[best].start, length)


def _density(spans: Sequence[Span], first: int, length: int) -> tuple[int, int]:
    """Different words, then words at all, in a passage that begins with a span."""
    limit = spans[first].start + length - 40
    inside = []
    for span in spans[first:]:
        if span.end > limit:
            break
        inside.append(span.form)
    return len(set(inside)), min(len(inside), 6)


def _summary_window(
    text: str, span: Span, summary_end: int, length: int
) -> tuple[int, int]:
    if summary_end <= length + 60:
        return 0, summary_end
    return _window(text, span.start, length)


def _window(text: str, start: int, length: int) -> tuple[int, int]:
    """A stretch around ``start`` that begins and ends at word boundaries, with the
    start of the sentence when that is near."""
    begin = max(0, start - 40)
    sentence = max(text.rfind(mark, max(0, start - 90), start) for mark in ".!?\n")
    if sentence >= 0:
        begin = sentence + 1
    elif begin:
        begin = text.find(" ", begin, start) + 1 or start
    end = min(len(text), begin + length)
    if end < len(text):
        cut = text.rfind(" ", start, end)
        end = cut if cut > start else end
    while begin < end and text[begin].isspace():
        begin += 1
    return begin, end


def _render(text: str, start: int, end: int, spans: Iterable[Span]) -> str:
    parts = ["… " if start and text[start - 1 : start] not in "\n" else ""]
    at = start
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < at:
            continue
        parts.append(_escape(text[at : span.start]))
        parts.append(f"<mark>{_escape(text[span.start : span.end])}</mark>")
        at = span.end
    parts.append(_escape(text[at:end].rstrip()))
    parts.append(" …" if end < len(text) and text[end - 1] not in ".!?" else "")
    return "".join(parts)


def _escape(text: str) -> str:
    """One line: a heading is kept apart from what follows it."""
    return escape(_LINE_END.sub(" ", _OPEN_END.sub(" · ", text)))


def _shorten(text: str, length: int) -> str:
    text = " ".join(text.split())
    if len(text) <= length + 60:
        return text
    return f"{text[: text.rfind(' ', 0, length)]} …"
