from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField

from hub.choices import Verification
from hub.models import Record
from network import words


class District(Record):
    """One of the 23 districts: figures, neighbours and its place on the tile map."""

    kind_code = "district"
    section = "network.NetworkPage"
    route_word = words.DISTRICTS

    number = models.PositiveSmallIntegerField(_("Nummer"), unique=True)
    name = models.CharField(_("Name"), max_length=60)
    postal_code = models.CharField(_("Postleitzahl"), max_length=4)
    summary = models.TextField(_("Kurztext"), blank=True, null=True)
    area_km2 = models.DecimalField(
        _("Fläche in km²"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    population = models.PositiveIntegerField(_("Bevölkerung"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("Bevölkerung: Stand (Jahr)"), null=True, blank=True
    )
    population_newer = models.PositiveIntegerField(
        _("Bevölkerung: neuere Zahl"), null=True, blank=True
    )
    population_newer_date = models.DateField(
        _("Bevölkerung: Stand der neueren Zahl"), null=True, blank=True
    )
    neighbours = ParentalManyToManyField(
        "self", verbose_name=_("Nachbarbezirke"), blank=True
    )
    neighbours_verification = models.CharField(
        _("Prüfstand der Nachbarbezirke"),
        max_length=20,
        choices=Verification.choices,
        default=Verification.UNVERIFIED,
    )
    tile_row = models.PositiveSmallIntegerField(_("Kachel: Zeile"))
    tile_column = models.PositiveSmallIntegerField(_("Kachel: Spalte"))

    class Meta:
        verbose_name = _("Bezirk")
        verbose_name_plural = _("Bezirke")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=23),
                name="network_district_number_1_to_23",
            ),
            models.UniqueConstraint(
                fields=["tile_row", "tile_column"], name="network_district_tile_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def label(self) -> str:
        """Number and name as they stand in lists: "10. Favoriten"."""
        return str(self)
