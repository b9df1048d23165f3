"""Whom the matrix tells apart, and what becomes of an invitation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    """In what capacity somebody is in the directory: rows of the matrix."""

    HEAD = "head", _("Leitung einer Dienststelle")
    STAFF = "staff", _("bei einer Dienststelle beschäftigt")
    EXTERNAL = "external", _("externe Fachperson")
    VOLUNTEER = "volunteer", _("ehrenamtlich tätig")


class Why(models.TextChoices):
    """Why somebody must not be entered again."""

    ERASED = "erased", _("auf Wunsch gelöscht")
    UNANSWERED = "unanswered", _("Einladung nicht beantwortet")
    DECLINED = "declined", _("Einladung abgelehnt")
    EXPIRED = "expired", _("Einwilligung abgelaufen oder zurückgenommen")
