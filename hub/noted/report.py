"""What the files of a list say, before it is known in which format.

Own notes are not in it: they stay in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.formats import long_date
from hub.noted.entries import Entry
from hub.noted.reading import NotedList

#: What counts for texts that name no licence of their own.
SITE_LICENCE = "CC BY 4.0"
SITE_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Words:
    """Some words of a line: perhaps a link, perhaps in another language."""

    text: str
    url: str = ""
    lang: str = ""


Line = tuple[Words, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    title: Words
    lines: list[Line]
    #: Heading of the points, and the points.
    points_title: str = ""
    points: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """The whole file."""

    #: Name of the file, without its ending.
    name: str
    language: str
    title: str
    lines: list[Line]
    sections: list[Section]


@dataclass(frozen=True)
class Contact:
    """How the office can be reached."""

    ask_url: str = ""
    phone: str = ""


def report(found: NotedList, url: str, contact: Contact, language: str) -> Report:
    """The list as it is today, in the active language."""
    today, name = timezone.localdate(), _("merkliste")
    return Report(
        name=f"{name}-{today.isoformat()}",
        language=language,
        title=_("Merkliste"),
        lines=[
            (Words(_("Drehscheibe, Büro für Mitwirkung (MA 20), Stadt Wien")),),
            (Words(_("Stand: %(day)s") % {"day": long_date(today)}),),
            (Words(_("Diese Liste im Netz:") + " "), Words(url, url)),
            *_gone(found.gone),
        ],
        sections=[
            *(_section(number, e) for number, e in enumerate(found.entries, start=1)),
            _about(contact),
        ],
    )


def _gone(number: int) -> Iterable[Line]:
    if number:
        text = ngettext(
            "Ein Eintrag der Liste ist nicht mehr verfügbar.",
            "%(count)d Einträge der Liste sind nicht mehr verfügbar.",
            number,
        )
        yield (Words(text % {"count": number}),)


def _section(number: int, entry: Entry) -> Section:
    return Section(
        Words(f"{number}. {entry.title}", lang=entry.lang),
        list(_lines(entry)),
        _("Quellen") if entry.sources else "",
        [_source(source) for source in entry.sources],
    )


def _lines(entry: Entry) -> Iterable[Line]:
    kind = [entry.label, _("Beispiel, erfunden") if entry.is_demo else "", entry.facts]
    yield (Words(" · ".join(filter(None, kind))),)
    if entry.summary:
        yield (Words(entry.summary, lang=entry.summary_lang),)
    if entry.lang:
        yield (Words(_("Dieser Eintrag ist nur in der anderen Sprache vorhanden.")),)
    yield (Words(_("Adresse:") + " "), Words(entry.full_url, entry.full_url))
    if entry.trust:
        yield (Words(entry.trust),)
    if entry.licence_label:
        licence = Words(entry.licence_label, entry.licence_url)
        yield (Words(_("Lizenz des Textes:") + " "), licence)


def _source(source: Mapping[str, str]) -> Line:
    kind = source["type_label"]
    after = [Words(f" ({kind})")] if kind else []
    return (Words(source["title"], source["url"]), *after)


def _about(contact: Contact) -> Section:
    """Licence and contact route, at the end."""
    lines: list[Line] = [
        (
            Words(_("Texte, wenn nicht anders angegeben:") + " "),
            Words(SITE_LICENCE, SITE_LICENCE_URL),
            Words(_(", Büro für Mitwirkung")),
        ),
        (Words(_("Ihre eigenen Notizen sind nicht in dieser Datei.")),),
    ]
    ways = [Words(_("Büro für Mitwirkung (MA 20)"))]
    if contact.ask_url:
        ways += [Words(", " + _("Formular:") + " ")]
        ways += [Words(contact.ask_url, contact.ask_url)]
    if contact.phone:
        ways += [Words(", " + _("Telefon:") + f" {contact.phone}")]
    lines.append((Words(_("Fragen dazu?") + " "), *ways))
    return Section(Words(_("Zu dieser Liste")), lines)
