from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from hub.fields import ChoiceListField
from hub.models import Record, lines
from network import words
from network.choices import Basis, Coverage, OrganisationKind, SpokenLanguage
from network.querysets import OrganisationQuerySet


class Organisation(index.Indexed, Record):
    """A department, body, association or other party; a tree by ``parent``.

    Never deleted while something links to it: it is succeeded by another instead and
    keeps its address.
    """

    kind_code = "organisation"
    section = "network.NetworkPage"
    review_months = 6

    code = models.CharField(
        _("Kürzel"), max_length=20, blank=True, help_text=_("Zum Beispiel „MA 20“.")
    )
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Kurzname"), max_length=60, blank=True)
    kind = models.CharField(_("Art"), max_length=30, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("gehört zu"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("Nachfolge"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        help_text=_("Aufgegangen in: Die alte Adresse führt dorthin."),
    )
    is_multiplier = models.BooleanField(
        _("Multiplikator*in"),
        default=False,
        help_text=_("Erreicht Menschen, die sonst selten gefragt werden."),
    )
    is_sensitive = models.BooleanField(
        _("heikle Zugehörigkeit"),
        default=False,
        help_text=_(
            "Wer dazugehört, verrät Religion, Gesundheit oder sexuelle Orientierung. "
            "Personen werden hier nur mit ausdrücklicher Einwilligung gezeigt."
        ),
    )
    summary = models.TextField(_("Kurztext"), blank=True, null=True)
    responsibilities = models.TextField(
        _("Aufgaben"),
        blank=True,
        null=True,
        help_text=_("Eine Aufgabe je Zeile. Die Suche findet die Stelle auch damit."),
    )
    offers = models.TextField(_("Was sie anbietet"), blank=True, null=True)
    expectations = models.TextField(_("Was sie erwartet"), blank=True, null=True)
    cooperation = models.TextField(
        _("So arbeitet man gut zusammen"),
        blank=True,
        null=True,
        help_text=_(
            "Zum Beispiel Vorlauf, Ort, Sprache, wer zuerst angesprochen wird."
        ),
    )
    head_function = models.CharField(
        _("Funktion der Leitung"),
        max_length=160,
        blank=True,
        null=True,
        help_text=_("Steht dort, wo kein Name gezeigt werden darf. Kein Name."),
    )
    contact_function = models.CharField(
        _("Funktion für Anfragen"),
        max_length=160,
        blank=True,
        null=True,
        help_text=_("Zum Beispiel „Referat Beteiligung“. Kein Name."),
    )
    aliases = models.TextField(
        _("andere Namen"), blank=True, help_text=_("Ein Name je Zeile.")
    )
    topics = ParentalManyToManyField("hub.Topic", verbose_name=_("Themen"), blank=True)
    target_groups = ParentalManyToManyField(
        "hub.TargetGroup", verbose_name=_("Zielgruppen"), blank=True
    )
    coverage = models.CharField(
        _("Gebiet"),
        max_length=10,
        choices=Coverage.choices,
        default=Coverage.UNKNOWN,
    )
    districts = ParentalManyToManyField(
        "network.District", verbose_name=_("Bezirke"), blank=True
    )
    languages = ChoiceListField(SpokenLanguage, verbose_name=_("Sprachen"))
    website = models.URLField(_("Website"), blank=True)
    website_verified = models.BooleanField(_("Website geprüft"), default=False)
    phone = models.CharField(_("öffentliches Telefon"), max_length=40, blank=True)
    mailbox = models.EmailField(
        _("Funktionspostfach"),
        blank=True,
        help_text=_("Für Nachrichten über das Formular. Wird nie angezeigt."),
    )
    shows_answer_time = models.BooleanField(
        _("Antwortzeit zeigen"),
        default=False,
        help_text=_(
            "Die Stelle ist einverstanden, dass ihre Seite sagt, wie schnell sie "
            "antwortet. Erst ab zehn Anfragen."
        ),
    )
    basis = models.CharField(
        _("Grundlage der Angaben"),
        max_length=20,
        choices=Basis.choices,
        default=Basis.EDITORIAL,
    )
    is_demo = models.BooleanField(_("erfunden (Beispiel)"), default=False)

    objects = OrganisationQuerySet.as_manager()

    search_fields = [
        index.SearchField("name_de"),
        index.SearchField("name_en"),
        index.SearchField("code"),
        index.SearchField("aliases"),
        index.AutocompleteField("name_de"),
        index.AutocompleteField("code"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="network_organisation_not_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="network_organisation_not_own_successor",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="network_organisation_code_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Code and name as they stand in lists: "MA 20 – Energieplanung"."""
        name = self.name or self.name_de or ""
        if self.code and self.kind in ("department", "directorate"):
            return f"{self.code} – {name}".replace(" ", "\u00a0", 1)
        return name

    @property
    def route_word(self) -> object:
        """Multipliers and departments have their own lists, so their own addresses."""
        return words.MULTIPLIERS if self.is_multiplier else words.DEPARTMENTS

    @property
    def coverage_is_unknown(self) -> bool:
        return self.coverage == Coverage.UNKNOWN

    @property
    def responsibility_list(self) -> list[str]:
        return list(lines(self.responsibilities))

    @property
    def alias_list(self) -> list[str]:
        return list(lines(self.aliases))

    def clean(self) -> None:
        super().clean()
        self._check_chain("parent", _("Das ergäbe einen Kreis: %(name)s."))
        self._check_chain("successor", _("Das ergäbe einen Kreis: %(name)s."))
        if self.parent and self.parent.is_demo != self.is_demo:
            raise ValidationError(
                {"parent": _("Erfundenes und Echtes gehören nie zusammen.")}
            )

    def _check_chain(self, field: str, message) -> None:
        """Follow ``field`` upwards and refuse a circle."""
        seen = {self.pk} if self.pk else set()
        node = getattr(self, field)
        while node is not None:
            if node.pk in seen:
                raise ValidationError({field: message % {"name": str(node)}})
            seen.add(node.pk)
            node = getattr(node, field)
