"""Who can help in a district: those who took part in its projects, with the reasons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from casestudies.choices import CaseKind
from casestudies.entries import in_language
from casestudies.models import CaseStudyPage
from methods.contacts import MOST_CONTACTS, Place, contacts
from network import profile
from network.addresses import answers_address


def district_help(record: Any, language: str) -> profile.ProfileSection | None:
    """The first few with their reasons, and the way to everybody who can help there."""
    sources = CaseStudyPage.objects.sources().filter(
        districts=record, is_demo=False, kind=CaseKind.PROJECT
    )
    ids = dict(sources.values_list("translation_key", "pk"))
    places: dict[int, Place | None] = {
        ids[page.translation_key]: Place(page.title, page.get_url() or "")
        for page in in_language(list(ids.values()), language)
    }
    people = contacts(places)[:MOST_CONTACTS]
    address = answers_address(record.name, language)
    if not (people or address):
        return None
    return profile.ProfileSection(
        "hilfe",
        _("Wer kann mir helfen?"),
        "network/profile_help.html",
        {"contacts": people, "answers_url": address},
    )


def register() -> None:
    """Called once when the app is ready."""
    profile.register_section("district", district_help)
