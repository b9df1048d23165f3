"""A batch of the outbox: the objects behind its rows, their documents, the engine.

Tells whose fault a failure is. An object that makes no document, and a document that
the engine will not take, are tried again later and in the end put aside, with the
reason. An engine or a database that does not work is nobody's failure: it raises, and
the rows stay as they were.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from .documents import SearchDocument, make_key, split_key
from .engines import get_engine
from .engines.base import DocumentsRejectedError, SearchUnavailableError
from .indexed import prepare
from .meaning import readings
from .models import MAX_ATTEMPTS, IndexChange
from .models.changes import pause_after
from .registry import Source, registry

logger = logging.getLogger(__name__)

Object = tuple[str, int]


class Batch:
    """Rows, the objects they name, and what became of each."""

    def __init__(self, rows: list[IndexChange]) -> None:
        self.rows = rows
        self.objects: list[Object] = list(
            dict.fromkeys((row.kind, row.object_id) for row in rows)
        )
        self.documents: dict[str, dict[str, SearchDocument]] = defaultdict(dict)
        self.removals: dict[str, set[str]] = defaultdict(set)
        self.failed: dict[Object, str] = {}

    # ---- the objects, as they are now ------------------------------------------------

    def load(self) -> None:
        """Make the documents of all objects, kind by kind."""
        by_kind: dict[str, list[int]] = {}
        for kind, pk in self.objects:
            by_kind.setdefault(kind, []).append(pk)
        for kind, ids in by_kind.items():
            self._load_kind(registry.find(kind), kind, ids)

    def _load_kind(self, source: Source | None, kind: str, ids: list[int]) -> None:
        found = {}
        if source:  # a kind that is gone has no documents any more
            found = {obj.pk: obj for obj in source.visible().filter(pk__in=ids)}
        for pk in ids:
            obj = found.get(pk)
            try:
                self._add(kind, pk, source.documents(obj) if source and obj else ())
            except (OperationalError, InterfaceError):
                raise  # the database, not the object
            except Exception as error:  # one broken object must not stop the others
                logger.exception("No search document for %s:%s", kind, pk)
                self._fail((kind, pk), error)

    def _add(self, kind: str, pk: int, documents: Iterable[SearchDocument]) -> None:
        """An object's documents; where it has none, its key is removed."""
        made = {document.language: document for document in documents}
        for language in settings.SEARCH["LANGUAGES"]:
            key = make_key(kind, pk, language)
            if language in made:
                self.documents[language][key] = made[language]
            else:
                self.removals[language].add(key)

    def _fail(self, failed: Object, error: object) -> None:
        name = f"{type(error).__name__}: " if isinstance(error, Exception) else ""
        self.failed.setdefault(failed, f"{name}{error}"[:2000])

    # ---- the engine ------------------------------------------------------------------

    def write(self) -> None:
        """Bring documents and removals into every language's index."""
        for language in settings.SEARCH["LANGUAGES"]:
            documents = self.documents[language]
            removals = sorted(self.removals[language])
            if documents or removals:
                self._write(language, documents, removals)
                _forget_readings(language, removals)

    def _write(
        self, language: str, documents: dict[str, SearchDocument], removals: list[str]
    ) -> None:
        try:
            self._apply(language, documents.values(), removals)
        except Exception as error:
            unfit = self._unfit(documents, error)
            if not unfit:
                raise
            for key, reason in unfit.items():
                self._fail_document(key, reason)
            rest = [d for key, d in documents.items() if key not in unfit]
            self._apply(language, rest, removals)

    def _apply(
        self, language: str, documents: Iterable[SearchDocument], removals: list[str]
    ) -> None:
        try:
            get_engine().apply(language, list(documents), removals, readings.prepared)
        except DocumentsRejectedError as error:  # all others were written
            for key, reason in error.reasons.items():
                self._fail_document(key, reason)

    def _fail_document(self, key: str, reason: object) -> None:
        logger.error("The index does not take %s: %s", key, reason)
        kind, pk, _language = split_key(key)
        self._fail((kind, pk), reason)

    def _unfit(
        self, documents: dict[str, SearchDocument], error: Exception
    ) -> dict[str, Exception]:
        """The documents that are to blame for an error, with their own."""
        unfit = {}
        for key, document in documents.items():
            try:
                prepare(document)
            except Exception as own:
                unfit[key] = own
        if unfit or isinstance(error, (SearchUnavailableError, OSError)):
            return unfit
        return self._refused_alone(documents)

    def _refused_alone(
        self, documents: dict[str, SearchDocument]
    ) -> dict[str, Exception]:
        """Something unforeseen: each document by itself shows which ones cause it,
        unless the engine does not even take the removal of nothing."""
        refused: dict[str, Exception] = {}
        for key, document in documents.items():
            try:
                self._apply(document.language, [document], [])
            except (SearchUnavailableError, OSError):
                raise
            except Exception as own:
                self._apply(document.language, [], [make_key("", 0, document.language)])
                refused[key] = own
        return refused

    # ---- the rows --------------------------------------------------------------------

    def finish(self) -> int:
        """Delete what is done, postpone what failed; returns the number of rows done."""
        done = [r.pk for r in self.rows if (r.kind, r.object_id) not in self.failed]
        IndexChange.objects.forget(done)
        for row in self.rows:
            error = self.failed.get((row.kind, row.object_id))
            if error is not None and not row.is_dead:
                _postpone(row, error)
        return len(done)


def _forget_readings(language: str, removals: Iterable[str]) -> None:
    ids: dict[str, set[int]] = defaultdict(set)
    for key in removals:
        kind, pk, _language = split_key(key)
        ids[kind].add(pk)
    for kind, numbers in ids.items():
        readings.forget(kind, numbers, language)


def _postpone(row: IndexChange, error: str) -> None:
    """Count a failure; after some, a row waits for a person to look at it."""
    row.attempts += 1
    row.error = error
    row.is_dead = row.attempts >= MAX_ATTEMPTS
    row.next_try = timezone.now() + pause_after(row.attempts)
    row.save(update_fields=["attempts", "error", "is_dead", "next_try"])
    if row.is_dead:
        logger.error("Put aside after %s failures: %s", row.attempts, row)
