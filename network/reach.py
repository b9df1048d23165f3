"""Who reaches whom in a district: multipliers by the groups of people they reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

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
    """Groups that somebody reaches, in the order of the vocabulary: one query."""
    found: dict[int, Reached] = {}
    here: dict[int, list[Multiplier]] = defaultdict(list)
    for entry in named:
        for group in entry.record.target_groups.all():
            here[group.pk].append(entry)
    everywhere = Q(organisation__in=_citywide())
    counted = Count("organisation", filter=everywhere, distinct=True)
    for group in TargetGroup.objects.active().annotate(citywide=counted):
        if group.pk not in here and not group.citywide:
            continue
        query = [
            ("zielgruppe", group.code),
            ("gebiet", district.number),
            ("gebiet", Coverage.CITY.value),
        ]
        found[group.pk] = Reached(
            group,
            here[group.pk],
            group.citywide,
            f"{list_url}?{urlencode(query)}",
        )
    return list(found.values())


def _citywide() -> QuerySet:
    """Real multipliers that work in the whole city."""
    return (
        Organisation.objects.visible()
        .current()
        .multipliers()
        .filter(coverage=Coverage.CITY, is_demo=False)
        .values("pk")
    )
