"""What the search knows of partner cities, districts and programmes."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.models import TargetGroup, Topic
from hub.searching import (
    RecordSource,
    codes,
    entry_names,
    joined,
    meta,
    other_names,
    years,
)
from network.choices import Basis
from network.models import (
    District,
    PartnerCity,
    Programme,
)
from network.search.involved import profile_parts
from network.search.more import more_facets
from network.search.shared import having, numbers


class CitySource(RecordSource):
    """Partner cities and networks."""

    kind = "city"
    is_party = True
    label = _("Stadt oder Netzwerk")
    label_plural = _("Städte und Netzwerke")
    icon = "city"
    order = 30
    model = PartnerCity
    facets = ("thema",)
    related = {Topic: having(PartnerCity, "topics")}

    def values(self, record: PartnerCity, code: str) -> dict[str, Any]:
        topics = list(record.topics.all())
        return {
            "summary": record.summary or "",
            "names": (*record.alias_list, *other_names(record, code)),
            "headings": (
                record.get_kind_display(),
                record.country or "",
                *entry_names(topics),
            ),
            "body": joined(
                record.learn_from, record.relation, self._programmes(record, code)
            ),
            "facets": {"thema": codes(topics), "wer": ("city",), **more_facets(record)},
            "parties": profile_parts(f"city:{record.pk}", Basis.EDITORIAL, ()),
            "details": {
                "role": ", ".join(
                    filter(None, [record.get_kind_display(), record.country])
                ),
                "reasons": [
                    [Basis.EDITORIAL, text]
                    for text in (record.learn_from, record.summary, record.relation)
                    if text
                ],
                "meta": self.noted_meta(record),
            },
        }

    def noted_meta(self, record: PartnerCity) -> list[dict[str, Any]]:
        return meta(
            {"text": record.country or "", "icon": "pin"},
            {"text": record.get_kind_display()},
        )

    def _programmes(self, record: PartnerCity, code: str) -> str:
        values = (child.value for child in record.programmes)
        return "\n".join(f"{v['name']}: {v.get(f'what_{code}', '')}" for v in values)


class DistrictSource(RecordSource):
    """The 23 districts."""

    kind = "district"
    label = _("Bezirk")
    label_plural = _("Bezirke")
    icon = "pin"
    order = 40
    model = District

    def title(self, record: District, code: str) -> str:
        return record.label

    def values(self, record: District, code: str) -> dict[str, Any]:
        return {
            "summary": record.summary or "",
            "names": (record.name, record.postal_code),
            "headings": (_numbered(record.number),),
            "details": {"meta": self.noted_meta(record)},
        }

    def noted_meta(self, record: District) -> list[dict[str, Any]]:
        return meta({"text": record.postal_code, "icon": "pin"})


def _numbered(number: int) -> str:
    """How people name a district: "15. Bezirk", "15th district"."""
    return f"{ordinal(number)} {gettext('Bezirk')}"


class ProgrammeSource(RecordSource):
    """Programmes, rules, funding, bodies and events."""

    kind = "programme"
    label = _("Programm oder Förderung")
    label_plural = _("Programme und Förderungen")
    icon = "flag"
    order = 50
    model = Programme
    facets = ("thema", "zielgruppe", "bezirk", "jahr")
    related = {
        Topic: having(Programme, "topics"),
        TargetGroup: having(Programme, "target_groups"),
        District: having(Programme, "districts"),
    }

    def values(self, record: Programme, code: str) -> dict[str, Any]:
        topics = list(record.topics.all())
        groups = list(record.target_groups.all())
        districts = list(record.districts.all())
        return {
            "summary": record.summary or "",
            "weight": 0.9,
            "names": (*record.alias_list, *other_names(record, code)),
            "headings": tuple(entry_names([*topics, *groups])),
            "body": joined(
                record.body,
                record.funding_for_whom,
                record.funding_amount,
                record.funding_deadline,
            ),
            "facets": {
                "thema": codes(topics),
                "zielgruppe": codes(groups),
                "bezirk": numbers(districts),
                "jahr": years(record.year_from, record.year_to),
            },
            "details": {"meta": self.noted_meta(record)},
        }

    def noted_meta(self, record: Programme) -> list[dict[str, Any]]:
        return meta(
            {"text": record.get_kind_display()}, {"text": record.when_text or ""}
        )
