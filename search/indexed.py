"""A document as every engine indexes it: tokens per field, raw facets, stored values.

Analysis happens here, once, for all engines; the engines only receive tokens.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from . import fields
from .analysis import Token, get_analyser, whole
from .collation import sort_key
from .documents import SearchDocument
from .parties import pack
from .registry import registry
from .snippets import pack_marks

#: Raise this when fields or stored values change: older indexes are then rebuilt.
SCHEMA_VERSION = 7

#: So much of a text is kept for snippets; all of it is searched.
SNIPPET_CHARS = 20_000

#: Distance between the words of two fields, so that no phrase spans them.
FIELD_GAP = 100

#: "Always" and "never ends" as seconds since 1970.
FOREVER = 2**53

#: Stands in every scored field that a document leaves empty: engines count documents
#: and mean lengths per field, and some count those that lack it, others do not.
NOTHING = "\u2205"

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")

# ``standing`` in bits: the weight, the first letters, something of the document's own.
_HEAVIEST, _WEIGHT_STEPS = 2.0, 1000
_LETTERS, _LETTER_BITS, _OWN_BITS = 8, 42, 10
_PLACE_BITS = _LETTER_BITS + _OWN_BITS
_ALPHABET = {
    sign: at for at, sign in enumerate(" 0123456789abcdefghijklmnopqrstuvwxyz")
}


@dataclass(frozen=True, slots=True)
class Word:
    """One token of one field at its position."""

    text: str
    position: int


class Reading(NamedTuple):
    """A passage as a model read it: its stretch of the document's text (none for the
    head) and its vector, one byte a number (``meaning.packing``)."""

    start: int
    end: int
    vector: bytes


@dataclass(frozen=True)
class IndexedDocument:
    """A ``SearchDocument`` with all that an engine writes."""

    document: SearchDocument
    words: dict[str, list[Word]]
    facets: list[str]
    stored: dict[str, Any]
    marks: bytes = field(repr=False, default=b"")
    #: What a model read of it so far, and which model.
    readings: tuple[Reading, ...] = field(repr=False, default=())
    model: str = ""

    @property
    def key(self) -> str:
        return self.document.key

    @property
    def number(self) -> int:
        """Stands for the key where only numbers are handed out."""
        return number_of(self.key)

    @property
    def visible_from(self) -> int:
        return _seconds(self.document.visible_from, 0)

    @property
    def visible_until(self) -> int:
        return _seconds(self.document.visible_until, FOREVER)

    @property
    def changed(self) -> int:
        """Days since year 1, for sorting by date; 0 when unknown."""
        return self.document.changed.toordinal() if self.document.changed else 0

    @property
    def standing(self) -> int:
        """One number that orders equals: the heavier first, then A–Z as far as some
        letters go; two documents hardly ever share it."""
        weight = min(max(self.document.weight, 0.0), _HEAVIEST)
        steps = round((_HEAVIEST - weight) * _WEIGHT_STEPS)
        letters = _letters(sort_key(self.document.title))
        own = hashlib.blake2b(self.key.encode(), digest_size=2).digest()
        number = int.from_bytes(own) >> (16 - _OWN_BITS)
        return steps << _PLACE_BITS | letters << _OWN_BITS | number

    @property
    def by_title(self) -> str:
        """Orders A–Z; the key makes it unique, so that every engine orders alike."""
        return f"{sort_key(self.document.title)}\0{self.key}"

    @property
    def by_date(self) -> str:
        """Orders the newest first, and A–Z within a day."""
        return f"{date.max.toordinal() - self.changed:07}{self.by_title}"

    @cached_property
    def parties(self) -> str:
        """Who took part, with what a reason needs of the document; empty when nobody
        did."""
        return pack(self.document)

    @cached_property
    def digest(self) -> str:
        return digest(self.document)


def _letters(text: str) -> int:
    """The first letters as a number; what is no Latin letter comes last."""
    number, last = 0, len(_ALPHABET)
    for sign in text[:_LETTERS].ljust(_LETTERS):
        number = number * (last + 1) + _ALPHABET.get(sign, last)
    return number


def number_of(text: str) -> int:
    """A number that stands for exactly this text; 0 for none."""
    if not text:
        return 0
    raw = text.encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(raw, digest_size=8).digest()
    return int.from_bytes(digest) >> 1 or 1


def weight_of(standing: int) -> float:
    """The weight that a document's ``standing`` carries."""
    return _HEAVIEST - (standing >> _PLACE_BITS) / _WEIGHT_STEPS


def digest(document: SearchDocument) -> str:
    """A short fingerprint of everything a document says."""
    values = {name: getattr(document, name) for name in document.__slots__}
    text = json.dumps(values, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def text_of(document: SearchDocument) -> str:
    """The running text of a document: what snippets are cut from."""
    return "\n\n".join(filter(None, (document.summary, document.body)))


def prepare(document: SearchDocument) -> IndexedDocument:
    """Analyse a document."""
    analyser = get_analyser(document.language)
    text = text_of(document)
    tokens = {
        fields.TITLE: list(analyser.tokens(document.title)),
        fields.NAMES: list(analyser.tokens("\n".join(document.names))),
        fields.HEADINGS: list(analyser.tokens("\n".join(document.headings))),
        fields.BODY: list(analyser.tokens(text)),
    }
    head = [t for t in tokens[fields.BODY] if t.end <= SNIPPET_CHARS]
    words = _words(tokens, document.is_person)
    words[fields.WHOLE] = _distinct(_wholes(document))
    return IndexedDocument(
        document=document,
        words=words,
        facets=_facet_tokens(document),
        stored=_stored(document, text[:SNIPPET_CHARS]),
        marks=pack_marks(head),
    )


def prepare_all(documents: Iterable[SearchDocument]) -> Iterator[IndexedDocument]:
    """Analyse documents, one after the other."""
    return map(prepare, documents)


def _words(tokens: dict[str, list[Token]], is_person: bool) -> dict[str, list[Word]]:
    words = {
        name: [Word(t.stem, t.position) for t in found]
        for name, found in tokens.items()
    }
    everything = list(_one_after_another(tokens.values()))
    words[fields.EXACT] = [Word(t.exact, at) for at, t in everything]
    words[fields.FUZZY] = _distinct(t.fuzzy for _, t in everything)
    words[fields.LEAD] = words[fields.BODY][: fields.LEAD_WORDS]
    words[fields.PARTS] = [Word(form, at) for at, t in everything for form in t.forms]
    for name in (*fields.WORD_BOOSTS, fields.EXACT, fields.PARTS):
        words[name] = words[name] or [Word(NOTHING, 0)]
    named = [*tokens[fields.TITLE], *tokens[fields.NAMES]]
    words[fields.SUGGEST] = _distinct(t.fuzzy for t in named)
    spelling = [] if is_person else [t for _, t in everything]
    words[fields.SPELLING] = _distinct(
        t.text.casefold() for t in spelling if t.text.isalpha() and not t.is_stop
    )
    return words


def _wholes(document: SearchDocument) -> Iterable[str]:
    """Title and names as one term each; the title also without what is in brackets."""
    tokens = get_analyser(document.language).tokens
    title = document.title
    for name in dict.fromkeys((title, _IN_BRACKETS.sub("", title))):
        key = whole(tokens(name))
        yield from (key, fields.titled(key))
    for name in document.names:
        yield whole(tokens(name))


def _one_after_another(
    groups: Iterable[list[Token]],
) -> Iterable[tuple[int, Token]]:
    """All tokens with positions that leave a gap between fields."""
    start = 0
    for group in groups:
        for token in group:
            yield start + token.position, token
        if group:
            start += group[-1].position + FIELD_GAP


def _distinct(texts: Iterable[str]) -> list[Word]:
    """Each word once: these fields are asked whether, not how often."""
    return [Word(text, at) for at, text in enumerate(dict.fromkeys(texts)) if text]


def _facet_tokens(document: SearchDocument) -> list[str]:
    tokens = [fields.facet_token(fields.KIND, document.kind)]
    source = registry.find(document.kind)
    if source:
        tokens.append(fields.facet_token(fields.GROUP, source.group))
    if document.is_alone:
        tokens.append(fields.facet_token(fields.ALONE, "1"))
    for name, values in document.facets.items():
        tokens += [fields.facet_token(name, value) for value in dict.fromkeys(values)]
    return tokens


def _stored(document: SearchDocument, text: str) -> dict[str, Any]:
    """What a result needs to be shown, as JSON values."""
    return {
        "title": document.title,
        "url": document.url,
        "summary": document.summary,
        "text": text,
        "names": list(document.names),
        "details": json.loads(json.dumps(dict(document.details), default=_plain)),
        "changed": document.changed.isoformat() if document.changed else None,
        "is_person": document.is_person,
        "digest": digest(document),
    }


def _plain(value: Any) -> Any:
    """JSON for what ``json`` does not know: dates, lazy texts, mappings, sets."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if hasattr(value, "items"):
        return dict(value.items())
    return str(value)


def _seconds(moment: datetime | None, otherwise: int) -> int:
    return int(moment.timestamp()) if moment else otherwise
