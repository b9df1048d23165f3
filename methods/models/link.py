from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MethodLink(models.Model):
    """A method in a network record's profile: a city's, a programme's, a person's.

    Lives here and not in ``network``, because imports run one way.
    """

    method = models.ForeignKey(
        "methods.MethodPage",
        verbose_name=_("Methode"),
        related_name="links",
        on_delete=models.CASCADE,
        help_text=_("Die deutsche Seite."),
    )
    city = models.ForeignKey(
        "network.PartnerCity",
        verbose_name=_("Stadt"),
        null=True,
        blank=True,
        related_name="method_links",
        on_delete=models.CASCADE,
    )
    programme = models.ForeignKey(
        "network.Programme",
        verbose_name=_("Programm"),
        null=True,
        blank=True,
        related_name="method_links",
        on_delete=models.CASCADE,
    )
    person = models.ForeignKey(
        "network.Person",
        verbose_name=_("Person (eigene Angabe)"),
        null=True,
        blank=True,
        related_name="method_links",
        on_delete=models.CASCADE,
    )

    class Meta:
        verbose_name = _("Methode im Profil")
        verbose_name_plural = _("Methoden in Profilen")
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=False, programme=None, person=None)
                | Q(city=None, programme__isnull=False, person=None)
                | Q(city=None, programme=None, person__isnull=False),
                name="methods_methodlink_one_record",
                violation_error_message=_("Wählen Sie genau einen Eintrag."),
            ),
            models.UniqueConstraint(
                fields=["method", "city"], name="methods_methodlink_city_once"
            ),
            models.UniqueConstraint(
                fields=["method", "programme"], name="methods_methodlink_programme_once"
            ),
            models.UniqueConstraint(
                fields=["method", "person"], name="methods_methodlink_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.method}"

    @property
    def record(self):
        """The city, programme or person."""
        return self.city or self.programme or self.person
