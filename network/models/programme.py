from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField

from hub.models import Record, lines
from network.choices import Basis, FundingStatus, InvolvementRole, ProgrammeKind


class FigureBlock(blocks.StructBlock):
    label_de = blocks.CharBlock(label=_("Was (Deutsch)"))
    label_en = blocks.CharBlock(label=_("Was (Englisch)"))
    value_text_de = blocks.CharBlock(label=_("Wert (Deutsch)"))
    value_text_en = blocks.CharBlock(label=_("Wert (Englisch)"))
    value = blocks.FloatBlock(label=_("Wert als Zahl"), required=False)

    class Meta:
        icon = "order"
        label = _("Zahl")


class Programme(Record):
    """A strategy, rule, funding line, body, format or event around participation."""

    kind_code = "programme"
    # Deadlines and amounts age fast.
    review_months = 6
    section = "network.ProgrammesPage"

    kind = models.CharField(_("Art"), max_length=30, choices=ProgrammeKind.choices)
    name = models.CharField(_("Name"), max_length=200)
    aliases = models.TextField(
        _("andere Namen"), blank=True, help_text=_("Ein Name je Zeile.")
    )
    year_from = models.PositiveSmallIntegerField(_("von (Jahr)"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("bis (Jahr)"), null=True, blank=True)
    when_text = models.CharField(_("Wann"), max_length=300, blank=True, null=True)
    summary = models.TextField(_("Kurztext"), blank=True, null=True)
    body = models.TextField(
        _("Text"),
        blank=True,
        null=True,
        help_text=_("Absätze durch eine leere Zeile trennen."),
    )
    topics = ParentalManyToManyField("hub.Topic", verbose_name=_("Themen"), blank=True)
    target_groups = ParentalManyToManyField(
        "hub.TargetGroup", verbose_name=_("Zielgruppen"), blank=True
    )
    districts = ParentalManyToManyField(
        "network.District", verbose_name=_("Bezirke"), blank=True
    )
    figures = StreamField(
        [("figure", FigureBlock())], verbose_name=_("Zahlen"), blank=True
    )
    funding_status = models.CharField(
        _("Förderung: Stand"),
        max_length=10,
        choices=FundingStatus.choices,
        blank=True,
        help_text=_("Leer: keine Förderung."),
    )
    funding_for_whom = models.CharField(
        _("Förderung: für wen"), max_length=300, blank=True, null=True
    )
    funding_amount = models.CharField(
        _("Förderung: wie viel"), max_length=300, blank=True, null=True
    )
    funding_deadline = models.CharField(
        _("Förderung: Frist"), max_length=300, blank=True, null=True
    )
    funding_closes_on = models.DateField(
        _("Förderung: letzter Tag"),
        null=True,
        blank=True,
        help_text=_("Danach gilt die Förderung als geschlossen."),
    )
    website = models.URLField(_("Website"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("Programm oder Regelwerk")
        verbose_name_plural = _("Programme und Regelwerke")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
                name="network_programme_years",
                violation_error_message=_("„Von“ liegt nach „bis“."),
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

    @property
    def funding_state(self) -> str:
        """The state of funding today: a passed last day closes it by itself."""
        passed = (
            self.funding_closes_on and self.funding_closes_on < timezone.localdate()
        )
        if self.funding_status == FundingStatus.OPEN and passed:
            return FundingStatus.CLOSED
        return self.funding_status


class ProgrammeParty(models.Model):
    """An organisation's part in a programme."""

    programme = ParentalKey(Programme, related_name="parties", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("Organisation"),
        related_name="programme_parties",
        on_delete=models.PROTECT,
    )
    role = models.CharField(_("Rolle"), max_length=20, choices=InvolvementRole.choices)
    basis = models.CharField(
        _("Grundlage"), max_length=20, choices=Basis.choices, default=Basis.SOURCE
    )

    class Meta:
        verbose_name = _("Beteiligte Organisation")
        verbose_name_plural = _("Beteiligte Organisationen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role"],
                name="network_programmeparty_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.organisation}"
