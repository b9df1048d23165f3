"""Probable names of people in free texts: a hint for editors, never an obstacle.

Three kinds are told: names of people in the directory, words behind a form of address
or a title ("Frau …", "Dr. …"), and two words behind a function ("Leiterin …"). Places
and organisations are full of names, too; what is known to be one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.cache import cache
from django.utils.html import strip_tags

from wagtail.models import Page

from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from hub.models import BasePage
from network.models import (
    District,
    NamesFound,
    Organisation,
    PartnerCity,
    Person,
    Programme,
)
from network.privacy.needles import Needles

_WORD = r"[A-ZÄÖÜ][\wäöüß'’-]*[a-zäöüß]"
_NAME = rf"{_WORD}(?:\s+(?:von|van|de|der|zu)\b)?(?:\s+{_WORD})?"
#: What stands before a name and before nothing else.
_ADDRESS = (
    r"Frau|Herrn?|Mrs?\.|Ms\.|Dr\.(?:in|a)?|Prof\.(?:in)?|Professor(?:in)?|Mag\.a?"
    r"|Dipl\.-Ing\.(?:in)?|DI|DDr\.|Ing\.(?:in)?|Univ\.-Prof\.(?:in)?|Hofrat|Hofrätin"
)
#: What stands before a name, and before other things, too: two words must follow.
_FUNCTION = (
    r"(?:Bezirks|Abteilungs|Projekt|Referats|Vize)?"
    r"(?:[Ll]eiter|[Vv]orsteher|[Bb]ürgermeister|[Ss]tadtr[aä]t|Moderator|Planer|Architekt"
    r"|Sprecher|Koordinator|Forscher|Künstler)(?:\*?in)?"
    r"|[Mm]oderated by|[Dd]irector|[Mm]ayor|[Cc]ouncillor|[Cc]oordinator"
)
_ADDRESSED = re.compile(rf"(?<!\w)(?:{_ADDRESS})\s+(?P<name>{_NAME})")
_IN_OFFICE = re.compile(rf"(?<!\w)(?:{_FUNCTION})\s+(?P<name>{_WORD}\s+{_WORD})(?!\w)")
#: A word behind which a name is that of a place or of a house.
_PLACE = re.compile(
    r"(gasse|stra[sß]+e|platz|park|hof|weg|ring|markt|brücke|schule|haus|kirche|steg"
    r"|viertel|grätzl|zentrum|stiftung|verein|preis|saal|institut|gürtel|kai|allee)$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s-]+([\wäöüß-]+)")
#: Forms of address that are words of other things: "Frau und Beruf", "DI bis DO".
_NO_NAMES = frozenset(
    {"doktor", "professor", "professorin", "montag", "dienstag", "mittwoch", "magister"}
)
_CACHE_KEY, _SECONDS = "network.known-words", 300


def names_in(text: str) -> list[str]:
    """Probable names in a text, each once, in their order."""
    known = _known_words()
    found = [*_of_directory(text), *_by_pattern(text, known)]
    return list(dict.fromkeys(found))


def _of_directory(text: str) -> Iterator[str]:
    """Names of people that have an entry, shown or not."""
    lower = text.lower()
    for name in Person.objects.values_list("name", flat=True):
        needles = Needles((name,))
        if all(part in lower for part in needles.fragments) and needles.found_in(text):
            yield name


def _by_pattern(text: str, known: frozenset[str]) -> Iterator[str]:
    for pattern in (_ADDRESSED, _IN_OFFICE):
        for match in pattern.finditer(text):
            name = " ".join(match["name"].split())
            if not _is_place(name, text[match.end() :], known):
                yield name


def _is_place(name: str, rest: str, known: frozenset[str]) -> bool:
    words = name.split()
    following = _NEXT.match(rest)
    last = (words[-1], following[1] if following else "")
    if any(_PLACE.search(word) for word in last):
        return True
    if words[0].casefold() in _NO_NAMES:
        return True
    return all(word.casefold() in known for word in words)


def _known_words() -> frozenset[str]:
    """Words of organisations, places and programmes."""
    words = cache.get(_CACHE_KEY)
    if words is None:
        words = frozenset(
            word.casefold()
            for text in _texts_of_things()
            for word in re.findall(r"\w+", text or "")
        )
        cache.set(_CACHE_KEY, words, _SECONDS)
    return words


def _texts_of_things() -> Iterable[str]:
    for model in (Organisation, PartnerCity, Programme):
        for row in model.objects.values_list("name_de", "name_en"):
            yield from filter(None, row)
    yield from Organisation.objects.values_list("aliases", flat=True)
    yield from District.objects.values_list("name", flat=True)


# Pages ---------------------------------------------------------------------------------------


def is_content(page: Page) -> bool:
    """Pages of methods and cases, in any language; not placeholders."""
    return isinstance(page, BasePage) and bool(page.kind_code) and not page.alias_of_id


def names_on(page: BasePage) -> list[str]:
    """Probable names in all texts of a page."""
    texts = (
        strip_tags(segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    )
    return names_in("\n".join(texts))


def look(page: BasePage) -> NamesFound:
    """Note what is on a published page, for the work list."""
    names = names_on(page)
    row, _created = NamesFound.objects.get_or_create(page_id=page.pk)
    row.names = names
    row.accepted = [name for name in row.accepted if name in names]
    row.is_open = bool(set(names) - set(row.accepted))
    row.save()
    return row


def new_on(page: BasePage) -> list[str]:
    """Names that nobody has looked at yet."""
    row = NamesFound.objects.filter(page_id=page.pk).first()
    accepted = set(row.accepted) if row else set()
    return [name for name in names_on(page) if name not in accepted]


def accept(row: NamesFound) -> None:
    """Somebody looked: these may stay, no warning of them again."""
    row.accepted, row.is_open = row.names, False
    row.save()


def look_at_new(most: int) -> int:
    """Pages that came by import and were never looked at; returns how many were now."""
    known = NamesFound.objects.values("page")
    number = 0
    for model in _content_models():
        pages = model.objects.live().filter(alias_of=None).exclude(pk__in=known)
        for page in pages[: most - number]:
            look(page)
            number += 1
    return number


def _content_models() -> list[Any]:
    from django.apps import apps

    return [
        model
        for model in apps.get_models()
        if issubclass(model, BasePage) and model.kind_code
    ]
