from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.choices import BASIS_ICONS, Basis, InvolvementRole
from network.querysets import InvolvementQuerySet


class Involvement(models.Model):
    """A party did something in a case or with a method. One row, shown on both sides.

    ``page`` is always the German page; other languages find it by translation key.
    "In charge of" (``responsibility``) is no participation and has no role.
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("Fall oder Methode"),
        related_name="involvements",
        on_delete=models.CASCADE,
        help_text=_("Die deutsche Seite."),
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("Organisation"),
        null=True,
        blank=True,
        related_name="involvements",
        on_delete=models.PROTECT,
    )
    person = models.ForeignKey(
        "network.Person",
        verbose_name=_("Person"),
        null=True,
        blank=True,
        related_name="involvements",
        on_delete=models.CASCADE,
    )
    role = models.CharField(
        _("Rolle"), max_length=20, choices=InvolvementRole.choices, blank=True
    )
    year_from = models.PositiveSmallIntegerField(_("von (Jahr)"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("bis (Jahr)"), null=True, blank=True)
    basis = models.CharField(
        _("Grundlage"), max_length=20, choices=Basis.choices, default=Basis.EDITORIAL
    )
    source_url = models.URLField(_("Quelle"), blank=True, max_length=500)
    confirmed_on = models.DateField(_("bestätigt am"), null=True, blank=True)
    confirmed_by = models.CharField(_("bestätigt von"), max_length=120, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mitwirkung")
        verbose_name_plural = _("Mitwirkungen")
        ordering = ["-year_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                name="network_involvement_one_party",
                violation_error_message=_(
                    "Wählen Sie eine Organisation oder eine Person, nicht beide."
                ),
            ),
            models.CheckConstraint(
                condition=Q(basis="responsibility", role="")
                | (~Q(basis="responsibility") & ~Q(role="")),
                name="network_involvement_role_unless_duty",
                violation_error_message=_(
                    "Eine Mitwirkung braucht eine Rolle; eine Zuständigkeit hat keine."
                ),
            ),
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
                name="network_involvement_years",
                violation_error_message=_("„Von“ liegt nach „bis“."),
            ),
            models.UniqueConstraint(
                fields=["page", "organisation", "role", "basis"],
                condition=Q(person__isnull=True),
                name="network_involvement_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["page", "person", "role", "basis"],
                condition=Q(organisation__isnull=True),
                name="network_involvement_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} – {self.role_label}: {self.page}"

    @property
    def party(self):
        """The organisation or person."""
        return self.organisation or self.person

    @property
    def role_label(self) -> str:
        """What the party did, or that it is in charge."""
        if self.basis == Basis.RESPONSIBILITY:
            return str(Basis.RESPONSIBILITY.label)
        return self.get_role_display()

    @property
    def icon(self) -> str:
        return BASIS_ICONS[self.basis]

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.page_id and self.page.locale.language_code != settings.LANGUAGE_CODE:
            errors["page"] = _("Wählen Sie die deutsche Seite.")
        if self.page_id and self.party and self._mixes_demo():
            errors["page"] = _("Erfundenes und Echtes gehören nie zusammen.")
        errors |= self._confirmation_errors()
        if errors:
            raise ValidationError(errors)

    def _confirmation_errors(self) -> dict[str, str]:
        """Confirmed means: we know by whom and since when."""
        errors = {}
        if self.basis == Basis.CONFIRMED:
            missing = _("„Bestätigt“ braucht beides: wer und wann.")
            if not self.confirmed_on:
                errors["confirmed_on"] = missing
            if not self.confirmed_by:
                errors["confirmed_by"] = missing
        if self.confirmed_on and self.confirmed_on > timezone.localdate():
            errors["confirmed_on"] = _("Dieser Tag liegt in der Zukunft.")
        return errors

    def _mixes_demo(self) -> bool:
        page = self.page.specific
        return bool(getattr(page, "is_demo", False)) != self.party.is_demo
