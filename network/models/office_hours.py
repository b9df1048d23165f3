from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from network.choices import ReachedBy
from network.models.organisation import Organisation


class OfficeHours(models.Model):
    """When an organisation can be reached each week: shown, and taken along as a
    calendar."""

    organisation = ParentalKey(
        Organisation, related_name="office_hours", on_delete=models.CASCADE
    )
    weekday = models.PositiveSmallIntegerField(
        _("Wochentag"), choices=list(WEEKDAYS.items())
    )
    starts = models.TimeField(_("von (Uhrzeit)"))
    ends = models.TimeField(_("bis (Uhrzeit)"))
    way = models.CharField(
        _("wie erreichbar"),
        max_length=10,
        choices=ReachedBy.choices,
        default=ReachedBy.IN_PERSON,
    )
    valid_from = models.DateField(_("gilt ab"), null=True, blank=True)
    valid_until = models.DateField(_("gilt bis"), null=True, blank=True)

    class Meta:
        verbose_name = _("Sprechzeit")
        verbose_name_plural = _("Sprechzeiten")
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="network_officehours_times",
                violation_error_message=_("„Von“ liegt nach „bis“."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6),
                name="network_officehours_weekday",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="network_officehours_valid",
                violation_error_message=_("„Gilt ab“ liegt nach „gilt bis“."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.starts:%H:%M}–{self.ends:%H:%M}"
