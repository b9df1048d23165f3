from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.models import RecordQuerySet


class LinkDecisionQuerySet(RecordQuerySet):
    def visible(self) -> "LinkDecisionQuerySet":
        """Nothing: who decided what is for the office alone."""
        return self.none()


class LinkDecision(models.Model):
    """What somebody decided on a proposed link: it is not proposed again.

    Ids without foreign keys: what is proposed belongs to subjects above. ``made`` is the
    row that accepting made, so that undoing takes away this one and no other.
    """

    gap = models.CharField(_("Lücke"), max_length=40)
    subject_id = models.PositiveBigIntegerField(_("Eintrag"))
    target = models.CharField(_("Vorschlag"), max_length=60)
    is_accepted = models.BooleanField(_("angenommen"))
    made = models.PositiveBigIntegerField(_("angelegte Zeile"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entschieden von"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("entschieden am"), auto_now_add=True)

    objects = LinkDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Entscheidung über einen Vorschlag")
        verbose_name_plural = _("Entscheidungen über Vorschläge")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gap", "subject_id", "target"],
                name="network_linkdecision_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gap}: {self.subject_id} – {self.target}"
