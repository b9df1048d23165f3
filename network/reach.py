"""Who reaches whom in a district: multipliers by the groups of people they reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from hub.models import TargetGroup
from network.choices import Coverage, SpokenLanguage
from network.models import District, Organisation


@dataclass(frozen=True)
class Multiplier:
    """A multiplier of the district with whom it reaches, in which languages."""

    record: Organisation
    groups: list[str]
    languages: list[str]

    @property
    def label(self) -> str:
        return self.record.label

    @property
    def url(self) -> str:
        return self.record.get_url()


@dataclass
class Reached:
    """A group of people, who reaches it in the district, and how many city-wide."""

    group: TargetGroup
    here: list[Multiplier] = field(default_factory=list)
    citywide: int = 0
    url: str = ""


def spoken(codes: Iterable[str]) -> list[str]:
    """Languages by name; that German is spoken is nothing special."""
    labels = dict(SpokenLanguage.choices)
    return [
        str(labels[code])
        for code in codes
        if code in labels and code != SpokenLanguage.GERMAN
    ]


def multiplier(record: Organisation) -> Multiplier:
    """Reads prefetched groups."""
    groups = [str(group) for group in record.target_groups.all()]
    return Multiplier(record, groups, spoken(record.languages))


def who_reaches_whom(
    district: District, named: list[Multiplier], list_url: str
) -> list[Reached]:
    """Groups that somebody reaches, in the order of the vocabulary: two queries."""
    found: dict[int, Reached] = {}
    counts = _citywide()
    here: dict[int, list[Multiplier]] = defaultdict(list)
    for entry in named:
        for group in entry.record.target_groups.all():
            here[group.pk].append(entry)
    for group in TargetGroup.objects.active():
        if group.pk not in here and group.pk not in counts:
            continue
        query = [
            ("zielgruppe", group.code),
            ("gebiet", district.number),
            ("gebiet", Coverage.CITY.value),
        ]
        found[group.pk] = Reached(
            group,
            here[group.pk],
            counts.get(group.pk, 0),
            f"{list_url}?{urlencode(query)}",
        )
    return list(found.values())


def _citywide() -> dict[int, int]:
    """Number of real city-wide multipliers by group: one query."""
    rows: Any = (
        Organisation.objects.visible()
        .current()
        .multipliers()
        .filter(coverage=Coverage.CITY, is_demo=False, target_groups__isnull=False)
        .order_by()
        .values("target_groups")
        .annotate(parties=Count("pk", distinct=True))
    )
    return {row["target_groups"]: row["parties"] for row in rows}
