"""Why a translation may not be published, in words for editors."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from wagtail.models import Page


class PublishingRefused(Exception):
    """Publishing would break the rule of two languages. The text is for editors.

    No ``ValidationError`` on purpose: wagtail-localize swallows those in silence.
    """

    def __init__(self, page: Page, reason: str) -> None:
        self.page = page
        self.reason = reason
        super().__init__(reason)


def incomplete(page: Page, missing: int) -> PublishingRefused:
    """Texts are missing."""
    reason = ngettext(
        "„%(title)s“ wurde nicht veröffentlicht: %(count)d Text ist noch nicht "
        "übersetzt.",
        "„%(title)s“ wurde nicht veröffentlicht: %(count)d Texte sind noch nicht "
        "übersetzt.",
        missing,
    )
    return PublishingRefused(page, reason % {"title": page.title, "count": missing})


def older_draft(page: Page) -> PublishingRefused:
    """The draft was made before the German texts changed."""
    reason = gettext(
        "„%(title)s“ wurde nicht veröffentlicht: Der Entwurf ist älter als die "
        "deutsche Fassung. Melden Sie die Übersetzung noch einmal als fertig."
    )
    return PublishingRefused(page, reason % {"title": page.title})


def source_offline(page: Page) -> PublishingRefused:
    """The German page is not public."""
    reason = gettext(
        "„%(title)s“ wurde nicht veröffentlicht: Die deutsche Seite ist nicht "
        "veröffentlicht. Veröffentlichen Sie diese zuerst."
    )
    return PublishingRefused(page, reason % {"title": page.title})


def rights_missing(page: Page, reasons: list[str]) -> PublishingRefused:
    """Images or documents whose rights are not settled."""
    reason = gettext("„%(title)s“ wurde nicht veröffentlicht: %(reasons)s")
    return PublishingRefused(
        page, reason % {"title": page.title, "reasons": " ".join(reasons)}
    )
