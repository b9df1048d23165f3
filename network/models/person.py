from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey, ParentalManyToManyField

from hub.fields import ChoiceListField
from hub.models import Record
from network import words
from network.choices import FieldGroup, LegalBasis, SpokenLanguage
from network.privacy import history, matrix, tombstones
from network.privacy.choices import PersonKind
from network.querysets import ConsentQuerySet, MembershipQuerySet, PersonQuerySet


class Person(Record):
    """Someone with experience. Nothing of a person is public without a basis."""

    kind_code = "person"
    section = "network.NetworkPage"
    route_word = words.PEOPLE
    # An address holds the name: nothing of an erased person stays behind.
    leaves_address = False
    # Nobody without a login learns who is in the directory, or whose website it is.
    is_reviewed_by_mail = False
    links_are_checked = False
    review_months = 6

    name = models.CharField(_("Name"), max_length=120)
    degrees = models.CharField(_("Titel"), max_length=60, blank=True)
    capacity = models.CharField(
        _("Eigenschaft"),
        max_length=20,
        choices=PersonKind.choices,
        default=PersonKind.EXTERNAL,
        help_text=_("Davon hängt ab, auf welcher Grundlage etwas gezeigt werden darf."),
    )
    is_adult = models.BooleanField(
        _("ist mindestens 18 Jahre alt"),
        default=False,
        help_text=_("Nach eigener Erklärung. Sonst ist kein Eintrag möglich."),
    )
    bio = models.TextField(_("Kurzprofil"), blank=True, null=True)
    topics = ParentalManyToManyField(
        "hub.Topic",
        verbose_name=_("Themen (eigene Angabe)"),
        blank=True,
        related_name="experts",
    )
    target_groups = ParentalManyToManyField(
        "hub.TargetGroup", verbose_name=_("Zielgruppen (eigene Angabe)"), blank=True
    )
    districts = ParentalManyToManyField(
        "network.District", verbose_name=_("Bezirke"), blank=True
    )
    languages = ChoiceListField(SpokenLanguage, verbose_name=_("Sprachen"))
    availability = models.CharField(
        _("Verfügbarkeit"), max_length=160, blank=True, null=True
    )
    photo = models.ForeignKey(
        "hub.HubImage",
        verbose_name=_("Foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    website = models.URLField(_("eigene Website"), blank=True)
    private_email = models.EmailField(
        _("private E-Mail-Adresse"),
        blank=True,
        help_text=_(
            "Nur für Einladungen und für Nachrichten über das Formular. "
            "Wird nie angezeigt, ausgegeben oder gefunden."
        ),
    )
    stand_in = models.ForeignKey(
        "self",
        verbose_name=_("Vertretung"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_demo = models.BooleanField(_("erfunden (Beispiel)"), default=False)
    #: Set by the people themselves: nothing is shown, whatever consents there are.
    hidden_since = models.DateField(
        _("auf eigenen Wunsch verborgen seit"), null=True, blank=True, editable=False
    )
    objected_on = models.DateField(
        _("Widerspruch vom"), null=True, blank=True, editable=False
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.degrees} {self.name}".strip()

    @property
    def label(self) -> str:
        return str(self)

    def clean(self) -> None:
        super().clean()
        tombstones.refuse(self)

    def with_content_json(self, content):
        """A version of this person, with what the person has decided since."""
        return super().with_content_json(history.with_current_will(self, content))

    def allowed_groups(self) -> set[str]:
        """Field groups that may be shown today (reads prefetched consents if there)."""
        if self.hidden_since:
            return set()
        today = timezone.localdate()
        return {
            consent.field_group
            for consent in self.consents.all()
            if consent.is_valid_on(today)
        }


class Membership(models.Model):
    """A person's function in an organisation."""

    person = ParentalKey(Person, related_name="memberships", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("Organisation"),
        related_name="memberships",
        on_delete=models.PROTECT,
    )
    function = models.CharField(_("Funktion"), max_length=160)
    is_lead = models.BooleanField(_("Leitung"), default=False)
    year_from = models.PositiveSmallIntegerField(_("von (Jahr)"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("bis (Jahr)"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Funktion in einer Organisation")
        verbose_name_plural = _("Funktionen in Organisationen")
        ordering = ["-is_lead", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "function_de"],
                name="network_membership_unique",
                violation_error_message=_("Diese Funktion ist schon eingetragen."),
            ),
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
                name="network_membership_years",
                violation_error_message=_("„Von“ liegt nach „bis“."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.function}"


class Consent(models.Model):
    """The basis on which one group of a person's data may be shown."""

    person = ParentalKey(Person, related_name="consents", on_delete=models.CASCADE)
    field_group = models.CharField(
        _("wofür"), max_length=20, choices=FieldGroup.choices
    )
    legal_basis = models.CharField(
        _("Grundlage"),
        max_length=20,
        choices=LegalBasis.choices,
        default=LegalBasis.CONSENT,
    )
    granted_on = models.DateField(_("gegeben am"))
    wording_version = models.CharField(_("Fassung des Textes"), max_length=40)
    way = models.CharField(
        _("auf welchem Weg"), max_length=160, help_text=_("Zum Beispiel „Formular“.")
    )
    expires_on = models.DateField(_("gilt bis"), null=True, blank=True)
    withdrawn_on = models.DateField(_("zurückgenommen am"), null=True, blank=True)
    is_explicit = models.BooleanField(
        _("ausdrücklich auch für heikle Zugehörigkeit"),
        default=False,
        help_text=_(
            "Nötig, wenn die Organisation Religion, Gesundheit oder sexuelle "
            "Orientierung verrät."
        ),
    )
    reminded_on = models.DateField(
        _("erinnert am"), null=True, blank=True, editable=False
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einwilligung")
        verbose_name_plural = _("Einwilligungen")
        ordering = ["field_group", "-granted_on"]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_field_group_display()}"

    def clean(self) -> None:
        super().clean()
        if self.person_id or getattr(self, "person", None):
            matrix.check(self.person, self)

    def is_valid_on(self, day) -> bool:
        if self.withdrawn_on or self.granted_on > day:
            return False
        return self.expires_on is None or self.expires_on >= day
