from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: So many times in a row an address must fail before anybody is told of it: servers
#: rest, too.
FAILURES = 3


class LinkState(models.TextChoices):
    """What a check found at an address."""

    UNKNOWN = "unknown", _("noch nicht geprüft")
    WORKS = "works", _("erreichbar")
    MOVED = "moved", _("auf Dauer umgezogen")
    CLOSED = "closed", _("lässt sich nicht prüfen")
    FAILING = "failing", _("antwortet nicht")
    DEAD = "dead", _("nicht mehr da")
    REFUSED = "refused", _("keine öffentliche Adresse")


class LinkQuerySet(models.QuerySet):
    def broken(self) -> LinkQuerySet:
        """Links that somebody should mend, those looked at and accepted left out."""
        return self.filter(
            Q(state__in=(LinkState.DEAD, LinkState.REFUSED))
            | Q(state=LinkState.FAILING, failures__gte=FAILURES),
            accepted_at__isnull=True,
            places__isnull=False,
        ).distinct()


class CheckedLink(models.Model):
    """An address on another website, and what the last check found there."""

    url = models.CharField(_("Adresse"), max_length=1000, unique=True)
    host = models.CharField(max_length=255, db_index=True)
    state = models.CharField(
        _("Zustand"),
        max_length=10,
        choices=LinkState.choices,
        default=LinkState.UNKNOWN,
    )
    status = models.PositiveSmallIntegerField(_("Antwort"), null=True, blank=True)
    moved_to = models.CharField(_("jetzt unter"), max_length=1000, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(_("geprüft am"), null=True, blank=True)
    broken_since = models.DateField(_("seit"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("von Hand geprüft am"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Link nach außen")
        verbose_name_plural = _("Links nach außen")
        ordering = ["host", "url"]

    def __str__(self) -> str:
        return self.url


class LinkPlace(models.Model):
    """Where a link stands: a field of a page or record."""

    link = models.ForeignKey(
        CheckedLink, related_name="places", on_delete=models.CASCADE
    )
    content_type = models.ForeignKey(
        ContentType, related_name="+", on_delete=models.CASCADE
    )
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("Feld"), max_length=60)

    class Meta:
        verbose_name = _("Stelle eines Links")
        verbose_name_plural = _("Stellen von Links")
        constraints = [
            models.UniqueConstraint(
                fields=["link", "content_type", "object_id", "field"],
                name="hub_linkplace_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.content_type} {self.object_id}"
