"""Mails as text and as simple HTML, from one list of parts.

A letter is made in the language of whoever gets it (``translation.override``) and says
everything once: ``Words`` of ours, a ``Quote`` of what somebody typed, a ``Link``.
What people typed is never more than quoted text: no header, no markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from hub.contact.forms import one_line

#: No answer from machines, no loop of two of them.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
SUBJECT_MAX = 180


@dataclass(frozen=True)
class Words:
    """A paragraph of ours."""

    text: str
    kind: str = "words"


@dataclass(frozen=True)
class Quote:
    """What somebody else wrote, with its own line breaks."""

    text: str
    kind: str = "quote"

    @property
    def quoted(self) -> str:
        """As mails quote: nobody can pass off a text of theirs as one of ours."""
        return "\n".join(f"> {line}".rstrip() for line in self.text.splitlines())


@dataclass(frozen=True)
class Link:
    """What to do, and where."""

    label: str
    url: str
    is_main: bool = False
    kind: str = "link"


@dataclass
class Letter:
    """One mail to one address."""

    subject: str
    parts: Sequence[Words | Quote | Link]
    to: str
    reply_to: Iterable[str] = field(default_factory=tuple)

    def message(self) -> EmailMultiAlternatives:
        """The mail, in the active language."""
        context = {
            "subject": one_line(self.subject),
            "parts": self.parts,
            "language": translation.get_language() or settings.LANGUAGE_CODE,
            "home": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/",
        }
        message = EmailMultiAlternatives(
            subject=context["subject"][:SUBJECT_MAX],
            body=render_to_string("mail/letter.txt", context),
            to=[self.to],
            reply_to=[address for address in self.reply_to if address],
            headers=dict(HEADERS),
        )
        html = render_to_string("mail/letter.html", context)
        message.attach_alternative(html, "text/html")
        return message
