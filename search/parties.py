"""Who took part in a document, as one short text that every index keeps beside it.

The text also has what a reason needs of the document, so that neither the document nor
the database is asked when people are ranked by hundreds of documents.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from .documents import Part, SearchDocument

#: Elasticsearch refuses longer values; whoever stands last is left out.
_MOST_PARTS = 250


@dataclass(frozen=True, slots=True)
class Work:
    """A document and who took part in it."""

    key: str
    title: str
    url: str
    parts: tuple[Part, ...]


def pack(document: SearchDocument) -> str:
    """The text to keep; empty when nobody took part."""
    if not document.parties:
        return ""
    parts = [list(part) for part in document.parties[:_MOST_PARTS]]
    # A process remembers these texts: the name of a person is not among them.
    named = ("", "") if document.is_person else (document.title, document.url)
    values = [document.key, *named, parts]
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=8192)
def unpack(text: str) -> Work:
    """What was kept."""
    key, title, url, parts = json.loads(text)
    return Work(key, title, url, tuple(Part(*part) for part in parts))
