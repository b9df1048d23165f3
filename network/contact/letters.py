"""What the mails of a message say. Written when they are sent: an address that was
changed meanwhile is the new one, and a token stands in no row."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub import signed_links
from hub.letters import Letter, Link, Quote, Words
from network.contact.addresses import contact_url, relay_url
from network.contact.parties import Party, office_address, party_address, reach
from network.models import ContactMail, ContactPreference, ContactRequest

# Purposes of the links in these mails.
CONFIRM = "network.contact.confirm"
MESSAGE = "network.contact.message"
SETTINGS = "network.contact.settings"

Kind = ContactMail.Kind


def name_of(party: Party | None) -> str:
    """Whom a mail or a page names: nobody whose name may not be shown today."""
    if party is None:
        return _("Büro für Mitwirkung")
    if not type(party)._default_manager.visible().filter(pk=party.pk).exists():
        return _("jemand aus dem Netzwerk")
    return party.label


def _fresh(purpose: str, subject: str, days: int) -> str:
    """A new token; of several tries to send a mail only the last one counts."""
    signed_links.revoke(purpose, subject)
    return signed_links.issue(purpose, subject, days)


def message_of(mail: ContactMail) -> EmailMessage | None:
    """The mail of a row; nothing when nobody needs it any more."""
    with translation.override(_language(mail)):
        letter = WRITERS[mail.kind](mail)
        return letter.message() if letter else None


def _language(mail: ContactMail) -> str:
    """Senders read the language they wrote in, recipients the one they chose."""
    if mail.kind in (Kind.CONFIRM, Kind.ANSWER):
        return mail.request.language if mail.request else settings.LANGUAGE_CODE
    if mail.party is None:
        return settings.LANGUAGE_CODE
    column = "person" if mail.person_id else "organisation"
    wish = ContactPreference.objects.filter(**{column: mail.party}).first()
    return wish.language if wish else settings.LANGUAGE_CODE


def _confirm(mail: ContactMail) -> Letter | None:
    """To the sender. Nothing of what was typed is repeated: anyone can enter anybody's
    address, and nobody shall send texts to others through us."""
    request = mail.request
    if request is None or request.state != ContactRequest.State.UNCONFIRMED:
        return None
    days = settings.HUB_CONTACT_CONFIRM_DAYS
    token = _fresh(CONFIRM, signed_links.subject_of(request), days)
    return Letter(
        subject=_("Bitte bestätigen Sie Ihre Nachricht"),
        to=request.sender_email,
        reply_to=[office_address()],
        parts=[
            Words(
                _(
                    "mit Ihrer E-Mail-Adresse wurde auf der Drehscheibe eine Nachricht "
                    "geschrieben, und zwar an: %(name)s. Wir stellen sie erst zu, wenn "
                    "Sie das bestätigen."
                )
                % {"name": name_of(request.party)}
            ),
            Link(
                _("Nachricht ansehen und bestätigen"),
                relay_url("contact_confirm", request.language, token),
                is_main=True,
            ),
            Words(
                ngettext(
                    "Der Link gilt einmal, und zwar %(count)s Tag lang.",
                    "Der Link gilt einmal, und zwar %(count)s Tage lang.",
                    days,
                )
                % {"count": days}
            ),
            Words(
                _(
                    "Haben Sie nichts geschrieben? Dann hat jemand Ihre Adresse "
                    "eingetragen. Sie müssen nichts tun: Ohne Bestätigung wird die "
                    "Nachricht gelöscht."
                )
            ),
        ],
    )


def _delivery(mail: ContactMail) -> Letter | None:
    """To the recipient. The address of the sender stays with us."""
    request = mail.request
    address = party_address(mail.party)
    if request is None or request.state != ContactRequest.State.OPEN or not address:
        return None
    language = translation.get_language() or settings.LANGUAGE_CODE
    days = settings.HUB_CONTACT_LINK_DAYS
    token = _fresh(MESSAGE, signed_links.subject_of(mail), days)
    parts = [
        Words(
            _(
                "über die Drehscheibe hat Ihnen jemand geschrieben. Absender*in: %(name)s"
            )
            % {"name": request.sender_name}
        ),
        *_detour(mail),
        Words("\n".join(_heads(request))),
        Quote(request.message),
        Link(
            _("Antworten, weitergeben oder melden"),
            relay_url("contact_message", language, token),
            is_main=True,
        ),
        Words(
            _(
                "Ihre E-Mail-Adresse sieht niemand: Ihre Antwort geht über uns zurück. "
                "Antworten Sie deshalb über den Link und nicht auf diese E-Mail. Der "
                "Link gilt %(days)s Tage."
            )
            % {"days": days}
        ),
    ]
    if mail.party:
        parts.append(_wishes_link(mail.party, language))
    return Letter(
        subject=_("Nachricht über die Drehscheibe: %(subject)s")
        % {"subject": request.subject},
        to=address,
        reply_to=[office_address()],
        parts=parts,
    )


def _detour(mail: ContactMail) -> list[Words]:
    """Whom the message was for, when it comes to somebody else."""
    request = mail.request
    if request is None or request.party in (None, mail.party):
        return []
    return [
        Words(
            _(
                "Die Nachricht ist an jemand anderen gerichtet: %(name)s. Von dort kam "
                "keine Antwort, deshalb kommt sie jetzt zu Ihnen."
            )
            % {"name": name_of(request.party)}
        )
    ]


def _heads(request: ContactRequest) -> list[str]:
    lines = [
        _("Betreff: %(text)s") % {"text": request.subject},
        _("Anliegen: %(text)s") % {"text": request.get_purpose_display()},
    ]
    if request.topic:
        lines.append(_("Thema: %(text)s") % {"text": request.topic})
    return lines


def _wishes_link(party: Party, language: str) -> Link:
    token = _fresh(
        SETTINGS, signed_links.subject_of(party), settings.HUB_CONTACT_LINK_DAYS
    )
    return Link(
        _("Einstellen, welche Nachrichten Sie bekommen"),
        relay_url("contact_wishes", language, token),
    )


def _answer(mail: ContactMail) -> Letter | None:
    """To the sender: the answer, with the recipient's address only if they said so."""
    request = mail.request
    if request is None or not request.answer:
        return None
    address = party_address(mail.party) if request.shares_address else ""
    parts: list[Words | Quote | Link] = [
        Words(
            _("auf Ihre Nachricht „%(subject)s“ kam eine Antwort von: %(name)s")
            % {"subject": request.subject, "name": name_of(mail.party)}
        ),
        Quote(request.answer),
    ]
    if address:
        parts.append(
            Words(
                _("Sie können direkt antworten, an diese Adresse: %(address)s")
                % {"address": address}
            )
        )
    elif mail.party and reach(mail.party):
        parts.append(
            Link(
                _("Noch einmal schreiben (wieder über das Formular)"),
                contact_url(mail.party, request.language),
            )
        )
    return Letter(
        subject=_("Antwort: %(subject)s") % {"subject": request.subject},
        to=request.sender_email,
        reply_to=[address or office_address()],
        parts=parts,
    )


def _settings(mail: ContactMail) -> Letter | None:
    """To a recipient who asked for the link."""
    address = party_address(mail.party) if mail.party else ""
    if mail.party is None or not address:
        return None
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Letter(
        subject=_("Ihre Einstellungen für Nachrichten"),
        to=address,
        reply_to=[office_address()],
        parts=[
            Words(
                _(
                    "hier stellen Sie ein, welche Nachrichten Sie über die Drehscheibe "
                    "bekommen, wie viele höchstens, und wann nicht. Haben Sie das "
                    "nicht angefordert? Dann müssen Sie nichts tun."
                )
            ),
            _wishes_link(mail.party, language),
        ],
    )


WRITERS: dict[str, Callable[[ContactMail], Letter | None]] = {
    Kind.CONFIRM: _confirm,
    Kind.DELIVERY: _delivery,
    Kind.ANSWER: _answer,
    Kind.SETTINGS: _settings,
}
