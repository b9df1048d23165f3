"""Choices that logic depends on. Codes are those of the starter content."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", _("Magistratsabteilung")
    DIRECTORATE = "directorate", _("Magistratsdirektion")
    DISTRICT_BODY = "district_body", _("Bezirksorgan")
    CITY_ENTERPRISE = "city_enterprise", _("Unternehmung der Stadt")
    SERVICE_POINT = "service_point", _("Servicestelle")
    ASSOCIATION = "association", _("Verein oder Initiative")
    SOCIAL_ORGANISATION = "social_organisation", _("Soziale Organisation")
    YOUTH_WORK = "youth_work", _("Kinder- und Jugendarbeit")
    NEIGHBOURHOOD_WORK = "neighbourhood_work", _("Nachbarschafts- und Stadtteilarbeit")
    EDUCATION = "education", _("Bildungseinrichtung")
    FAITH = "faith", _("Religionsgemeinschaft")
    BUSINESS = "business", _("Betrieb oder Wirtschaft")
    SCIENCE = "science", pgettext_lazy("Art der Organisation", "Wissenschaft")
    NETWORK = "network", _("Netzwerk")
    CITY_ADMINISTRATION = "city_administration", _("Stadtverwaltung")
    OTHER = "other", _("Sonstiges")


#: Kinds that belong to the Magistrat and its surroundings: the tree of departments.
MUNICIPAL_KINDS = (
    OrganisationKind.CITY_ADMINISTRATION,
    OrganisationKind.DIRECTORATE,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.DISTRICT_BODY,
    OrganisationKind.CITY_ENTERPRISE,
    OrganisationKind.SERVICE_POINT,
)


class PartyKind(models.TextChoices):
    """Who can help, as the answers are filtered."""

    PERSON = "person", _("Personen")
    DEPARTMENT = "department", _("Dienststellen und Einrichtungen")
    MULTIPLIER = "multiplier", _("Multiplikator*innen")
    CITY = "city", _("Partnerstädte und Netzwerke")


class Coverage(models.TextChoices):
    CITY = "city", _("wienweit")
    DISTRICTS = "districts", _("in bestimmten Bezirken")
    UNKNOWN = "unknown", _("Gebiet unbekannt")


class Basis(models.TextChoices):
    """On what a statement about a party rests. The same five words everywhere."""

    SOURCE = "source", _("Beleg")
    CONFIRMED = "confirmed", _("Bestätigt")
    SELF = "self", _("Selbstauskunft")
    EDITORIAL = "editorial", _("Redaktionell")
    RESPONSIBILITY = "responsibility", _("Zuständig für")


BASIS_EXPLANATIONS = {
    Basis.SOURCE: _("steht in einer Quelle, mit Rolle und Jahr"),
    Basis.CONFIRMED: _("von der Stelle oder Person bestätigt"),
    Basis.SELF: _("eigene Beschreibung"),
    Basis.EDITORIAL: _("vom Büro aus öffentlichen Quellen, noch nicht bestätigt"),
    Basis.RESPONSIBILITY: _("laut Aufgaben zuständig; keine belegte Mitwirkung"),
}

#: The icon and CSS class of a reason that rests on this.
BASIS_ICONS = {
    Basis.SOURCE: "evidence",
    Basis.CONFIRMED: "evidence",
    Basis.SELF: "self",
    Basis.EDITORIAL: "editorial",
    Basis.RESPONSIBILITY: "duty",
}


class InvolvementRole(models.TextChoices):
    INITIATED = "initiated", _("hat angestoßen")
    COMMISSIONED = "commissioned", _("hat beauftragt")
    LED = "led", _("hat geleitet")
    MODERATED = "moderated", _("hat moderiert")
    CO_ORGANISED = "co_organised", _("hat mitveranstaltet")
    OUTREACH = "outreach", _("hat Menschen erreicht")
    EXPERTISE = "expertise", _("hat Fachwissen eingebracht")
    IMPLEMENTED = "implemented", _("hat umgesetzt")
    EVALUATED = "evaluated", _("hat ausgewertet")
    FUNDED = "funded", _("hat finanziert")
    APPLIED = "applied", _("hat die Methode angewandt")


class CityKind(models.TextChoices):
    CITY = "city", _("Stadt")
    NETWORK = "network", _("Netzwerk")


class ProgrammeKind(models.TextChoices):
    PROGRAMME = "programme", _("Programm")
    PARTICIPATION_PROCESS = "participation_process", _("Beteiligungsverfahren")
    STRATEGY = "strategy", _("Strategie")
    LAW_OR_RULE = "law_or_rule", _("Regelwerk")
    FUNDING = "funding", _("Förderung")
    BODY = "body", _("Gremium")
    FORMAT = "format", _("Format")
    EVENT = "event", _("Veranstaltung")
    GUIDE = "guide", _("Leitfaden")
    PLATFORM = "platform", _("Plattform")
    AWARD = "award", _("Auszeichnung")
    MODEL = "model", _("Modell")


class FundingStatus(models.TextChoices):
    OPEN = "open", _("Einreichen ist möglich")
    CLOSED = "closed", _("derzeit geschlossen")
    UNKNOWN = "unknown", _("Stand unbekannt")


class SpokenLanguage(models.TextChoices):
    GERMAN = "de", _("Deutsch")
    ENGLISH = "en", _("Englisch")
    BKS = "bks", _("Bosnisch/Kroatisch/Serbisch")
    TURKISH = "tr", _("Türkisch")
    ARABIC = "ar", _("Arabisch")
    FARSI = "fa", _("Farsi/Dari")
    UKRAINIAN = "uk", _("Ukrainisch")
    RUSSIAN = "ru", _("Russisch")
    POLISH = "pl", _("Polnisch")
    ROMANIAN = "ro", _("Rumänisch")
    HUNGARIAN = "hu", _("Ungarisch")
    SPANISH = "es", _("Spanisch")
    FRENCH = "fr", _("Französisch")
    ITALIAN = "it", _("Italienisch")
    AUSTRIAN_SIGN = "ogs", _("Österreichische Gebärdensprache")
    EASY_GERMAN = "de-simple", _("Leichte Sprache")


class FieldGroup(models.TextChoices):
    """Groups of a person's data, each with a consent of its own."""

    FUNCTION = "function", _("Name, Funktion und Organisation")
    PROFILE = "profile", _("Kurzprofil und Schwerpunkte")
    PHOTO = "photo", _("Foto")
    LANGUAGES = "languages", _("Sprachen")
    CONTACT = "contact", _("Kontakt über das Formular")
    WEBSITE = "website", _("eigene Website")
    TOGETHER = "together", _("mit wem die Person oft zusammenarbeitet")


class ReachedBy(models.TextChoices):
    """How somebody reaches an organisation in its office hours."""

    IN_PERSON = "in_person", pgettext_lazy("Sprechzeit", "persönlich")
    PHONE = "phone", pgettext_lazy("Sprechzeit", "telefonisch")
    ONLINE = "online", pgettext_lazy("Sprechzeit", "online")


class LegalBasis(models.TextChoices):
    CONSENT = "consent", _("Einwilligung")
    OFFICE = "office", _("öffentliche Funktion")
    DEMO = "demo", _("erfundene Beispielperson")


class ContactPurpose(models.TextChoices):
    """What somebody wants of another, said before the message is written."""

    QUESTION = "question", _("Kurze Frage")
    ADVICE = "advice", _("Beratung")
    INVITATION = "invitation", _("Einladung")
    EXCHANGE = "exchange", _("Austausch")
