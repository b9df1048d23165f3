from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Enquiry(models.Model):
    """A question to the office, as it came in by the form."""

    class State(models.TextChoices):
        NEW = "new", _("neu")
        IN_PROGRESS = "in_progress", _("in Arbeit")
        ANSWERED = "answered", _("beantwortet")
        CLOSED = "closed", _("geschlossen")

    name = models.CharField(_("Name"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"))
    subject = models.CharField(_("Worum es geht"), max_length=160)
    message = models.TextField(_("Frage"), max_length=5000)
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    page_url = models.CharField(_("gefragt auf Seite"), max_length=500, blank=True)
    state = models.CharField(
        _("Stand"), max_length=20, choices=State.choices, default=State.NEW
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in Arbeit bei"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("Notiz für das Büro"), blank=True)
    mailed_at = models.DateTimeField(
        _("ans Büro gemailt am"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("eingelangt am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Frage an das Büro")
        verbose_name_plural = _("Fragen an das Büro")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject
