"""What people agree to, word for word. A change of meaning is a new version: who agreed
to an older one has agreed to that."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from network.choices import FieldGroup

#: Stands with every consent; all versions are in the history of this file.
VERSION = "2026-12"

#: How a consent came: kept as text with it, in German.
BY_INVITATION = "Link aus der Einladung"
BY_OWN_PAGE = "Seite „Meine Daten“"
OWN_WAYS = (BY_INVITATION, BY_OWN_PAGE)

CONSENTS = {
    FieldGroup.FUNCTION: _(
        "Mein Name, meine Funktion und meine Organisation dürfen auf dieser Website "
        "stehen und in ihrer Suche gefunden werden."
    ),
    FieldGroup.PROFILE: _(
        "Mein Kurzprofil und meine Schwerpunkte dürfen gezeigt und gefunden werden."
    ),
    FieldGroup.PHOTO: _("Mein Foto darf gezeigt werden."),
    FieldGroup.LANGUAGES: _(
        "Die Sprachen, die ich spreche, dürfen gezeigt und gefunden werden."
    ),
    FieldGroup.CONTACT: _(
        "Andere dürfen mir über ein Formular schreiben. Meine Adresse sehen sie nicht."
    ),
    FieldGroup.WEBSITE: _("Ein Link zu meiner eigenen Website darf gezeigt werden."),
    FieldGroup.TOGETHER: _(
        "Es darf gezeigt werden, mit wem ich oft an denselben Fällen gearbeitet habe."
    ),
}

EXPLICIT = _(
    "Ich weiß: Meine Zugehörigkeit zu dieser Organisation kann etwas über meine "
    "Religion, meine Gesundheit oder meine sexuelle Orientierung verraten. Ich willige "
    "ausdrücklich ein, dass sie gezeigt wird."
)
ADULT = _("Ich bin mindestens 18 Jahre alt.")
