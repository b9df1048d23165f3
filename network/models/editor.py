from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationEditor(models.Model):
    """Who keeps the entry of an organisation and of its people: an editor of its own.

    An administrator decides it; what it allows is in ``network.permissions``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Anmeldung"),
        related_name="organisation_editors",
        on_delete=models.CASCADE,
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("Organisation"),
        related_name="editors",
        on_delete=models.CASCADE,
    )
    since = models.DateField(_("seit"), auto_now_add=True)

    class Meta:
        verbose_name = _("Zuständigkeit für eine Organisation")
        verbose_name_plural = _("Zuständigkeiten für Organisationen")
        ordering = ["organisation__name_de", "user__username"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="network_organisationeditor_once",
                violation_error_message=_(
                    "Diese Anmeldung pflegt die Organisation schon."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"
