"""Choices that more than one subject uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verification(models.TextChoices):
    """How far an entry can be trusted. Readers get one sentence per state."""

    UNVERIFIED = "unverified", _("ungeprüft")
    EDITORIAL = "editorial", _("redaktionell")
    NAME_READ = "name_read", _("Name in einer Quelle gelesen")
    NUMBER_READ = "number_read", _("Nummer in einer Quelle gelesen")
    GENERAL_KNOWLEDGE = "general_knowledge", _("Allgemeinwissen")
    METHOD_LISTED = "method_listed", _("in einer Quelle genannt")
    PARTLY_UNVERIFIED = "partly_unverified", _("zum Teil ungeprüft")
    COMPUTED = "computed", _("selbst berechnet")
    SOURCE_READ = "source_read", _("Quelle gelesen")
    CONFIRMED = "confirmed", _("bestätigt")

    @property
    def sentence(self) -> str:
        """The one calm sentence a reader sees for this state."""
        return str(VERIFICATION_SENTENCES[self])


_FROM_SOURCES = _("Redaktionell, aus öffentlichen Quellen; noch nicht bestätigt.")
_PARTLY = _(
    "Redaktionell, zum Teil aus öffentlichen Quellen; noch nicht vollständig geprüft."
)
_GENERAL = _("Redaktionell, noch nicht an einer Quelle geprüft.")

VERIFICATION_SENTENCES = {
    Verification.UNVERIFIED: _GENERAL,
    Verification.EDITORIAL: _("Vom Büro für Mitwirkung in eigenen Worten geschrieben."),
    Verification.NAME_READ: _PARTLY,
    Verification.NUMBER_READ: _PARTLY,
    Verification.GENERAL_KNOWLEDGE: _GENERAL,
    Verification.METHOD_LISTED: _FROM_SOURCES,
    Verification.PARTLY_UNVERIFIED: _PARTLY,
    Verification.COMPUTED: _("Aus öffentlichen Zahlen selbst berechnet."),
    Verification.SOURCE_READ: _FROM_SOURCES,
    Verification.CONFIRMED: _("Von der genannten Stelle bestätigt."),
}

#: Unverified entries rank below verified ones.
VERIFICATION_WEIGHTS = {
    Verification.UNVERIFIED: 0.9,
    Verification.GENERAL_KNOWLEDGE: 0.9,
    Verification.NAME_READ: 0.95,
    Verification.NUMBER_READ: 0.95,
    Verification.PARTLY_UNVERIFIED: 0.95,
    Verification.CONFIRMED: 1.05,
}
#: So much of its weight keeps an entry that nobody reviewed in time.
OVERDUE_WEIGHT = 0.97


class SourceType(models.TextChoices):
    OFFICIAL = "official", _("amtlich")
    MEDIA = "media", _("Medien")
    PARTY = "party", _("Partei")
    SCIENCE = "science", _("Wissenschaft")
    OTHER = "other", _("andere")


class Licence(models.TextChoices):
    CC_BY_4 = "cc-by-4.0", _("CC BY 4.0")
    CC_BY_SA_4 = "cc-by-sa-4.0", _("CC BY-SA 4.0")
    CC0 = "cc0", _("CC0 (gemeinfrei)")
    ALL_RIGHTS = "all-rights", _("alle Rechte vorbehalten")


LICENCE_URLS = {
    Licence.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA_4: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
