"""Who took part in a case or with a method, as the search documents carry it.

Persons count for themselves as long as they may be shown. The organisations they worked
for count in any case, and always alike: nothing tells whether the person is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Model

from network.choices import OrganisationKind
from network.models import Consent, Involvement, Membership, Organisation, Person
from search.documents import Part


def parts_of(page_id: int) -> tuple[Part, ...]:
    """The parts in a German page, the newest first: one query where nobody took part."""
    rows = list(
        Involvement.objects.filter(page_id=page_id).order_by("-year_from", "pk")
    )
    if not rows:
        return ()
    people = {row.person_id for row in rows} - {None}
    shown = _visible(Person.objects.visible(), people)
    members = _memberships(people)
    current = _current(
        {row.organisation_id for row in rows} | {m.organisation_id for m in members}
    )
    found: list[Part] = []
    for row in rows:
        found += _parts(row, members, shown, current)
    return tuple(dict.fromkeys(found))


def _parts(
    row: Involvement,
    members: Iterable[Membership],
    shown: Collection[int],
    current: dict[int, int],
) -> list[Part]:
    year = row.year_to or row.year_from
    if row.organisation_id:
        own = current.get(row.organisation_id)
        key = f"organisation:{own}"
        return [Part(key, row.role, year, row.basis)] if own else []
    found = []
    if row.person_id in shown:
        found.append(Part(f"person:{row.person_id}", row.role, year, row.basis))
    for member in members:
        own = current.get(member.organisation_id)
        if own and member.person_id == row.person_id and _worked_there(member, row):
            found.append(Part(f"organisation:{own}", "", year, row.basis, True))
    return found


def _memberships(people: Collection[int | None]) -> list[Membership]:
    """Where these people work or worked, without what would tell their faith or health
    to somebody who may not know it."""
    if not people:
        return []
    rows = Membership.objects.filter(person__in=people)
    plain = rows.filter(organisation__is_sensitive=False)
    plain = plain.exclude(organisation__kind=OrganisationKind.FAITH)
    return list(rows.visible() | plain)


def _worked_there(member: Membership, row: Involvement) -> bool:
    """Whether the person belonged to the organisation at that time, as far as known;
    work of an unknown time counts for where the person is now."""
    start, end = row.year_from or row.year_to, row.year_to or row.year_from
    if start is None or end is None:
        return member.year_to is None
    if member.year_from and member.year_from > end:
        return False
    return not (member.year_to and member.year_to < start)


def _visible(records: Any, ids: Collection[int | None]) -> set[int]:
    return (
        set(records.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    )


def _current(ids: Collection[int | None]) -> dict[int, int]:
    """Visible organisations, or the visible ones that they were merged into."""
    rows = Organisation.objects.filter(pk__in=ids).values_list("pk", "successor_id")
    heirs = {pk: heir or pk for pk, heir in rows}
    known = Organisation.objects.visible().current()
    there = _visible(known, set(heirs.values()))
    return {pk: heir for pk, heir in heirs.items() if heir in there}


def profile_parts(
    key: str, basis: str, organisations: Iterable[int]
) -> tuple[Part, ...]:
    """The parts in a party's own document: what it says counts for itself, and what a
    person says for the organisations, too."""
    own = Part(key, "profile", None, basis)
    beside = (
        Part(f"organisation:{pk}", "profile", None, basis, True) for pk in organisations
    )
    return (own, *beside)


def related_to(
    pages_of: Callable[[dict[str, Any]], Iterable[Model]],
) -> dict[type[Model], Callable[[Any], Iterable[Model]]]:
    """Whose change changes who took part: ``pages_of`` finds pages by a lookup that
    begins with ``involvements``."""

    def via(lookup: str, attribute: str = "pk") -> Callable[[Any], Iterable[Model]]:
        return lambda row: pages_of({lookup: getattr(row, attribute)})

    return {
        Involvement: via("involvements"),
        Organisation: via("involvements__organisation"),
        Person: via("involvements__person"),
        Consent: via("involvements__person", "person_id"),
        Membership: via("involvements__person", "person_id"),
    }
