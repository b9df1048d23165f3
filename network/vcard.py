"""One person as a card for an address book: what the person agreed to show, no more.

No address of mail and no number: messages go through the hub. No photo either: to be
shown on a page is something else than to be copied into other people's telephones.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

import vobject

#: Lines that a card of ours never has; a test asks for them.
LEFT_OUT = ("EMAIL", "TEL", "PHOTO", "ADR", "BDAY", "GEO")


def card(profile: Any, url: str) -> str:
    """The card of a profile: "Profile" holds only what may be shown today."""
    found = vobject.vCard()
    record = profile.record
    given, _space, family = record.name.strip().rpartition(" ")
    found.add("n").value = vobject.vcard.Name(
        family=family, given=given, prefix=record.degrees
    )
    found.add("fn").value = profile.name
    if profile.functions:
        found.add("title").value = "; ".join(f.text for f in profile.functions)
        found.add("org").value = [profile.functions[0].organisation.label]
    found.add("url").value = url
    if profile.website:
        found.add("url").value = profile.website
    found.add("note").value = _note(profile)
    found.add("rev").value = timezone.now().strftime("%Y%m%dT%H%M%SZ")
    return str(found.serialize())


def _note(profile: Any) -> str:
    parts = []
    if profile.is_demo:
        parts.append(_("Beispielperson, erfunden."))
    if profile.languages:
        parts.append(
            _("Sprachen: %(names)s.") % {"names": ", ".join(profile.languages)}
        )
    parts.append(
        _("Aus der Drehscheibe der Stadt Wien. Kontakt und aktueller Stand: siehe URL.")
    )
    return " ".join(parts)
