from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import StreamField

from hub.models import Record


class RoundPhaseBlock(blocks.StructBlock):
    name_de = blocks.CharBlock(label=_("Phase (Deutsch)"))
    name_en = blocks.CharBlock(label=_("Phase (Englisch)"))
    period_de = blocks.CharBlock(label=_("Zeitraum (Deutsch)"))
    period_en = blocks.CharBlock(label=_("Zeitraum (Englisch)"))

    class Meta:
        icon = "calendar"
        label = _("Phase")


class Round(Record):
    """One round of the Wiener Klimateam as a record: years, districts, numbers.

    Its story is told by the one case study of kind "round" that points to it.
    """

    kind_code = "round"

    code = models.SlugField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    year_label = models.CharField(_("Jahre"), max_length=20)
    is_pilot = models.BooleanField(_("Pilotjahr"), default=False)
    ideas_total = models.PositiveIntegerField(_("Ideen"), null=True, blank=True)
    ideas_note = models.TextField(_("Hinweis zu den Ideen"), blank=True, null=True)
    sketches_total = models.PositiveIntegerField(_("Entwürfe"), null=True, blank=True)
    selected_total = models.PositiveIntegerField(
        _("ausgewählte Projekte"), null=True, blank=True
    )
    jury = models.TextField(_("Jury"), blank=True, null=True)
    budget = models.TextField(_("Budget"), blank=True, null=True)
    events = models.TextField(_("Veranstaltungen"), blank=True, null=True)
    experts = models.TextField(_("Fachleute"), blank=True, null=True)
    themes = models.TextField(_("Handlungsfelder"), blank=True, null=True)
    key_figure = models.TextField(_("Kennzahl"), blank=True, null=True)
    phases = StreamField(
        [("phase", RoundPhaseBlock())], verbose_name=_("Phasen"), blank=True
    )

    class Meta:
        verbose_name = _("Klimateam-Durchgang")
        verbose_name_plural = _("Klimateam-Durchgänge")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.name_de or self.code

    @property
    def label(self) -> str:
        return str(self)


class RoundDistrict(models.Model):
    """A district's numbers in one round."""

    round = ParentalKey(Round, related_name="districts", on_delete=models.CASCADE)
    district = models.ForeignKey(
        "network.District",
        verbose_name=_("Bezirk"),
        related_name="rounds",
        on_delete=models.PROTECT,
    )
    ideas = models.PositiveIntegerField(_("Ideen"), null=True, blank=True)
    sketches = models.PositiveIntegerField(_("Entwürfe"), null=True, blank=True)
    selected = models.PositiveIntegerField(_("ausgewählt"), null=True, blank=True)

    class Meta:
        verbose_name = _("Bezirk im Durchgang")
        verbose_name_plural = _("Bezirke im Durchgang")
        ordering = ["district__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "district"], name="casestudies_rounddistrict_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.district}"
