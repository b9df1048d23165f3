from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.models.visibility import visible_page
from methods.choices import Phase


class MethodUseQuerySet(models.QuerySet):
    def visible(self) -> MethodUseQuerySet:
        """Uses whose case and method everyone may see."""
        return self.filter(visible_page("case"), visible_page("method"))

    def own(self) -> MethodUseQuerySet:
        """The case's own experience, without what it inherits from its round."""
        return self.filter(is_inherited=False)


class MethodUse(models.Model):
    """A case used a method in a phase. One row for all languages."""

    case = models.ForeignKey(
        "casestudies.CaseStudyPage",
        verbose_name=_("Fallbeispiel"),
        related_name="method_uses",
        on_delete=models.CASCADE,
        help_text=_("Die deutsche Seite."),
    )
    method = models.ForeignKey(
        "methods.MethodPage",
        verbose_name=_("Methode"),
        related_name="uses",
        on_delete=models.CASCADE,
        help_text=_("Die deutsche Seite."),
    )
    phase = models.CharField(
        _("Phase"), max_length=12, choices=Phase.choices, blank=True
    )
    note = models.TextField(_("Wie sie eingesetzt wurde"), blank=True, null=True)
    is_inherited = models.BooleanField(
        _("aus der Runde"),
        default=False,
        help_text=_("Geschah in der Runde, nicht im Projekt selbst."),
    )

    objects = MethodUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Eingesetzte Methode")
        verbose_name_plural = _("Eingesetzte Methoden")
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "method", "phase"],
                name="casestudies_methoduse_once",
                violation_error_message=_(
                    "Diese Methode ist für diese Phase schon eingetragen."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.method}"

    def clean(self) -> None:
        super().clean()
        errors = {}
        for field in ("case", "method"):
            page = getattr(self, field, None)
            if page and page.source_page_id != page.pk:
                errors[field] = _("Wählen Sie die deutsche Seite.")
        if errors:
            raise ValidationError(errors)
