"""The outbox of the search: changes that the index does not know yet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: After so many failures a change is put aside; ``search_index drain`` names it.
MAX_ATTEMPTS = 5


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    """Rows of the outbox."""

    def waiting(self) -> IndexChangeQuerySet:
        """Rows that the indexer still tries."""
        return self.filter(is_dead=False).order_by("pk")

    def hidden_objects(self) -> set[tuple[str, int]]:
        """Kind and id of everything whose removal is still to come. A row that was
        put aside still counts: what must not show does not show."""
        if not self.filter(is_removal=True).exists():
            return set()
        rows = self.order_by("pk").values_list("kind", "object_id", "is_removal")
        last = {(kind, pk): removal for kind, pk, removal in rows}
        return {key for key, removal in last.items() if removal}


class IndexChange(models.Model):
    """Outbox: something changed and the index does not know it yet. Written in the
    same transaction as the change itself."""

    kind = models.CharField(_("Art"), max_length=40)
    object_id = models.BigIntegerField(_("Nummer"))
    is_removal = models.BooleanField(_("Entfernen"), default=False)
    created = models.DateTimeField(_("Angelegt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    error = models.TextField(_("Fehler"), blank=True)
    is_dead = models.BooleanField(_("Zurückgelegt"), default=False)

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Änderung für den Suchindex")
        verbose_name_plural = _("Änderungen für den Suchindex")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["kind", "object_id"], name="search_change_object"),
            models.Index(fields=["is_removal"], name="search_change_removal"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
