import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from hub.panels import bilingual


@register_setting(icon="mail")
class HubSettings(BaseSiteSetting):
    """How the office can be reached, and when it answers."""

    office_email = models.EmailField(
        _("Postfach des Büros"),
        blank=True,
        help_text=_("Hierher gehen Fragen an das Büro. Wird nicht angezeigt."),
    )
    office_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    office_hours = models.CharField(
        _("erreichbar"), max_length=200, blank=True, null=True
    )
    answer_days = models.PositiveSmallIntegerField(
        _("Antwort innerhalb von Arbeitstagen"), default=5
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("office_email"),
                FieldPanel("office_phone"),
                bilingual("office_hours"),
                FieldPanel("answer_days"),
            ],
            heading=_("Büro für Mitwirkung"),
        )
    ]

    class Meta:
        verbose_name = _("Büro und Kontakt")

    @property
    def phone_digits(self) -> str:
        """The telephone number as a link needs it."""
        return re.sub(r"[^\d+]", "", self.office_phone)
