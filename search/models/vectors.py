"""Vectors of passages, kept so that a text is read by the model only once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .rows import RowsQuerySet


class PassageVectorQuerySet(RowsQuerySet["PassageVector"]):
    """Rows of passages."""

    def waiting(self) -> PassageVectorQuerySet:
        """Passages that no model has read yet, the oldest first."""
        return self.filter(vector=b"").order_by("pk")


class PassageVector(models.Model):
    """One passage of one document: what was read (a fingerprint), by which model, and
    what came out. Rows go with their document."""

    kind = models.CharField(_("Art"), max_length=40)
    object_id = models.BigIntegerField(_("Nummer"))
    language = models.CharField(_("Sprache"), max_length=10)
    digest = models.CharField(_("Prüfsumme des Textes"), max_length=32)
    model = models.CharField(_("Modell"), max_length=60)
    #: One byte a number (``meaning.packing``); empty as long as it waits.
    vector = models.BinaryField(_("Vektor"), default=b"")

    objects = PassageVectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("Vektor eines Textabschnitts")
        verbose_name_plural = _("Vektoren von Textabschnitten")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language", "digest"],
                name="search_one_vector_per_passage",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(vector=b""),
                name="search_vector_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}:{self.language}"
