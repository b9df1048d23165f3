"""What invitations, corrections and erasures leave in the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.privacy.choices import Why


class Invitation(models.Model):
    """Somebody was asked whether they want to be shown. Until then nothing is."""

    person = models.ForeignKey(
        "network.Person",
        verbose_name=_("Person"),
        related_name="invitations",
        on_delete=models.CASCADE,
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("eingeladen von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("Sprache"), max_length=5, choices=settings.LANGUAGES, default="de"
    )
    sent_at = models.DateTimeField(_("gesendet am"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("erinnert am"), null=True, blank=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.person)


class ChangeRequest(models.Model):
    """What somebody wants to have corrected in their entry: shown once agreed to.

    The row is deleted with the decision; the log says that there was one.
    """

    person = models.OneToOneField(
        "network.Person",
        verbose_name=_("Person"),
        related_name="change_request",
        on_delete=models.CASCADE,
    )
    #: Field → wished value, as ``network.privacy.wishes`` reads and writes them.
    values = models.JSONField(_("gewünschte Angaben"), default=dict)
    language = models.CharField(
        _("Sprache"), max_length=5, choices=settings.LANGUAGES, default="de"
    )
    created_at = models.DateTimeField(_("eingelangt am"), auto_now=True)

    class Meta:
        verbose_name = _("gewünschte Änderung")
        verbose_name_plural = _("gewünschte Änderungen")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.person)


class Tombstone(models.Model):
    """That somebody must not come back, as a hash: neither name nor address.

    Erasures are applied again to a restored backup, and nobody is entered anew
    against their will.
    """

    digest = models.CharField(max_length=64, editable=False)
    #: Of what the hash is: "row", "mail" or "name".
    of = models.CharField(max_length=10, editable=False)
    why = models.CharField(_("Grund"), max_length=20, choices=Why.choices)
    created_on = models.DateField(_("seit"), auto_now_add=True)
    #: When the search index was built anew without this person.
    swept_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Sperrvermerk")
        verbose_name_plural = _("Sperrvermerke")
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="network_tombstone_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_why_display()}, {self.created_on}"


class NamesFound(models.Model):
    """Probable names of people in the texts of a page, until somebody has looked."""

    page = models.OneToOneField(
        "wagtailcore.Page", related_name="+", on_delete=models.CASCADE
    )
    names = models.JSONField(_("Namen"), default=list)
    #: Names somebody has looked at and left in the text: no warning of these again.
    accepted = models.JSONField(default=list)
    is_open = models.BooleanField(default=False, db_index=True)

    class Meta:
        verbose_name = _("Namen im Text")
        verbose_name_plural = _("Namen im Text")

    def __str__(self) -> str:
        return str(self.page)
