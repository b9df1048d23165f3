"""Vectors that come with the starter content, so that a new hub need not compute them.

They are found by the fingerprint of what was read: where a text is another one, or the
model, they are of no use and do no harm. ``manage.py search_index ship`` writes them.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings

from ..models import PassageVector
from .embedder import Embedder

logger = logging.getLogger(__name__)


def shipped_vectors(embedder: Embedder) -> Mapping[str, bytes]:
    """Vectors of this model by fingerprint; none when the file is not there, is damaged
    or is of another model."""
    path = settings.SEARCH.get("VECTORS")
    return _read(Path(path), embedder.model) if path else {}


@lru_cache(maxsize=2)
def _read(path: Path, model: str) -> Mapping[str, bytes]:
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if str(kept["model"]) != model:
                return {}
            digests = kept["digests"].tobytes().hex()
            vectors = kept["vectors"]
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        logger.warning("Vectors of the starter content cannot be read: %s", error)
        return {}
    names = [digests[at : at + 32] for at in range(0, len(digests), 32)]
    return {name: row.tobytes() for name, row in zip(names, vectors, strict=True)}


def ship(path: Path, embedder: Embedder) -> int:
    """Write every vector of this model into a file; returns how many."""
    import numpy as np

    rows = PassageVector.objects.filter(model=embedder.model).exclude(vector=b"")
    found = dict(rows.order_by("digest").values_list("digest", "vector"))
    joined = b"".join(bytes(vector) for vector in found.values())
    np.savez_compressed(
        path,
        model=np.array(embedder.model),
        digests=np.frombuffer(bytes.fromhex("".join(found)), np.uint8),
        vectors=np.frombuffer(joined, np.int8).reshape(len(found), -1),
    )
    return len(found)
