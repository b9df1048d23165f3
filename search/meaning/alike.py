"""What is alike in meaning to something that is there, or is being written.

Nothing where the search by meaning is off, cannot be used or has not read the document
yet: whoever asks shows less then, never an error.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING

from ..documents import SearchDocument, make_key
from ..engines.asking import Meant, Request, limited
from ..engines.base import SearchUnavailableError
from ..models import PassageVector
from ..query import All, Everything, Keys
from ..results import Hit
from ..seen import visible_hits
from ..session import Search, open_search
from .embedder import Embedder, get_embedder
from .passages import passages_of

if TYPE_CHECKING:
    from .packing import Floats

logger = logging.getLogger(__name__)


def alike(
    kind: str,
    pk: int,
    language: str,
    kinds: Collection[str],
    limit: int,
    without: Collection[str] = (),
) -> tuple[Hit, ...]:
    """Documents of some kinds whose best passage is most like all of this document, the
    most alike first, without some keys. A number of queries that does not grow."""
    embedder = get_embedder()
    vector = _mean(kind, pk, language, embedder) if embedder else None
    if embedder is None or vector is None:
        return ()
    own = make_key(kind, pk, language)
    return _nearest(embedder, vector, language, kinds, limit, {own, *without})


def like_draft(
    document: SearchDocument, kinds: Collection[str], limit: int
) -> tuple[Hit, ...]:
    """The same for what is being written, by its head: title and summary. How alike they
    are, the hits say (``similarity``)."""
    embedder = get_embedder()
    if embedder is None:
        return ()
    [vector] = embedder.passages([passages_of(document)[0].text])
    own = {document.key}
    return _nearest(embedder, vector, document.language, kinds, limit, own)


def _mean(kind: str, pk: int, language: str, embedder: Embedder) -> Floats | None:
    """What all passages of a document say together: one query."""
    from .packing import matrix, unpack

    rows = PassageVector.objects.of(kind, [pk]).filter(
        language=language, model=embedder.model
    )
    read = [bytes(row) for row in rows.values_list("vector", flat=True) if row]
    if not read:
        return None
    mean: Floats = unpack(matrix(read)).mean(axis=0)
    return mean


def _nearest(
    embedder: Embedder,
    vector: Floats,
    language: str,
    kinds: Collection[str],
    limit: int,
    without: Collection[str],
) -> tuple[Hit, ...]:
    try:
        search = open_search(language)
        request = _request(search, kinds, limit)
        within = limited(All((Everything(),), without=(_keys(without),)), request)
        asked = Meant(vector, embedder.model, within, limit)
        return visible_hits(search.meant(asked, request, points=_keys(())).hits)
    except SearchUnavailableError as error:
        logger.warning("Nothing alike is shown: %s", error)
        return ()


def _request(search: Search, kinds: Collection[str], limit: int) -> Request:
    return Request(
        language=search.language,
        steps=(),
        scope=tuple(kinds),
        hidden=search.hidden,
        now=search.now,
        limit=limit,
    )


def _keys(keys: Collection[str]) -> Keys:
    return Keys(frozenset(keys))
