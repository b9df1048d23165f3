"""Invented content comes and goes, and never mixes with what is real."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from wagtail.models import Page

import pytest

from casestudies.models import CaseStudyPage
from hub.exchange.exporter import Exporter
from hub.models import ExchangeItem
from network.models import Consent, Involvement, Organisation, Person

from .content import both, content, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

DEMO = Path(settings.BASE_DIR) / "hub" / "starter" / "demo"

OFFICE = {
    "id": "beispielstelle",
    "slug_de": "beispielstelle",
    "name_de": "Beispielstelle",
    "name_en": "Sample office",
    "kind": "other",
    "is_demo": True,
}
PERSON = {
    "id": "beispielperson",
    "slug_de": "beispielperson",
    "name": "Beispielperson A",
    "is_demo": True,
    "memberships": [
        {
            "organisation": "beispielstelle",
            "function_de": "Leitung",
            "function_en": "head",
        }
    ],
    "consents": [
        {
            "field_group": group,
            "legal_basis": "demo",
            "granted_on": "2026-01-01",
            "wording_version": "1",
            "way": "erfunden",
        }
        for group in ("profile", "function")
    ],
}
CASE = {
    "id": "beispiel",
    "slug": both("beispiel", "example"),
    "title": both("Erfundenes Beispiel", "Invented example"),
    "is_demo": True,
    "method_uses": [{"method": "cafe", "phase": "ideate"}],
}
LED = {
    "id": "beispiel-leitung",
    "page": "cases/beispiel",
    "person": "beispielperson",
    "role": "led",
    "basis": "self",
}


def demo():
    return {
        "organisations": [OFFICE],
        "people": [PERSON],
        "cases": [CASE],
        "involvements": [LED],
        "method_links": [
            {"id": "kann-cafe", "method": "cafe", "person": "beispielperson"}
        ],
    }


def rows_in_all_tables() -> dict[str, int]:
    """How many rows there are, without logs and queues."""
    left_out = {"wagtailcore.pagelogentry", "wagtailcore.modellogentry"}
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in left_out
        and model._meta.label != "search.IndexChange"
    }


def test_it_comes_twice_and_goes_without_a_trace(load, tmp_path):
    before = rows_in_all_tables()
    load(demo(), invented=True)
    assert load(demo(), invented=True).total.updated == 0
    assert Person.objects.visible().get().name == "Beispielperson A"
    assert CaseStudyPage.objects.filter(is_demo=True).count() == 2
    out = StringIO()
    call_command("load_demo", remove=True, stdout=out)
    assert "5 erfundene Einträge gelöscht" in out.getvalue()
    assert rows_in_all_tables() == before
    assert [len(problem) for problem in Page.find_problems()] == [0] * 5


def test_removing_takes_what_editors_hung_on_it(load):
    load(demo(), invented=True)
    office = Organisation.objects.get(is_demo=True)
    case = CaseStudyPage.objects.get(is_demo=True, locale__language_code="de")
    Involvement.objects.create(page=case, organisation=office, role="led", basis="self")
    own = Organisation.objects.create(
        slug_de="neu", name_de="Neu", name_en="New", kind="other", is_demo=True
    )
    call_command("load_demo", remove=True, stdout=StringIO())
    assert list(Organisation.objects.filter(is_demo=True)) == [own]
    assert Organisation.objects.filter(slug_de="ma-20").exists()
    assert not Consent.objects.exists()
    assert not ExchangeItem.objects.filter(is_demo=True).exists()


def test_removing_when_nothing_is_there():
    out = StringIO()
    call_command("load_demo", remove=True, stdout=out)
    assert "0 erfundene Einträge gelöscht" in out.getvalue()


MIXED = {
    "involvement in a real case": ("involvements", LED | {"page": "cases/park"}),
    "involvement of a real office": (
        "involvements",
        LED | {"person": None, "organisation": "ma-20"},
    ),
    "membership in a real office": (
        "people",
        PERSON
        | {
            "memberships": [
                {"organisation": "ma-20", "function_de": "x", "function_en": "x"}
            ]
        },
    ),
    "below a real office": ("organisations", OFFICE | {"parent": "ma-20"}),
    "not marked": ("people", PERSON | {"is_demo": False}),
}


@pytest.mark.parametrize("name", MIXED)
def test_nothing_invented_hangs_on_anything_real(complaints, name):
    subject, changed = MIXED[name]
    found = complaints(demo() | {subject: [changed]}, invented=True)
    assert any(
        "Erfundenes hängt an Echtem" in line or "muss in diesem Ordner true" in line
        for line in found
    )


def test_nothing_real_hangs_on_anything_invented(load, complaints):
    load(demo(), invented=True)
    rows = content()
    rows["involvements"].append(LED | {"page": "cases/park"})
    (found,) = complaints(rows)
    assert "Echtes hängt an Erfundenem" in found


def test_production_refuses_it(settings):
    settings.HUB_DEMO = False
    with pytest.raises(CommandError, match="HUB_DEMO"):
        call_command("load_demo")


def test_it_is_exported_apart(load, tmp_path):
    load(demo(), invented=True)
    real = {s.name: [r["id"] for r in rows] for s, rows in Exporter().rows()}
    assert real["people"] == []
    assert "beispielstelle" not in real["organisations"]
    assert real["cases"] == ["park", "nur-deutsch"]
    invented = {
        subject.name: [row["id"] for row in rows]
        for subject, rows in Exporter(invented=True).rows()
        if rows
    }
    assert invented == {
        "organisations": ["beispielstelle"],
        "people": ["beispielperson"],
        "cases": ["beispiel"],
        "involvements": ["beispiel-leitung"],
        "method_links": ["kann-cafe"],
    }


def test_the_files_of_the_house_hold_what_they_promise():
    rows = {
        path.stem: json.loads(path.read_text("utf-8"))["rows"]
        for path in DEMO.glob("*.json")
    }
    numbers = {name: len(found) for name, found in rows.items()}
    assert (numbers["people"], numbers["organisations"], numbers["cases"]) == (40, 6, 8)
    assert len({person["name"] for person in rows["people"]}) == 40
    for person in rows["people"]:
        assert person["name"].startswith("Beispielperson ")
        assert person["bio_de"].startswith("Erfundenes Beispiel")
        assert person["bio_en"].startswith("Invented example")
    for office in rows["organisations"]:
        assert office["name_de"].startswith("Beispielstelle ")
    for case in rows["cases"]:
        assert case["title"]["de"].startswith("Erfundenes Beispiel")


def test_the_command_loads_a_folder(tmp_path):
    out = StringIO()
    folder = write(tmp_path / "demo", demo())
    call_command("load_demo", folder=folder, stdout=out)
    assert "zusammen" in out.getvalue()
    assert Person.objects.get().memberships.get().organisation.is_demo
