"""The 23 districts: as tiles, as an equal list, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hub import exports
from hub.choices import Verification
from hub.facts import Fact, known
from hub.formats import long_date, number
from network import profile, reach, services
from network.choices import OrganisationKind
from network.models import District, Organisation
from network.tiles import HEAT_STEPS, heat
from network.views.detail import OTHERS, crumbs, facts_json_ld, render

KIND = District.kind_code


@dataclass(frozen=True)
class DistrictEntry:
    """A district as tile and as row."""

    record: District
    heat: int
    count: int
    columns: list[tuple[profile.ProfileColumn, Any]]
    population: int | None
    population_year: int | None


def heat_legend() -> list[tuple[int, str]]:
    """The shades in words."""
    first, second, third = HEAT_STEPS
    return [
        (0, _("keine")),
        (1, _("%(low)s bis %(high)s") % {"low": first, "high": second - 1}),
        (2, _("%(low)s bis %(high)s") % {"low": second, "high": third - 1}),
        (3, _("%(low)s und mehr") % {"low": third}),
    ]


def newest_population(record: District) -> tuple[int | None, int | None]:
    """The newest known number of people and its year."""
    if record.population_newer:
        day = record.population_newer_date
        return record.population_newer, day.year if day else None
    return record.population, record.population_year


def _entries(language: str) -> list[DistrictEntry]:
    columns = [(column, column.values(language)) for column in profile.columns(KIND)]
    counts: Mapping[int, Any] = next(
        (values for column, values in columns if column.is_number), {}
    )
    entries = []
    for record in District.objects.visible():
        count = int(counts.get(record.pk) or 0)
        people, year = newest_population(record)
        cells = [(column, values.get(record.pk, "")) for column, values in columns]
        entries.append(DistrictEntry(record, heat(count), count, cells, people, year))
    return entries


def listing(page: Any, request: HttpRequest) -> HttpResponse:
    """All districts, or exactly this list as table or data."""
    entries = _entries(page.language)
    form = exports.wanted(request)
    if form in ("csv", "json"):
        return _export(form, page, request, entries)
    url = page.route_url("districts")
    context = page.get_context(request) | {
        "entries": entries,
        "columns": profile.columns(KIND),
        "legend": heat_legend(),
        "total": len(entries),
        "crumbs": crumbs(page),
        "alternates": page.route_alternates("districts"),
        "canonical": request.build_absolute_uri(url),
        "social_title": _("Bezirke"),
    }
    return TemplateResponse(request, "pages/network/districts.html", context)


def _export(
    form: str, page: Any, request: HttpRequest, entries: list[DistrictEntry]
) -> HttpResponse:
    columns = profile.columns(KIND)
    names = [
        ("number", _("Bezirk")),
        ("name", _("Name")),
        ("postal_code", _("Postleitzahl")),
        *((column.code, str(column.label)) for column in columns),
        ("population", _("Einwohner*innen")),
        ("population_year", _("Stand (Jahr)")),
        ("area_km2", _("Fläche in km²")),
        ("url", _("Adresse")),
    ]
    rows = [
        [
            entry.record.number,
            entry.record.name,
            entry.record.postal_code,
            *(cell for _column, cell in entry.columns),
            entry.population,
            entry.population_year,
            entry.record.area_km2,
            request.build_absolute_uri(entry.record.get_url(page.language)),
        ]
        for entry in entries
    ]
    if form == "csv":
        return exports.csv_response(_("bezirke"), [label for _c, label in names], rows)
    codes = [code for code, _label in names]
    return exports.json_response(dict(zip(codes, row, strict=True)) for row in rows)


# One district ----------------------------------------------------------------------


def show(
    page: Any, request: HttpRequest, slug: str, easy: bool = False
) -> HttpResponse:
    """The page of a district at this slug."""
    return page.serve_record(
        request,
        District.objects.visible(),
        slug,
        lambda req, record: _page(page, req, record),
        easy=easy,
    )


def _population(record: District) -> list[Fact]:
    """Each number with its state; the newer one first."""
    facts = []
    if record.population_newer:
        day = long_date(record.population_newer_date)
        facts.append(
            Fact(
                _("Einwohner*innen"),
                number(record.population_newer),
                _("Stand: %(day)s") % {"day": day} if day else "",
            )
        )
    if record.population:
        year = record.population_year
        label = _("Einwohner*innen") if not facts else _("Einwohner*innen früher")
        note = _("Stand: Anfang %(year)s") % {"year": year} if year else ""
        facts.append(Fact(label, number(record.population), note))
    return facts


def facts(record: District) -> list[Fact]:
    """Figures with their year; what is not known is left out."""
    area = f"{number(float(record.area_km2))} km²" if record.area_km2 else ""
    return known(
        [
            Fact(_("Postleitzahl"), record.postal_code),
            *_population(record),
            Fact(_("Fläche"), area),
        ]
    )


def _page(page: Any, request: HttpRequest, record: District) -> HttpResponse:
    named = Organisation.objects.visible().current().in_district(record)
    columns = (*services.ORGANISATION_COLUMNS, "languages")
    rows = list(named.only(*columns).prefetch_related("target_groups").order_by("name"))
    bodies = [row for row in rows if row.kind == OrganisationKind.DISTRICT_BODY]
    multipliers = [reach.multiplier(row) for row in rows if row.is_multiplier]
    others = [row for row in rows if row not in bodies and not row.is_multiplier]
    multipliers_url = page.route_url("multipliers")
    reached = reach.who_reaches_whom(record, multipliers, multipliers_url)
    neighbours = services.visible_related(record.neighbours)
    return render(
        page,
        request,
        record,
        "pages/network/district_page.html",
        title=record.label,
        crumbs=crumbs(page, (_("Bezirke"), "districts")),
        facts=facts(record),
        bodies=bodies,
        organisations=others,
        multipliers=multipliers,
        reached=reached,
        neighbours=neighbours,
        neighbours_unverified=record.neighbours_verification
        != Verification.SOURCE_READ,
        multipliers_url=f"{multipliers_url}?gebiet={record.number}&gebiet=city",
        jsonld=facts_json_ld("AdministrativeArea", record, page.language),
        toc=[
            ("bezirksvorstehung", _("Bezirksvorstehung"), bodies),
            (OTHERS, "", True),
            ("multiplikatorinnen", _("Multiplikator*innen im Bezirk"), multipliers),
            ("erreicht", _("Wer erreicht wen"), reached),
            ("stellen", _("Weitere Organisationen im Bezirk"), others),
            ("nachbarn", _("Nachbarbezirke"), neighbours),
            ("quellen", _("Quellen"), len(record.sources)),
        ],
    )
