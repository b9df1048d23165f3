"""Documents and what a model read of them: which passages are known, which still wait.

A vector is kept in the database with the fingerprint of its passage, so that an index can
be built anew without the model, and only what changed is read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ..documents import SearchDocument
from ..indexed import IndexedDocument, Reading, prepare
from ..models import PassageVector
from .embedder import Embedder, get_embedder
from .passages import Passage, passages_of
from .shipped import shipped_vectors

_PORTION = 100
#: A document, as the rows of its passages name it.
Place = tuple[str, int, str]


def prepared(documents: Iterable[SearchDocument]) -> Iterator[IndexedDocument]:
    """Analyse documents, with the vectors that are known of them. Passages that the model
    has not read yet wait from now on (``filling``)."""
    embedder = get_embedder()
    if embedder is None:
        yield from map(prepare, documents)
        return
    for portion in _portions(documents):
        made = [prepare(document) for document in portion]
        passages = {document.key: passages_of(document) for document in portion}
        known = _noted(portion, passages, embedder)
        for one in made:
            vectors = known[place_of(one.document)]
            readings = tuple(_read(passages[one.key], vectors))
            yield replace(one, readings=readings, model=embedder.model)


def read_at_once(
    embedder: Embedder,
) -> Callable[[Iterable[SearchDocument]], Iterator[IndexedDocument]]:
    """Analyse documents and read them on the spot, without the database: for measuring."""

    def read(documents: Iterable[SearchDocument]) -> Iterator[IndexedDocument]:
        for document in documents:
            passages = passages_of(document)
            vectors = vectors_of(embedder, [passage.text for passage in passages])
            digests = (passage.digest for passage in passages)
            known = dict(zip(digests, vectors, strict=True))
            readings = tuple(_read(passages, known))
            yield replace(prepare(document), readings=readings, model=embedder.model)

    return read


def vectors_of(embedder: Embedder, texts: Sequence[str]) -> list[bytes]:
    """What the model reads in passages, as it is kept."""
    from .packing import pack

    return [row.tobytes() for row in pack(embedder.passages(texts))] if texts else []


def forget(kind: str, ids: Collection[int], language: str | None = None) -> None:
    """Nothing is kept of what is not there any more."""
    for portion in _portions(sorted(ids)):
        rows = PassageVector.objects.of(kind, portion)
        rows = rows.filter(language=language) if language else rows
        PassageVector.objects.forget(list(rows.values_list("pk", flat=True)))


def forget_others(language: str, kept: Collection[tuple[str, int]]) -> None:
    """After everything was read anew: drop rows of what has no document any more."""
    rows = PassageVector.objects.filter(language=language)
    gone: dict[str, list[int]] = defaultdict(list)
    for kind, pk in rows.values_list("kind", "object_id").distinct():
        if (kind, pk) not in kept:
            gone[kind].append(pk)
    for kind, ids in gone.items():
        forget(kind, ids, language)


def are_noted() -> bool:
    """Whether passages of this model are kept, be they read or waiting. They are not when
    the search by meaning was switched on, or the model is another one: then an index that
    is built anew notes them all."""
    embedder = get_embedder()
    if embedder is None:
        return True
    return PassageVector.objects.filter(model=embedder.model).exists()


def place_of(document: SearchDocument) -> Place:
    """Under what the passages of a document are kept."""
    return document.kind, document.object_id, document.language


def _portions(things: Iterable) -> Iterator[list]:
    remaining = iter(things)
    while portion := list(islice(remaining, _PORTION)):
        yield portion


def _read(
    passages: Sequence[Passage], vectors: Mapping[str, bytes]
) -> Iterator[Reading]:
    for passage in passages:
        vector = vectors.get(passage.digest)
        if vector:
            yield Reading(passage.start, passage.end, vector)


def _noted(
    documents: Sequence[SearchDocument],
    passages: Mapping[str, Sequence[Passage]],
    embedder: Embedder,
) -> dict[Place, dict[str, bytes]]:
    """Vectors by document and fingerprint, after rows were brought up to date: one for
    each passage, none for what is not there any more."""
    wanted = {
        place_of(document): {passage.digest for passage in passages[document.key]}
        for document in documents
    }
    known: dict[Place, dict[str, bytes]] = {place: {} for place in wanted}
    gone: list[int] = []
    for row in _rows(documents):
        place = (row.kind, row.object_id, row.language)
        if place not in wanted:
            continue
        if row.model != embedder.model or row.digest not in wanted[place]:
            gone.append(row.pk)
        else:
            known[place][row.digest] = bytes(row.vector)
    PassageVector.objects.forget(gone)
    shipped = shipped_vectors(embedder)
    new = []
    for place, digests in wanted.items():
        for digest in sorted(digests - known[place].keys()):
            vector = known[place][digest] = shipped.get(digest, b"")
            new.append(_row(place, digest, vector, embedder))
    PassageVector.objects.bulk_create(new, ignore_conflicts=True)
    return known


def _rows(documents: Sequence[SearchDocument]) -> Iterator[PassageVector]:
    ids: dict[str, set[int]] = defaultdict(set)
    for document in documents:
        ids[document.kind].add(document.object_id)
    for kind, numbers in ids.items():
        yield from PassageVector.objects.of(kind, sorted(numbers)).iterator()


def _row(place: Place, digest: str, vector: bytes, embedder: Embedder) -> PassageVector:
    kind, pk, language = place
    return PassageVector(
        kind=kind,
        object_id=pk,
        language=language,
        digest=digest,
        model=embedder.model,
        vector=vector,
    )
