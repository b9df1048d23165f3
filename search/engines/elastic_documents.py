"""One document on its way to Elasticsearch and back.

What a result shows travels packed, in fields that are stored and never searched.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

from ..indexed import IndexedDocument
from ..query import Step
from ..results import Hit
from .asking import Match
from .base import IndexDamagedError
from .elastic_query import (
    CARD,
    END,
    MARKS,
    MODEL,
    PASSAGES,
    START,
    TEXT,
    VECTOR,
    to_fields,
)
from .showing import make_hit


def removal(target: str, key: str) -> dict[str, Any]:
    return {"_op_type": "delete", "_index": target, "_id": key}


def action(target: str, indexed: IndexedDocument) -> dict[str, Any]:
    card = dict(indexed.stored)
    text = card.pop("text")
    return {
        "_op_type": "index",
        "_index": target,
        "_id": indexed.key,
        **to_fields(indexed),
        **_readings(indexed),
        CARD: _pack(json.dumps(card).encode()),
        TEXT: _pack(text.encode("utf-8", "surrogatepass")),
        MARKS: base64.b64encode(indexed.marks).decode(),
    }


def _readings(indexed: IndexedDocument) -> dict[str, Any]:
    """The passages that a model read. Where none did, what unpacks them is not loaded."""
    if not indexed.readings:
        return {}
    from ..meaning.packing import unpack_many

    vectors = unpack_many([reading.vector for reading in indexed.readings])
    passages = [
        {START: reading.start, END: reading.end, VECTOR: vector}
        for reading, vector in zip(indexed.readings, vectors, strict=True)
    ]
    return {MODEL: indexed.model, PASSAGES: passages}


def hit_of(match: Match, source: Mapping[str, Any], step: Step | None) -> Hit:
    try:
        stored = json.loads(_unpack(source[CARD]))
        if step is None:
            return make_hit(match.handle, match, stored)
        stored["text"] = _unpack(source[TEXT]).decode("utf-8", "surrogatepass")
        marks = base64.b64decode(source[MARKS])
    except (KeyError, ValueError, zlib.error) as error:
        raise IndexDamagedError(f"Document {match.handle}: {error}") from error
    return make_hit(match.handle, match, stored, marks, step)


def _pack(raw: bytes) -> str:
    return base64.b64encode(zlib.compress(raw, 6)).decode()


def _unpack(packed: str) -> bytes:
    return zlib.decompress(base64.b64decode(packed))
