"""From an address to the list it stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.noted.entries import Entry, Together
from hub.noted.sources import NotedSource
from hub.references import Reference, read_references
from search.registry import registry

#: Parameter that names an entry, by its reference; may stand several times.
NOTED = "m"
#: So many entries are shown; the script keeps no more, either.
MOST = 50


@dataclass(frozen=True)
class Place:
    """A place on the list: an entry, or the remark that there is none any more."""

    number: int
    reference: Reference
    entry: Entry | None
    #: The same list without this place.
    query_without: str

    @property
    def label(self) -> str:
        """What this place is called where it is not seen."""
        if self.entry:
            return self.entry.title
        return _("Platz %(number)s, nicht mehr verfügbar") % {"number": self.number}


@dataclass(frozen=True)
class NotedList:
    """What an address stands for."""

    #: What the address names, known or not.
    given: tuple[Reference, ...]
    places: tuple[Place, ...]
    #: What of the address was not read, in words.
    remarks: tuple[str, ...]
    #: What can be done with several entries of one kind.
    together: tuple[Together, ...]

    @property
    def references(self) -> list[Reference]:
        return [place.reference for place in self.places]

    @property
    def entries(self) -> list[Entry]:
        """What is there, in the order of the address."""
        return [place.entry for place in self.places if place.entry]

    @property
    def gone(self) -> int:
        """How many entries are not there any more."""
        return len(self.places) - len(self.entries)

    @property
    def query(self) -> str:
        """The list as an address says it."""
        return query_of(self.references)


def query_of(references: Iterable[Reference]) -> str:
    """``m=method-12&m=case-3``."""
    return urlencode([(NOTED, str(reference)) for reference in references])


def _source(kind: str) -> NotedSource | None:
    source = registry.find(kind)
    is_noted = isinstance(source, NotedSource) and source.can_be_noted
    return source if is_noted else None  # type: ignore[return-value]


def read(values: Sequence[str], language: str) -> NotedList:
    """The list that these values stand for: a few queries per kind."""
    given, unreadable = read_references(values)
    known = [reference for reference in given if _source(reference.kind)]
    shown = known[:MOST]
    entries = _load(shown, language)
    places = tuple(
        Place(
            number,
            reference,
            entries.get(reference),
            query_of(other for other in shown if other != reference),
        )
        for number, reference in enumerate(shown, start=1)
    )
    return NotedList(
        tuple(given[:MOST]),
        places,
        tuple(
            _remarks(
                unknown=unreadable + len(given) - len(known),
                repeated=len(values) - unreadable - len(given),
                left_out=len(known) - len(shown),
            )
        ),
        tuple(_together(list(entries), language)),
    )


def _by_kind(references: Iterable[Reference]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for reference in references:
        found[reference.kind].append(reference.pk)
    return found


def _load(references: Sequence[Reference], language: str) -> dict[Reference, Entry]:
    """Entries in the order of their references; what nobody may see is missing."""
    found: dict[Reference, Entry] = {}
    for kind, pks in _by_kind(references).items():
        source = _source(kind)
        for entry in source.noted(pks, language).values() if source else ():
            found[entry.reference] = entry
    return {ref: found[ref] for ref in references if ref in found}


def _together(references: Sequence[Reference], language: str) -> Iterable[Together]:
    for kind, pks in _by_kind(references).items():
        source = _source(kind)
        if source and len(pks) > 1 and (found := source.together(pks, language)):
            yield found


def _remarks(unknown: int, repeated: int, left_out: int) -> Iterable[str]:
    if unknown:
        text = ngettext(
            "Eine Angabe in der Adresse ist kein Eintrag dieser Website. "
            "Sie wurde übergangen.",
            "%(count)d Angaben in der Adresse sind keine Einträge dieser Website. "
            "Sie wurden übergangen.",
            unknown,
        )
        yield text % {"count": unknown}
    if repeated:
        yield _("Was in der Adresse mehrfach steht, zeigen wir nur einmal.")
    if left_out:
        text = ngettext(
            "Eine Merkliste zeigt höchstens %(most)d Einträge. "
            "Ein weiterer steht in der Adresse und fehlt hier.",
            "Eine Merkliste zeigt höchstens %(most)d Einträge. "
            "%(count)d weitere stehen in der Adresse und fehlen hier.",
            left_out,
        )
        yield text % {"most": MOST, "count": left_out}


#: Longer addresses are none of ours.
LONGEST = 400


def reference_at(address: str) -> Reference | None:
    """The entry whose page is at an address that somebody typed, if there is one."""
    if len(address) > LONGEST or not address.isprintable():
        return None
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return None
    for source in registry.sources:
        noted = _source(source.kind)
        found = source.at(path) if noted and path else None
        if noted and found is not None:
            return Reference(source.kind, noted.noted_pk(found))
    return None
