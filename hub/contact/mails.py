"""The two mails of a question: one to the office, one back to the sender."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Site

from hub.models import Enquiry, HubSettings


def office() -> HubSettings:
    """How the office can be reached, without a request at hand."""
    site = Site.objects.filter(is_default_site=True).first()
    return HubSettings.for_site(site) if site else HubSettings()


def office_address(reachable: HubSettings) -> str:
    """Where questions go."""
    return reachable.office_email or settings.HUB_OFFICE_EMAIL


def _full(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}" if path else ""


def to_office(enquiry: Enquiry, reachable: HubSettings) -> EmailMessage:
    """The question itself. A reply goes straight to the sender."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "enquiry": enquiry,
            "page": _full(enquiry.page_url),
            "admin": _full(AdminURLFinder().get_edit_url(enquiry) or ""),
            "english": enquiry.language == "en",
        }
        return EmailMessage(
            subject=f"[Drehscheibe {enquiry.pk}] {enquiry.subject}",
            body=render_to_string("mail/enquiry_office.txt", context),
            to=[office_address(reachable)],
            reply_to=[enquiry.email],
        )


def to_sender(enquiry: Enquiry, reachable: HubSettings) -> EmailMessage:
    """That the question is there. Nothing of what was typed is repeated: anyone can
    enter anybody's address, and nobody shall send texts to others through us."""
    with translation.override(enquiry.language):
        context = {"number": enquiry.pk, "office": reachable, "home": _full("/")}
        lines = render_to_string("mail/enquiry_confirmation.txt", context)
        subject, _empty, body = lines.partition("\n\n")
        return EmailMessage(
            subject=subject.strip(),
            body=body,
            to=[enquiry.email],
            reply_to=[office_address(reachable)],
            headers={
                # No answer from machines, no loop of two of them.
                "Auto-Submitted": "auto-replied",
                "X-Auto-Response-Suppress": "All",
            },
        )


def send(*messages: EmailMessage) -> None:
    """Send over one connection; raises when the mail server does not take them."""
    with get_connection() as connection:
        connection.send_messages(messages)
