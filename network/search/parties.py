"""What the search knows of organisations and people.

Of a person only what there is a valid consent for, and no longer than it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.models import TargetGroup, Topic
from hub.searching import (
    RecordSource,
    choice_labels,
    codes,
    entry_names,
    entry_words,
    joined,
    meta,
    other_names,
)
from network.choices import (
    Basis,
    Coverage,
    FieldGroup,
    OrganisationKind,
    SpokenLanguage,
)
from network.models import Consent, District, Membership, Organisation, Person
from network.search.former import former_names, heirs
from network.search.involved import profile_parts
from network.search.more import more_facets
from network.search.shared import having, numbers
from network.services import visible_memberships
from search.registry import NETWORK


def _owner(field: str) -> Any:
    """The record that a child row belongs to."""
    return lambda child: [getattr(child, field)] if getattr(child, field, None) else []


def _reason(basis: str, parts: Iterable[str | None]) -> list[list[str]]:
    text = ", ".join(part.strip() for part in parts if part and part.strip())
    return [[basis, text]] if text else []


def _spoken(languages: Iterable[str]) -> list[str]:
    """Languages by name; German, which all speak, tells nobody apart."""
    labels = choice_labels(SpokenLanguage)
    others = (code for code in languages if code != SpokenLanguage.GERMAN)
    return [labels[code] for code in others if code in labels]


def _entry_reasons(basis: str, entries: Iterable[Any]) -> list[list[str]]:
    """A reason per topic or target group, found by its other words, too."""
    return [[basis, str(e), ", ".join(entry_words([e]))] for e in entries]


class OrganisationSource(RecordSource):
    """Departments, multipliers, bodies of districts and other organisations."""

    kind = "organisation"
    is_party = True
    group = NETWORK
    label = _("Stelle oder Organisation")
    label_plural = _("Stellen und Organisationen")
    icon = "organisation"
    order = 10
    model = Organisation
    facets = ("thema", "zielgruppe", "bezirk", "sprache", "stelle")
    related = {
        Topic: having(Organisation, "topics"),
        TargetGroup: having(Organisation, "target_groups"),
        District: having(Organisation, "districts"),
        Organisation: heirs,
    }

    def visible(self) -> QuerySet[Any]:
        return Organisation.objects.visible().current()

    def values(self, record: Organisation, code: str) -> dict[str, Any]:
        topics = list(record.topics.all())
        groups = list(record.target_groups.all())
        districts = list(record.districts.all())
        names = [record.code, record.short_name, *record.alias_list]
        names += [_family(record.code), *former_names(record)]
        return {
            "summary": record.summary or "",
            "names": (*filter(None, names), *other_names(record, code)),
            "headings": (
                *record.responsibility_list,
                *entry_names([*topics, *groups]),
                *_spoken(record.languages),
            ),
            "body": joined(
                record.offers,
                record.expectations,
                ", ".join(district.label for district in districts),
            ),
            "facets": {
                "thema": codes(topics),
                "zielgruppe": codes(groups),
                "bezirk": numbers(districts),
                "sprache": tuple(record.languages),
                "stelle": (record.kind,),
                "wer": ("multiplier" if record.is_multiplier else "department",),
                **more_facets(record),
            },
            "parties": profile_parts(f"organisation:{record.pk}", record.basis, ()),
            "details": self._details(record, topics, districts),
        }

    def noted_meta(self, record: Organisation) -> list[dict[str, Any]]:
        return meta({"text": record.get_kind_display()})

    def _details(
        self, record: Organisation, topics: list[Topic], districts: list[District]
    ) -> dict[str, Any]:
        area = ", ".join(district.label for district in districts)
        if record.coverage != Coverage.DISTRICTS:
            area = str(Coverage.CITY.label) if record.coverage == Coverage.CITY else ""
        return {
            "role": record.get_kind_display(),
            "type": self._type(record),
            "demo": record.is_demo,
            "meta": meta({"text": area, "icon": "pin"}),
            "area": area,
            "languages": _spoken(record.languages),
            "reasons": [
                *_reason(Basis.RESPONSIBILITY, record.responsibility_list),
                *_reason(record.basis, [record.offers]),
                *_reason(record.basis, [record.summary]),
                *_entry_reasons(record.basis, topics),
                *self._reached(record),
                *_reason(record.basis, _spoken(record.languages)),
            ],
        }

    def _reached(self, record: Organisation) -> list[list[str]]:
        """Whom it works with; to reach people is what multipliers do."""
        sentence = (
            gettext("erreicht %(group)s") if record.is_multiplier else "%(group)s"
        )
        return [
            [record.basis, sentence % {"group": group}, ", ".join(entry_words([group]))]
            for group in record.target_groups.all()
        ]

    def _type(self, record: Organisation) -> str:
        if record.is_multiplier:
            return "multiplier"
        is_body = record.kind == OrganisationKind.DISTRICT_BODY
        return "district_body" if is_body else "department"


def _family(code: str | None) -> str:
    """What departments share that a letter tells apart: "MA 21" of "MA 21A"."""
    return code[:-1] if code and re.search(r"\d[A-Z]$", code) else ""


class PersonSource(RecordSource):
    """People, each as far as there is a consent."""

    kind = "person"
    is_party = True
    notes_names_only = True
    group = NETWORK
    label = _("Person")
    label_plural = _("Personen")
    icon = "person"
    order = 20
    model = Person
    facets = ("thema", "zielgruppe", "bezirk", "sprache")
    related = {
        Consent: _owner("person"),
        Membership: _owner("person"),
        Organisation: having(Person, "memberships__organisation"),
        Topic: having(Person, "topics"),
        TargetGroup: having(Person, "target_groups"),
        District: having(Person, "districts"),
    }

    def visible(self) -> QuerySet[Any]:
        return Person.objects.visible()

    def noted_rows(self) -> QuerySet[Any]:
        return self.visible().prefetch_related(visible_memberships())

    def noted_meta(self, record: Person) -> list[dict[str, Any]]:
        return meta({"text": self._role(record.shown_memberships)})

    def private_names(self) -> Iterable[str]:
        """Names of all people, also of those who may not be shown."""
        return Person.objects.values_list("name", flat=True)

    def title(self, record: Person, code: str) -> str:
        return str(record)

    def values(self, record: Person, code: str) -> dict[str, Any]:
        allowed = record.allowed_groups()
        profile = self._profile(record) if FieldGroup.PROFILE in allowed else {}
        has_languages = FieldGroup.LANGUAGES in allowed
        facets = dict(profile.pop("facets", {}))
        languages = tuple(record.languages) if has_languages else ()
        facets["sprache"] = languages
        facets["wer"] = ("person",)
        members = list(self._members(record))
        role = self._role(members)
        spoken = _spoken(languages)
        reasons = [*profile.pop("reasons", []), *_reason(Basis.SELF, spoken)]
        return {
            "is_person": True,
            "visible_until": self._until(record, allowed),
            "headings": (role, *profile.pop("words", ()), *spoken),
            "facets": facets,
            "details": {
                "role": role,
                "demo": record.is_demo,
                "languages": spoken,
                "area": profile.pop("area", ""),
                "availability": profile.pop("availability", ""),
                "reasons": reasons,
            },
            "parties": profile_parts(
                f"person:{record.pk}", Basis.SELF, self._employers(members)
            ),
            **profile,
        }

    def _employers(self, members: Iterable[Membership]) -> list[int]:
        """Where the person works now."""
        year = timezone.localdate().year
        return [
            member.organisation_id
            for member in members
            if member.year_to is None or member.year_to >= year
        ]

    def _profile(self, record: Person) -> dict[str, Any]:
        """What people say about themselves."""
        topics = list(record.topics.all())
        groups = list(record.target_groups.all())
        districts = list(record.districts.all())
        return {
            "summary": record.bio or "",
            "words": entry_names([*topics, *groups]),
            "facets": {
                "thema": codes(topics),
                "zielgruppe": codes(groups),
                "bezirk": numbers(districts),
                **more_facets(record),
            },
            "area": ", ".join(district.label for district in districts),
            "availability": record.availability or "",
            "reasons": [
                *_reason(Basis.SELF, [record.bio]),
                *self._named([*topics, *groups]),
                *_reason(Basis.SELF, [district.label for district in districts]),
            ],
        }

    def _named(self, entries: Iterable[Any]) -> list[list[str]]:
        """What a person names as the own field, found by its other words, too."""
        sentence = gettext("nennt „%(entry)s“ als Schwerpunkt")
        return [
            [Basis.SELF, sentence % {"entry": entry}, ", ".join(entry_words([entry]))]
            for entry in entries
        ]

    def _members(self, record: Person) -> QuerySet[Any]:
        """Functions in organisations that everyone may see."""
        members = Membership.objects.visible().filter(person=record)
        return members.select_related("organisation")

    def _role(self, members: Iterable[Membership]) -> str:
        roles = (
            ", ".join(filter(None, [member.function, member.organisation.label]))
            for member in members
        )
        return "; ".join(roles)

    def _until(self, record: Person, allowed: set[str]) -> datetime | None:
        """The day after the first consent that this document rests on ends."""
        used = allowed & {FieldGroup.FUNCTION, FieldGroup.PROFILE, FieldGroup.LANGUAGES}
        today = timezone.localdate()
        ends = [
            consent.expires_on
            for consent in record.consents.all()
            if consent.field_group in used
            and consent.expires_on
            and consent.is_valid_on(today)
        ]
        if not ends:
            return None
        day_after = min(ends) + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day_after, time.min))
