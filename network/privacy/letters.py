"""Mails about one's own entry. A token stands in the mail and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hub import signed_links
from hub.contact import mails
from hub.letters import Letter, Link, Words
from network.models import Consent, Invitation, Person
from network.privacy import consents
from network.privacy.addresses import full_url, notice_url

logger = logging.getLogger(__name__)

INVITATION = "network.invitation"
OWN_DATA = "network.own_data"

Write = Callable[[], Letter]


def deliver(write: Write, language: str) -> bool:
    """Send one letter; whether the mail server took it. Errors name nobody."""
    with translation.override(language):
        message: EmailMessage = write().message()
    try:
        mails.send(message)
    except Exception:
        logger.error("A mail about an entry was not sent; it is tried again")
        return False
    return True


def _notice(language: str) -> list[Link]:
    url = notice_url(language)
    return [Link(_("Was mit Ihren Daten geschieht"), url)] if url else []


def _ends(days: float) -> str:
    """The last day of a link, in words."""
    return date_format(timezone.localtime() + timedelta(days=days), "DATE_FORMAT")


# Invitations ---------------------------------------------------------------------------------


def invitation(row: Invitation, days: float, *, again: bool = False) -> Letter:
    """Asks somebody whether they want to be shown."""
    signed_links.revoke(INVITATION, signed_links.subject_of(row))
    token = signed_links.issue(INVITATION, signed_links.subject_of(row), days)
    subject = _("Möchten Sie in der Drehscheibe gefunden werden?")
    if again:
        subject = _("Erinnerung: Möchten Sie in der Drehscheibe gefunden werden?")
    return Letter(
        subject=subject,
        to=row.person.private_email,
        reply_to=[mails.office_address(mails.office())],
        parts=[
            Words(
                _(
                    "die Drehscheibe ist das Verzeichnis des Büros für Mitwirkung der "
                    "Stadt Wien: Dort finden Dienststellen und Initiativen Menschen mit "
                    "Erfahrung in der Beteiligung. Wir möchten Sie gern aufnehmen."
                )
            ),
            Words(
                _(
                    "Bis jetzt ist nichts von Ihnen öffentlich. Unter dem Link sehen "
                    "Sie, was gezeigt würde. Sie können es ändern, und Sie entscheiden "
                    "für jeden Teil selbst."
                )
            ),
            Link(
                _("Ansehen und entscheiden"),
                full_url(row.language, "invitation", token=token),
                is_main=True,
            ),
            Words(
                _(
                    "Der Link gilt bis %(day)s. Antworten Sie nicht, dann löschen wir "
                    "den Entwurf und schreiben Ihnen nicht mehr."
                )
                % {"day": _ends(days)}
            ),
            *_notice(row.language),
        ],
    )


def answered(row: Invitation, agreed: bool) -> Letter:
    """Tells the office what somebody decided; without any of their data."""
    text = _("Jemand hat eine Einladung angenommen. Der Eintrag ist online.")
    if not agreed:
        text = _("Jemand hat eine Einladung abgelehnt. Der Entwurf ist gelöscht.")
    invited_by = row.invited_by.email if row.invited_by else ""
    return Letter(
        subject=_("Antwort auf eine Einladung"),
        to=invited_by or mails.office_address(mails.office()),
        parts=[Words(text)],
    )


# One's own data --------------------------------------------------------------------------------


def _own_data_link(person: Person, language: str, days: float) -> str:
    subject = signed_links.subject_of(person)
    signed_links.revoke(OWN_DATA, subject)
    token = signed_links.issue(OWN_DATA, subject, days)
    return full_url(language, "own_data_link", token=token)


def own_data(person: Person, language: str) -> Letter:
    """The link somebody asked for."""
    hours = int(settings.HUB_PRIVACY["LINK_HOURS"])
    return Letter(
        subject=_("Ihr Link zu Ihren Daten in der Drehscheibe"),
        to=person.private_email,
        parts=[
            Words(
                _(
                    "mit diesem Link sehen Sie, was wir über Sie speichern und zeigen. "
                    "Sie können es berichtigen, verbergen, herunterladen und löschen."
                )
            ),
            Link(
                _("Meine Daten ansehen"),
                _own_data_link(person, language, hours / 24),
                is_main=True,
            ),
            Words(
                _("Der Link gilt %(hours)s Stunden und ein einziges Mal.")
                % {"hours": hours}
            ),
            Words(
                _(
                    "Haben Sie das nicht angefordert? Dann hat jemand Ihre Adresse "
                    "eingetragen. Sie müssen nichts tun."
                )
            ),
            *_notice(language),
        ],
    )


def nobody(address: str, language: str) -> Letter:
    """To an address nobody has an entry with: the page says the same in both cases."""
    return Letter(
        subject=_("Ihre Anfrage an die Drehscheibe"),
        to=address,
        parts=[
            Words(
                _(
                    "zu dieser E-Mail-Adresse gibt es in der Drehscheibe keinen Eintrag. "
                    "Haben Sie uns eine andere Adresse gegeben? Dann versuchen Sie es "
                    "bitte mit dieser."
                )
            ),
            Words(
                _(
                    "Haben Sie das nicht angefordert? Dann hat jemand Ihre Adresse "
                    "eingetragen. Sie müssen nichts tun."
                )
            ),
            *_notice(language),
        ],
    )


def expiring(person: Person, rows: list[Consent], language: str) -> Letter:
    """Asks again before consents end."""
    days = consents.ask_again_days()
    groups = ", ".join(str(row.get_field_group_display()) for row in rows)
    day = min(row.expires_on for row in rows if row.expires_on)
    return Letter(
        subject=_("Ihr Eintrag in der Drehscheibe: bitte bestätigen"),
        to=person.private_email,
        reply_to=[mails.office_address(mails.office())],
        parts=[
            Words(
                _(
                    "Ihre Einwilligung endet am %(day)s. Danach zeigen wir das nicht "
                    "mehr: %(groups)s."
                )
                % {"day": date_format(day, "DATE_FORMAT"), "groups": groups}
            ),
            Link(
                _("Ansehen und verlängern"),
                _own_data_link(person, language, days),
                is_main=True,
            ),
            Words(
                _("Möchten Sie nicht mehr gezeigt werden? Dann müssen Sie nichts tun.")
            ),
            *_notice(language),
        ],
    )


def decided(address: str, accepted: bool, reason: str) -> Letter:
    """What became of a wish for a correction."""
    text = _("Ihre Änderungen sind übernommen. Danke!")
    if not accepted:
        text = _("Ihre Änderungen konnten wir so nicht übernehmen.")
    parts: list[Words] = [Words(text)]
    if reason:
        parts.append(Words(reason))
    return Letter(
        subject=_("Ihre Änderungen in der Drehscheibe"),
        to=address,
        reply_to=[mails.office_address(mails.office())],
        parts=parts,
    )
