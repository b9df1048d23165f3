"""Pages and records that editors recommend for certain queries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..documents import make_key
from ..synonyms import lines


class PromotedResultQuerySet(models.QuerySet["PromotedResult"]):
    """Recommendations."""

    def current(self) -> PromotedResultQuerySet:
        """Those that have not run out."""
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today))


class PromotedResult(models.Model):
    """A recommendation of the editors: for these queries, this comes first."""

    class Language(models.TextChoices):
        GERMAN = "de", _("Deutsch")
        ENGLISH = "en", _("Englisch")

    queries = models.TextField(
        _("Suchtexte"),
        help_text=_(
            "Ein Suchtext je Zeile. Die Empfehlung erscheint, wenn genau das gesucht "
            "wird; Mehrzahl, Beugung und Genderformen zählen mit."
        ),
    )
    language = models.CharField(
        _("Sprache der Suche"),
        max_length=4,
        choices=Language.choices,
        default=Language.GERMAN,
    )
    address = models.CharField(
        _("Adresse der Seite"),
        max_length=500,
        help_text=_(
            "Aus der Adresszeile des Browsers kopieren, zum Beispiel "
            "/de/methoden/world-cafe/."
        ),
    )
    kind = models.CharField(max_length=40, editable=False)
    object_id = models.BigIntegerField(editable=False)
    title = models.CharField(_("Seite"), max_length=255, editable=False)
    reason = models.CharField(
        _("Grund"),
        max_length=160,
        blank=True,
        help_text=_("Ein kurzer Satz für Leser*innen. Er steht beim Treffer."),
    )
    until = models.DateField(
        _("gilt bis"), null=True, blank=True, help_text=_("Leer: ohne Ende.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("zuständig"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PromotedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("Empfehlung")
        verbose_name_plural = _("Empfehlungen")
        ordering = ("queries", "pk")

    def __str__(self) -> str:
        return f"{', '.join(self.query_list)} → {self.title}"

    @property
    def query_list(self) -> tuple[str, ...]:
        return lines(self.queries)

    @property
    def key(self) -> str:
        """The document in the index."""
        return make_key(self.kind, self.object_id, self.language)
