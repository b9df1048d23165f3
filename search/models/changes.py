"""The outbox of the search: changes that the index does not know yet, and who brings
them into the index."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rows import RowsQuerySet

#: After so many failures a change is put aside; ``search_index drain`` names it.
MAX_ATTEMPTS = 5
#: The first failure is tried again after so long, each further one four times later.
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


def pause_after(attempts: int) -> timedelta:
    """How long a change that failed so often waits; never two at the same moment."""
    pause = min(FIRST_PAUSE * 4 ** max(attempts - 1, 0), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 (spreads load, hides nothing)


class IndexChangeQuerySet(RowsQuerySet["IndexChange"]):
    """Rows of the outbox."""

    def waiting(self) -> IndexChangeQuerySet:
        """Rows that the indexer still tries, in the order of the changes."""
        return self.filter(is_dead=False).order_by("pk")

    def due(self) -> IndexChangeQuerySet:
        """Waiting rows that may be tried now."""
        now = timezone.now()
        return self.waiting().filter(Q(next_try=None) | Q(next_try__lte=now))

    def dead(self) -> IndexChangeQuerySet:
        """Rows that were put aside, for a person to look at."""
        return self.filter(is_dead=True).order_by("pk")

    def retry(self) -> int:
        """Give rows that were put aside a new start."""
        return self.filter(is_dead=True).update(
            is_dead=False, attempts=0, next_try=None, error=""
        )


class IndexChange(models.Model):
    """Outbox: something changed and the index does not know it yet. Written in the
    same transaction as the change itself."""

    kind = models.CharField(_("Art"), max_length=40)
    object_id = models.BigIntegerField(_("Nummer"))
    is_removal = models.BooleanField(_("Entfernen"), default=False)
    created = models.DateTimeField(_("Angelegt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    next_try = models.DateTimeField(_("Nächster Versuch"), null=True, blank=True)
    error = models.TextField(_("Fehler"), blank=True)
    is_dead = models.BooleanField(_("Zurückgelegt"), default=False)

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Änderung für den Suchindex")
        verbose_name_plural = _("Änderungen für den Suchindex")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["kind", "object_id"], name="search_change_object"),
            # Every search asks what is to be removed: an index of nothing else.
            models.Index(
                fields=["kind", "object_id"],
                condition=Q(is_removal=True),
                name="search_change_hidden",
            ),
            models.Index(
                fields=["id"], condition=Q(is_dead=True), name="search_change_dead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"

    @classmethod
    def hidden_objects(cls) -> set[tuple[str, int]]:
        """Kind and id of everything whose removal is still to come. A row that was
        put aside still counts: what must not show does not show. Read from an index
        that holds removals only, however many changes wait."""
        with connection.cursor() as cursor:
            cursor.execute(*_hidden_question())
            return set(cursor.fetchall())


@lru_cache(maxsize=1)
def _hidden_question() -> tuple[str, tuple[Any, ...]]:
    """What every search asks, written down once: Django takes ten times as long to put
    it together as the database to answer."""
    rows = IndexChange.objects.filter(is_removal=True).order_by()
    return rows.values_list("kind", "object_id").query.sql_with_params()


class IndexerLease(models.Model):
    """Who writes the index now: one row, held for a while and prolonged while at work.

    Besides, how far the comparison of database and index has come.
    """

    holder = models.CharField(_("Wer"), max_length=200, blank=True)
    expires = models.DateTimeField(_("Gilt bis"), null=True, blank=True)
    #: Grows with every holder: whoever was away too long sees that it is another's.
    token = models.BigIntegerField(_("Zählnummer"), default=0)
    compared = models.CharField(_("Verglichen bis"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("Schreibrecht am Suchindex")
        verbose_name_plural = _("Schreibrecht am Suchindex")

    def __str__(self) -> str:
        return self.holder or "–"
