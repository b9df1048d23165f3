from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeRequest(models.Model):
    """Somebody who keeps an entry says what is no longer right. Never public."""

    class State(models.TextChoices):
        NEW = "new", _("neu")
        DONE = "done", _("erledigt")

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("Art"), related_name="+", on_delete=models.CASCADE
    )
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("Eintrag"), max_length=255)
    text = models.TextField(_("Was nicht mehr stimmt"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gemeldet von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("gemeldet am"), auto_now_add=True)
    state = models.CharField(
        _("Stand"), max_length=10, choices=State.choices, default=State.NEW
    )
    note = models.TextField(_("Notiz"), blank=True)

    class Meta:
        verbose_name = _("Änderungswunsch")
        verbose_name_plural = _("Änderungswünsche")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReminderDigest(models.Model):
    """When somebody was last reminded, so that nobody is reminded twice. Without a
    user: the office."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminder_digest",
    )
    sent_at = models.DateTimeField(_("gesendet am"))
    lines = models.PositiveSmallIntegerField(_("Einträge"), default=0)

    class Meta:
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")

    def __str__(self) -> str:
        return f"{self.user or _('Büro')}: {self.sent_at:%Y-%m-%d}"
