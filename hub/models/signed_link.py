from django.db import models
from django.utils.translation import gettext_lazy as _


class SignedLink(models.Model):
    """A mailed link, as far as the database knows it: what for, for whom, how long.

    The token itself is in the mail only; here is its hash (``hub.signed_links``).
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("Zweck"), max_length=60)
    #: What the link is about, as "app.model:pk". Never a name or an address.
    subject = models.CharField(_("Gegenstand"), max_length=120)
    created_at = models.DateTimeField(_("erstellt am"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gilt bis"), db_index=True)
    used_at = models.DateTimeField(_("verwendet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Link aus einer E-Mail")
        verbose_name_plural = _("Links aus E-Mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["purpose", "subject"], name="hub_signedlink_subject")
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject}"
