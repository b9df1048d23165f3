"""Words of addresses below the network page, in the language of the page."""

from django.utils.translation import pgettext_lazy

DEPARTMENTS = pgettext_lazy("Adresse", "dienststellen")
PEOPLE = pgettext_lazy("Adresse", "personen")
MULTIPLIERS = pgettext_lazy("Adresse", "multiplikatorinnen")
PARTNER_CITIES = pgettext_lazy("Adresse", "partnerstaedte")
DISTRICTS = pgettext_lazy("Adresse", "bezirke")

CONTACT = pgettext_lazy("Adresse", "kontakt")
CONFIRM = pgettext_lazy("Adresse", "bestaetigen")
MESSAGE = pgettext_lazy("Adresse", "nachricht")
WISHES = pgettext_lazy("Adresse", "einstellungen")
DONE = pgettext_lazy("Adresse", "danke")

#: What to take along, below the page they belong to.
CARD = pgettext_lazy("Adresse", "visitenkarte")
CALENDAR = pgettext_lazy("Adresse", "sprechzeiten")

#: One's own data, and the answer to an invitation.
MY_DATA = pgettext_lazy("Adresse", "meine-daten")
LINK = pgettext_lazy("Adresse", "link")
ENTRY = pgettext_lazy("Adresse", "eintrag")
PRINT = pgettext_lazy("Adresse", "druck")
ERASE = pgettext_lazy("Adresse", "loeschen")
GONE = pgettext_lazy("Adresse", "geloescht")
INVITATION = pgettext_lazy("Adresse", "einladung")
