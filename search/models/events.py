"""Searches made, without who made them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SearchEvent(models.Model):
    """One search, without anything that says who searched. A query that holds a
    person's name, an address or a long number is not written at all."""

    query = models.CharField(_("Suchtext"), max_length=200)
    language = models.CharField(_("Sprache"), max_length=10)
    filters = models.JSONField(_("Filter"), default=dict, blank=True)
    result_count = models.PositiveIntegerField(_("Treffer"))
    created = models.DateTimeField(_("Zeitpunkt"), default=timezone.now, db_index=True)
    #: Number of a page that was shown, drawn by lot; empty once a click came in.
    token = models.CharField(max_length=24, blank=True, db_index=True)
    clicked_rank = models.PositiveSmallIntegerField(
        _("Angeklickter Platz"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("Suche")
        verbose_name_plural = _("Suchen")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.query

    @classmethod
    def forget_old(cls) -> int:
        """Delete rows past their retention; returns how many."""
        days = settings.SEARCH.get("EVENT_DAYS", 90)
        oldest = timezone.now() - timedelta(days=days)
        return cls.objects.filter(created__lt=oldest).delete()[0]
