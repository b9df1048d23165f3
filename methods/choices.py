"""Choices that logic depends on: levels, phases, formats, recruitment, effort, conflict."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How far people may decide (the five steps of the IAP2 spectrum)."""

    INFORM = "inform", _("Informieren")
    CONSULT = "consult", _("Konsultieren")
    INVOLVE = "involve", _("Einbeziehen")
    COLLABORATE = "collaborate", _("Kooperieren")
    EMPOWER = "empower", _("Ermächtigen")

    @property
    def step(self) -> int:
        """1 (inform) to 5 (empower)."""
        return list(Level).index(self) + 1


class Phase(models.TextChoices):
    PREPARE = "prepare", _("Vorbereiten")
    INFORM = "inform", _("Informieren")
    ANALYSE = "analyse", _("Analysieren")
    IDEATE = "ideate", _("Ideen finden")
    DEVELOP = "develop", _("Entwickeln")
    ASSESS = "assess", _("Bewerten")
    DECIDE = "decide", _("Entscheiden")
    IMPLEMENT = "implement", _("Umsetzen")
    EVALUATE = "evaluate", _("Auswerten")


class Format(models.TextChoices):
    IN_PERSON = "in_person", _("vor Ort")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")
    OUTREACH = "outreach", _("aufsuchend")
    WRITTEN = "written", _("schriftlich")


class Recruitment(models.TextChoices):
    OPEN = "open", _("offene Einladung")
    TARGETED = "targeted", _("gezielte Ansprache")
    RANDOM = "random", _("Losverfahren")
    STAKEHOLDER = "stakeholder", _("benannte Interessenvertretungen")
    DELEGATED = "delegated", _("gewählt oder entsandt")


class Effort(models.TextChoices):
    LOW = "low", _("gering")
    MEDIUM = "medium", _("mittel")
    HIGH = "high", _("hoch")


class Conflict(models.TextChoices):
    """How much conflict a method bears."""

    CALM = "calm", _("kaum Konflikte")
    TENSE = "tense", _("spürbare Interessengegensätze")
    ENTRENCHED = "entrenched", _("verhärtete Fronten")


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("für alle")
    OFFICIAL = "official", _("für Dienststellen und Bezirke")
    INITIATIVE = "initiative", _("für Initiativen")
    MULTIPLIER = "multiplier", _("für Multiplikator*innen")
