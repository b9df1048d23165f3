"""Building indexes anew, and comparing them with the database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.conf import settings

from . import comparing
from .comparing import Difference
from .documents import SearchDocument
from .engines import get_engine
from .engines.base import IndexDamagedError, IndexMissingError, IndexOutdatedError
from .indexed import prepare
from .lease import Lease, LeaseLostError, hold
from .meaning import readings
from .models import IndexChange
from .outbox import drain_waiting, requeue
from .registry import registry

logger = logging.getLogger(__name__)

_CHUNK = 200
#: So many seconds a rebuild waits for an indexer that is at work.
_WAIT = 60.0

Object = tuple[str, int]


def all_documents(
    language: str, broken: set[Object] | None = None
) -> Iterator[SearchDocument]:
    """Every document of a language, as the database has it now. Objects that make none
    are noted in ``broken`` where it is given, else their error is raised."""
    for source in registry.sources:
        for obj in source.visible_in(language).iterator(chunk_size=_CHUNK):
            try:
                made = list(source.documents(obj))
            except Exception:
                if broken is None:
                    raise
                logger.exception("No search document for %s:%s", source.kind, obj.pk)
                broken.add((source.kind, obj.pk))
                continue
            yield from (doc for doc in made if doc.language == language)


def rebuild() -> dict[str, int]:
    """Build all languages anew while changes go on. Nothing is lost at the swap:

    Only rows that are seen before anything is read are deleted: their changes are in
    what is read. All others are drained afterwards, also those whose transactions began
    earlier and were committed later. Nobody else writes meanwhile; should another
    indexer have taken over nevertheless, database and index are compared.
    """
    with hold(_WAIT) as lease:
        return _rebuild(lease)


def _rebuild(lease: Lease) -> dict[str, int]:
    broken: set[Object] = set()
    seen = list(IndexChange.objects.values_list("pk", flat=True).order_by("pk"))
    try:
        numbers = {
            language: _rebuild_language(lease, language, broken)
            for language in settings.SEARCH["LANGUAGES"]
        }
        lease.renew()
    except LeaseLostError:
        logger.warning("Another indexer took over; comparing database and index.")
        lease.release()
        repair(check())
        raise
    requeue(broken)
    IndexChange.objects.forget(seen)
    lease.release()
    drain_waiting()
    return numbers


def _rebuild_language(lease: Lease, language: str, broken: set[Object]) -> int:
    kept: set[Object] = set()
    number = _build(lease, language, broken, kept)
    readings.forget_others(language, kept)
    return number


def _build(lease: Lease, language: str, broken: set[Object], kept: set[Object]) -> int:
    """Build one language anew; ``kept`` takes what its documents are about."""
    engine = get_engine()
    documents = _noted(lease.kept(all_documents(language, broken)), kept)
    try:
        return engine.rebuild(language, documents, readings.prepared)
    except LeaseLostError:
        raise
    except Exception:
        unfit = _unfit(language)
        if not unfit:
            raise
    broken.update(unfit)
    kept.clear()
    fit = (
        document
        for document in lease.kept(all_documents(language, broken))
        if (document.kind, document.object_id) not in unfit
    )
    return engine.rebuild(language, _noted(fit, kept), readings.prepared)


def _noted(
    documents: Iterable[SearchDocument], objects: set[Object]
) -> Iterator[SearchDocument]:
    """Documents as they come, with a note of what they are about."""
    for document in documents:
        objects.add((document.kind, document.object_id))
        yield document


def _unfit(language: str) -> set[Object]:
    """Objects whose documents cannot be analysed: they must not stop all others."""
    unfit = set()
    for document in all_documents(language, set()):
        try:
            prepare(document)
        except Exception:
            logger.exception("Not fit for the index: %s", document.key)
            unfit.add((document.kind, document.object_id))
    return unfit


def is_ready() -> bool:
    """Whether every language has an index that this code can read, in each engine, and
    the model its passages. An engine that does not answer now may well have an index:
    that is raised."""
    if not readings.are_noted():
        return False
    try:
        for engine in get_engine().parts:
            for language in settings.SEARCH["LANGUAGES"]:
                next(engine.reader(language).digests(), None)
    except (IndexMissingError, IndexOutdatedError, IndexDamagedError):
        return False
    return True


def ensure() -> dict[str, int] | None:
    """Build what is missing, damaged or of another version; nothing if all is well,
    also when another process built it while this one waited for it."""
    if is_ready():
        return None
    with hold(_WAIT) as lease:
        return None if is_ready() else _rebuild(lease)


def check() -> list[Difference]:
    """Compare database and index, document by document."""
    return list(comparing.differences())


def repair(differences: Iterable[Difference]) -> int:
    """Queue every difference and bring it into the index; returns how many."""
    number = 0
    remaining = iter(differences)
    while found := list(islice(remaining, _CHUNK)):
        number += len(found)
        requeue({difference.object: None for difference in found})
    if number:
        drain_waiting()
    return number


def compare(is_spent: Callable[[], bool]) -> tuple[int, bool]:
    """Compare as much as a budget allows, beginning where the last call ended, and
    repair what differs. Returns the number of differences and whether all is done."""
    found = comparing.some_differences(is_spent)
    return repair(found.differences), found.is_complete
