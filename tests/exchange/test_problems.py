"""Broken rows of each sort: nothing is imported, and the message names the place."""

from __future__ import annotations

import pytest

from hub.exchange.importer import Importer
from hub.models import ExchangeItem
from network.models import District

from .content import block, both, content, rich, row, write

pytestmark = pytest.mark.django_db


def change(subject, name, **values):
    def apply(rows):
        row(rows, subject, name).update(values)

    return apply


def german_only(subject, name, field):
    def apply(rows):
        del row(rows, subject, name)[field]["en"]

    return apply


STEP = {"title": "A", "text": "B", "when": ""}

BROKEN = {
    "unknown field": (
        change("organisations", "ma-20", colour="blue"),
        "organisations.json, ma-20, colour: unbekanntes Feld",
    ),
    "text instead of number": (
        change("districts", "9", population="viele"),
        "districts.json, 9, population: muss eine ganze Zahl sein",
    ),
    "number instead of text": (
        change("organisations", "ma-20", code=20),
        "organisations.json, ma-20, code: muss Text sein",
    ),
    "text instead of yes or no": (
        change("organisations", "ma-20", is_multiplier="ja"),
        "organisations.json, ma-20, is_multiplier: muss true oder false sein",
    ),
    "no date": (
        change("organisations", "ma-20", reviewed_at="2026-02-30"),
        "organisations.json, ma-20, reviewed_at: kein Datum",
    ),
    "infinite number": (
        change("partner_cities", "graz", latitude=float("inf")),
        "partner_cities.json, graz, latitude: muss eine endliche Zahl sein",
    ),
    "unknown code": (
        change("organisations", "ma-20", kind="ministry"),
        "organisations.json, ma-20, kind: unbekannter Code „ministry“",
    ),
    "unknown code in a list": (
        change("methods", "cafe", levels=["dream"]),
        "methods.json, cafe, levels: unbekannter Code „dream“",
    ),
    "unknown kind of row": (
        change("vocabulary", "topic/energy", model="mood"),
        "vocabulary.json, topic/energy, model: unbekannter Code „mood“",
    ),
    "unknown reference": (
        change("organisations", "ma-20", topics=["space"]),
        "organisations.json, ma-20, topics: unbekannter Eintrag „space“",
    ),
    "unknown page": (
        change("involvements", "park-ma-20", page="cases/mars"),
        "involvements.json, park-ma-20, page: unbekannter Eintrag „mars“ (cases)",
    ),
    "unknown page in a text": (
        change(
            "methods",
            "cafe",
            staff=both(
                rich('<a linktype="page" ref="cases/mars">x</a>'),
                rich('<a linktype="page" ref="cases/mars">y</a>'),
            ),
        ),
        "methods.json, cafe, staff: unbekannter Eintrag „mars“ (cases)",
    ),
    "unknown reference in a child row": (
        change("rounds", "2022", districts=[{"district": "23"}]),
        "rounds.json, 2022, districts: unbekannter Eintrag „23“",
    ),
    "missing text": (
        change("glossary", "anliegen", definition_de=""),
        "glossary.json, anliegen, definition_de: fehlt",
    ),
    "missing address": (
        change("organisations", "ma-20", slug_de=None),
        "organisations.json, ma-20, slug_de: fehlt",
    ),
    "missing in a child row": (
        change("programmes", "klimafonds", parties=[{"organisation": "ma-20"}]),
        "programmes.json, klimafonds, parties.1.role: fehlt",
    ),
    "missing English of a record": (
        change("organisations", "ma-20", name_en=""),
        "organisations.json, ma-20, name_en: fehlt: der Text ist nur auf Deutsch da",
    ),
    "missing English of a page": (
        german_only("methods", "cafe", "summary"),
        "methods.json, cafe, summary: fehlt auf Englisch",
    ),
    "missing German of a page": (
        change("methods", "cafe", origin={"en": "Vienna"}),
        "methods.json, cafe, origin: fehlt auf Deutsch",
    ),
    "too long": (
        change("methods", "cafe", origin=both("x" * 301, "y")),
        "methods.json, cafe, origin.de: zu lang: 301 statt höchstens 300 Zeichen",
    ),
    "no address": (
        change("organisations", "ma-20", website="keine Adresse"),
        "organisations.json, ma-20, website: ",
    ),
    "min above max": (
        change("methods", "cafe", group_size_min=60),
        "methods.json, cafe: Das Mindeste ist größer als das Höchste.",
    ),
    "begins after its end": (
        change("cases", "park", year_from=2024),
        "cases.json, park: Der Beginn liegt nach dem Ende.",
    ),
    "role of a responsibility": (
        change("involvements", "cafe-ma-20", role="led"),
        "involvements.json, cafe-ma-20: Eine Mitwirkung braucht eine Rolle",
    ),
    "same address twice": (
        change("organisations", "magistrat", slug_de="ma-20"),
        "organisations.json, ma-20, slug_de: derselbe Wert steht schon bei „magistrat“",
    ),
    "same page address twice": (
        change("methods", "rat", slug=both("cafe", "rat-en")),
        "methods.json, rat, slug: derselbe Wert steht schon bei „cafe“",
    ),
    "one-sided neighbours": (
        change("districts", "9", neighbours=[]),
        "districts.json, 1, neighbours: „9“ nennt umgekehrt „1“ nicht",
    ),
    "circle of parents": (
        change("organisations", "magistrat", parent="ma-20"),
        "Das ergäbe einen Kreis",
    ),
    "unknown block": (
        change("methods", "cafe", steps=both([block("leap", STEP)], [])),
        "methods.json, cafe, steps.de.1: unbekannter Block „leap“",
    ),
    "unknown key in a block": (
        change("methods", "cafe", steps=both([block("step", STEP | {"x": 1})], [])),
        "methods.json, cafe, steps.de.1: unbekanntes Feld „x“",
    ),
    "block without id": (
        change("methods", "cafe", steps=both([{"type": "step", "value": STEP}], [])),
        "methods.json, cafe, steps.de.1: ein Block hat genau id, type und value",
    ),
    "list item as plain text": (
        change(
            "guides",
            "eile",
            sections=both(
                [block("section", {"heading": "x", "text": "", "checks": ["Wer?"]})], []
            ),
        ),
        "guides.json, eile, sections.de.1.checks.1: ein Block hat genau",
    ),
    "empty block": (
        change("methods", "cafe", steps=both([block("step", STEP | {"text": ""})], [])),
        "methods.json, cafe, steps.de.1.text: ",
    ),
    "block with an unknown code": (
        change(
            "cases",
            "park",
            phase_levels=[block("phase_level", {"phase": "x", "level": "inform"})],
        ),
        "cases.json, park, phase_levels.1.phase: ",
    ),
    "markup": (
        change("methods", "cafe", staff=both("<script>x</script>", rich("y"))),
        "methods.json, cafe, staff.de: Element <script> ist nicht erlaubt",
    ),
    "open paragraph": (
        change("methods", "cafe", staff=both('<p data-block-key="a">x', rich("y"))),
        "methods.json, cafe, staff.de: <p> ist nicht geschlossen",
    ),
    "script address": (
        change(
            "methods",
            "cafe",
            staff=both(rich('<a href="javascript:x">x</a>'), rich("y")),
        ),
        "methods.json, cafe, staff.de: ein Link braucht eine Adresse",
    ),
    "other number of segments": (
        change("methods", "cafe", staff=both(rich("x") + rich("y", "b"), rich("z"))),
        "methods.json, cafe, staff: 2 Textstücke auf Deutsch, 1 auf Englisch",
    ),
    "other structure": (
        change("methods", "cafe", staff=both(rich("x"), f"<p>{'y'}</p>")),
        "methods.json, cafe, staff.en: <p> hat keinen data-block-key",
    ),
    "other block ids": (
        change(
            "methods",
            "cafe",
            steps=both([block("step", STEP, 1)], [block("step", STEP, 2)]),
        ),
        "Textstücke auf Deutsch, 0 auf Englisch",
    ),
    "other markup around": (
        change("methods", "cafe", staff=both(rich("<b>x</b>"), rich("y"))),
        "methods.json, cafe, staff: Aufbau weicht vom deutschen Text ab",
    ),
    "one sentence, two translations": (
        change(
            "methods",
            "cafe",
            staff=both(rich("x") + rich("x", "b"), rich("y") + rich("z", "b")),
        ),
        "derselbe deutsche Satz ist zweimal verschieden übersetzt",
    ),
    "neither page nor record": (
        change("easy_texts", "cafe-de", page=None),
        "easy_texts.json, cafe-de, page: genau eines von page und record",
    ),
    "unknown language": (
        change("easy_texts", "cafe-de", language="fr"),
        "easy_texts.json, cafe-de, language: unbekannte Sprache „fr“",
    ),
    "invented among real": (
        change("organisations", "ma-20", is_demo=True),
        "organisations.json, ma-20, is_demo: muss in diesem Ordner false sein",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_is_named(complaints, name):
    break_it, wanted = BROKEN[name]
    rows = content()
    break_it(rows)
    found = complaints(rows)
    assert any(wanted in line for line in found), found
    assert not ExchangeItem.objects.exists()
    assert not District.objects.exists()


def test_all_problems_are_collected(complaints):
    rows = content()
    BROKEN["unknown code"][0](rows)
    BROKEN["missing text"][0](rows)
    BROKEN["too long"][0](rows)
    BROKEN["min above max"][0](rows)
    files = {line.split(",")[0] for line in complaints(rows)}
    assert files == {"organisations.json", "glossary.json", "methods.json"}


def test_several_problems_of_one_field(complaints):
    rows = content()
    blocks = [block("step", STEP | {"title": "", "text": ""})]
    row(rows, "methods", "cafe")["steps"] = both(blocks, [])
    found = complaints(rows)
    assert [line.split(":")[0] for line in found] == [
        "methods.json, cafe, steps.de.1.title",
        "methods.json, cafe, steps.de.1.text",
    ]


FILES = {
    "broken JSON": ('{"format": 1,\n "rows" [}', "Zeile 2, Spalte 9"),
    "other format": ('{"format": 2, "rows": [], "subject": "districts"}', "Format 2"),
    "other subject": ('{"format": 1, "rows": [], "subject": "x"}', "subject ist „x“"),
    "no rows": ('{"format": 1, "rows": {}, "subject": "districts"}', "rows muss"),
    "a list": ("[]", "die Datei hat genau format, rows und subject"),
    "row that is no object": (
        '{"format": 1, "rows": [3], "subject": "districts"}',
        "districts.json, Zeile 1: muss ein Objekt sein",
    ),
    "row without id": (
        '{"format": 1, "rows": [{"number": 3}], "subject": "districts"}',
        "districts.json, Zeile 1, id: fehlt",
    ),
    "id twice": (
        '{"format": 1, "rows": [{"id": "1"}, {"id": "1"}], "subject": "districts"}',
        "districts.json, 1, id: kommt doppelt vor",
    ),
    "key twice": (
        '{"format": 1, "format": 1, "rows": [], "subject": "districts"}',
        "districts.json, format: kommt doppelt vor",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_named(tmp_path, name):
    text, wanted = FILES[name]
    (tmp_path / "districts.json").write_text(text, encoding="utf-8")
    found = [str(problem) for problem in Importer(tmp_path).check()]
    assert any(wanted in line for line in found), found


def test_files_that_are_no_text_or_unknown(tmp_path):
    (tmp_path / "districts.json").write_bytes(b"\xff\xfe")
    (tmp_path / "wishes.json").write_text("{}")
    found = [str(problem) for problem in Importer(tmp_path).check()]
    assert found == [
        "wishes.json: zu diesem Namen gibt es keinen Bereich",
        "districts.json: nicht in UTF-8",
    ]


def test_a_folder_that_is_not_there(tmp_path):
    (problem,) = Importer(tmp_path / "nowhere").check()
    assert problem.reason == "Ordner fehlt"


def test_checking_writes_nothing(tmp_path):
    assert Importer(write(tmp_path / "files", content())).check() == []
    assert not District.objects.exists()
