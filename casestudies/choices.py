"""Choices that logic depends on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    ROUND = "round", _("Beteiligungsverfahren")
    PROJECT = "project", _("Projekt aus einem Verfahren")


class CaseStatus(models.TextChoices):
    PLANNED = "planned", _("geplant")
    RUNNING = "running", _("läuft")
    SELECTED = "selected", _("ausgewählt")
    IN_IMPLEMENTATION = "in_implementation", _("in Umsetzung")
    COMPLETED = "completed", _("abgeschlossen")
    DROPPED = "dropped", _("nicht weiterverfolgt")
    UNKNOWN = "unknown", _("Stand unbekannt")


class Binding(models.TextChoices):
    """How binding the result of the participation was."""

    INFORMATION = "information", _("nur Information")
    ADVICE = "advice", _("Anregung")
    RECOMMENDATION = "recommendation", _("Empfehlung")
    COMMITTED = "committed", _("Empfehlung mit Zusage")
    DECISION = "decision", _("bindende Entscheidung")
    UNKNOWN = "unknown", _("nicht bekannt")


class LessonKind(models.TextChoices):
    WORKED = "worked", _("Das hat getragen")
    DIFFERENTLY = "differently", _("Das würde man anders machen")
    ADVICE = "advice", _("Das raten wir")


class CommitmentStatus(models.TextChoices):
    OPEN = "open", _("offen")
    IN_PROGRESS = "in_progress", _("in Arbeit")
    KEPT = "kept", _("eingelöst")
    CHANGED = "changed", _("geändert")
    NOT_POSSIBLE = "not_possible", _("nicht möglich")


class TitleKind(models.TextChoices):
    OFFICIAL = "official", _("offizieller Titel")
    DESCRIPTIVE = "descriptive", _("beschreibender Titel")
    COLLECTIVE = "collective", _("Sammeleintrag")


class ProcessKind(models.TextChoices):
    PHASE = "phase", _("Phase")
    RULE = "rule", _("Regel")
    ORGANISATION = "organisation", _("Organisation")
    TOOL = "tool", _("Werkzeug")
    FINDING = "finding", _("Erkenntnis")
    CRITIQUE = "critique", _("Kritik")
