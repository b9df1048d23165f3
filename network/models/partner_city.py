from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField

from hub.models import Record, lines
from network import words
from network.choices import CityKind


class CityProgrammeBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"))
    what_de = blocks.TextBlock(label=_("Worum es geht (Deutsch)"), rows=2)
    what_en = blocks.TextBlock(label=_("Worum es geht (Englisch)"), rows=2)

    class Meta:
        icon = "list-ul"
        label = _("Programm")


class PartnerCity(Record):
    """A city or network Vienna can learn from."""

    kind_code = "city"
    section = "network.NetworkPage"
    route_word = words.PARTNER_CITIES

    kind = models.CharField(_("Art"), max_length=10, choices=CityKind.choices)
    name = models.CharField(_("Name"), max_length=160)
    aliases = models.TextField(
        _("andere Namen"), blank=True, help_text=_("Ein Name je Zeile.")
    )
    country = models.CharField(_("Land"), max_length=80, blank=True, null=True)
    country_code = models.CharField(_("Ländercode"), max_length=2, blank=True)
    latitude = models.FloatField(_("Breite"), null=True, blank=True)
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    population = models.PositiveIntegerField(
        _("Bevölkerung (gerundet)"), null=True, blank=True
    )
    summary = models.TextField(_("Wofür bekannt"), blank=True, null=True)
    learn_from = models.TextField(_("Was Wien lernen kann"), blank=True, null=True)
    relation = models.TextField(_("Verbindung zu Wien"), blank=True, null=True)
    programmes = StreamField(
        [("programme", CityProgrammeBlock())], verbose_name=_("Programme"), blank=True
    )
    topics = ParentalManyToManyField("hub.Topic", verbose_name=_("Themen"), blank=True)
    networks = ParentalManyToManyField(
        "self",
        verbose_name=_("Mitglied in"),
        blank=True,
        symmetrical=False,
        related_name="members",
    )
    website = models.URLField(_("Website"), blank=True, max_length=500)
    website_verified = models.BooleanField(_("Website geprüft"), default=False)

    class Meta:
        verbose_name = _("Partnerstadt oder Netzwerk")
        verbose_name_plural = _("Partnerstädte und Netzwerke")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="network_partnercity_position",
                violation_error_message=_("Die Position liegt nicht auf der Erde."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.name_de or ""

    @property
    def label(self) -> str:
        return str(self)

    @property
    def alias_list(self) -> list[str]:
        return list(lines(self.aliases))
