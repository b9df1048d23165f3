from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """An address a record once had: leads on to the record, or says it is gone (410)."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    language = models.CharField(_("Sprache"), max_length=5)
    slug = models.SlugField(_("alte Adresse"), max_length=120)
    object_id = models.PositiveBigIntegerField(
        _("führt zu"), null=True, blank=True, help_text=_("Leer: der Eintrag ist weg.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("alte Adresse")
        verbose_name_plural = _("alte Adressen")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "language", "slug"],
                name="hub_oldaddress_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"
