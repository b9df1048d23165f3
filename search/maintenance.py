"""Building indexes anew, and comparing them with the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from .documents import SearchDocument, split_key
from .engines import get_engine
from .engines.base import SearchUnavailableError
from .indexed import digest
from .models import IndexChange
from .outbox import drain, enqueue
from .registry import registry

_CHUNK = 200


def all_documents(language: str) -> Iterator[SearchDocument]:
    """Every document of a language, as the database has it now."""
    for source in registry.sources:
        for obj in source.visible().iterator(chunk_size=_CHUNK):
            for document in source.documents(obj):
                if document.language == language:
                    yield document


def rebuild() -> dict[str, int]:
    """Build all languages anew. Nothing changed meanwhile is lost: changes wait in the
    outbox while the index is locked, and are drained afterwards."""
    engine = get_engine()
    last = IndexChange.objects.order_by("-pk").values_list("pk", flat=True).first()
    numbers = {
        language: engine.rebuild(language, all_documents(language))
        for language in settings.SEARCH["LANGUAGES"]
    }
    if last is not None:
        IndexChange.objects.filter(pk__lte=last).delete()
    drain()
    return numbers


def is_ready() -> bool:
    """Whether every language has an index that this code can read."""
    engine = get_engine()
    try:
        for language in settings.SEARCH["LANGUAGES"]:
            next(engine.reader(language).digests(), None)
    except SearchUnavailableError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that database and index do not agree on."""

    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.problem}: {self.key}"


def check() -> list[Difference]:
    """Compare database and index, document by document."""
    return [d for code in settings.SEARCH["LANGUAGES"] for d in _check(code)]


def _check(language: str) -> Iterable[Difference]:
    indexed = dict(get_engine().reader(language).digests())
    for document in all_documents(language):
        known = indexed.pop(document.key, None)
        if known is None:
            yield Difference(document.key, "missing")
        elif known != digest(document):
            yield Difference(document.key, "outdated")
    for key in indexed:
        yield Difference(key, "left over")


def repair(differences: Iterable[Difference]) -> None:
    """Queue every difference and bring it into the index."""
    ids: dict[str, set[int]] = {}
    for difference in differences:
        kind, pk, _ = split_key(difference.key)
        ids.setdefault(kind, set()).add(pk)
    for kind, numbers in ids.items():
        source = registry.find(kind)
        if source:
            enqueue(source, sorted(numbers))
        else:
            IndexChange.objects.bulk_create(
                [
                    IndexChange(kind=kind, object_id=pk, is_removal=True)
                    for pk in sorted(numbers)
                ]
            )
    drain()
