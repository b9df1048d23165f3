"""Lists: filters, exports, bad input, equal in both languages, constant queries."""

import csv
import io
import json
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from tests.factories import hub as hub_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

BAD = [
    "?seite=99999",
    "?seite=-3",
    "?seite=" + "9" * 5000,
    "?thema=gibt-es-nicht&art=%00&zielgruppe='%22%3Cscript%3E",
    "?gebiet=999&gebiet=%F0%9F%98%80&sprache=%E2%80%AE",
    "?reihung=drop%20table&als=xml",
    "?foerderung=1&land=" + "x" * 3000,
]
PATHS = [
    "/de/netzwerk/",
    "/de/netzwerk/dienststellen/",
    "/de/netzwerk/multiplikatorinnen/",
    "/de/netzwerk/personen/",
    "/de/netzwerk/partnerstaedte/",
    "/de/netzwerk/bezirke/",
    "/de/programme/",
]


@pytest.mark.parametrize("path", PATHS)
def test_bad_input_is_a_good_page(client, network, programmes, path):
    things.organisation("ma-18")
    things.multiplier("jugendzentren")
    for query in BAD:
        response = client.get(path + query)
        assert response.status_code == 200, query
        assert "<script>" not in response.content.decode().split("<body>")[1]


def entries_of(response) -> list[str]:
    return [
        entry.record.slug_de if hasattr(entry, "record") else entry.slug_de
        for entry in response.context["entries"]
    ]


def test_multipliers_by_whole_city_or_district(client, network):
    district = things.district(10, "Favoriten")
    things.multiplier("stadtweit")
    things.multiplier("favoriten", coverage="districts", districts=[district])
    things.multiplier("unbekannt", coverage="unknown")
    path = "/de/netzwerk/multiplikatorinnen/"
    assert entries_of(client.get(f"{path}?gebiet=10")) == ["favoriten"]
    both = entries_of(client.get(f"{path}?gebiet=10&gebiet=city"))
    assert both == ["favoriten", "stadtweit"]
    assert entries_of(client.get(f"{path}?gebiet=unknown")) == ["unbekannt"]


def test_departments_are_a_tree_until_filtered(client, network):
    topic = hub_things.topic()
    parent = things.organisation("magistrat", kind="city_administration")
    child = things.organisation("ma-18", parent=parent, topics=[topic])
    things.organisation("bezirksvorstehung-18", kind="district_body")
    plain = client.get("/de/netzwerk/dienststellen/")
    (root,) = plain.context["tree"]
    assert root.organisation == parent
    assert [node.organisation for node in root.children] == [child]
    assert len(plain.context["district_bodies"]) == 1
    filtered = client.get("/de/netzwerk/dienststellen/?thema=mobility")
    assert filtered.context["tree"] is None
    assert entries_of(filtered) == ["ma-18"]


def test_open_funding_closes_by_itself(client, programmes):
    today = timezone.localdate()
    things.programme("offen", funding_status="open", funding_closes_on=today)
    things.programme(
        "vorbei", funding_status="open", funding_closes_on=today - timedelta(days=1)
    )
    assert entries_of(client.get("/de/programme/?foerderung=open")) == ["offen"]
    assert entries_of(client.get("/de/programme/?foerderung=closed")) == ["vorbei"]


def test_cities_outside_europe_have_a_map_of_their_own(client, network):
    things.city("cascais")
    plain = client.get("/de/netzwerk/partnerstaedte/")
    assert plain.context["world"] is None
    things.city("bogota", latitude=4.7, longitude=-74.1, country_code="CO")
    response = client.get("/de/netzwerk/partnerstaedte/")
    assert [dot.name for dot in response.context["europe"].dots] == ["Cascais"]
    assert [dot.name for dot in response.context["world"].dots] == ["Bogota"]
    assert 'style="' not in response.content.decode()


def test_an_export_is_exactly_the_list(client, network):
    things.multiplier("eins", name_de="=1+1")
    things.multiplier("zwei", kind="education")
    path = "/de/netzwerk/multiplikatorinnen/?art=education"
    rows = json.loads(client.get(f"{path}&als=json").content)["items"]
    assert [row["name"] for row in rows] == ["ZWEI"]
    assert rows[0]["url"] == "http://testserver/de/netzwerk/multiplikatorinnen/zwei/"
    table = client.get("/de/netzwerk/multiplikatorinnen/?als=csv")
    lines = list(
        csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";")
    )
    assert len(lines) == 3
    assert "'=1+1" in [line[1] for line in lines]


@pytest.mark.parametrize("form", ["csv", "json", "feed"])
def test_people_are_never_exported(client, network, form):
    things.person("beispielperson-a")
    response = client.get(f"/de/netzwerk/personen/?als={form}")
    assert response["Content-Type"].startswith("text/html")


def test_mailboxes_are_in_no_form_of_a_list(client, network):
    things.multiplier("eins", mailbox="geheim@example.org", editorial_note="intern")
    for form in ("", "?als=csv", "?als=json"):
        text = client.get(f"/de/netzwerk/multiplikatorinnen/{form}").content.decode()
        assert "geheim@example.org" not in text
        assert "intern" not in text.replace("international", "")


PAIRS = [
    ("/de/netzwerk/dienststellen/", "/en/network/departments/"),
    ("/de/netzwerk/multiplikatorinnen/", "/en/network/multipliers/"),
    ("/de/netzwerk/personen/", "/en/network/people/"),
    ("/de/netzwerk/partnerstaedte/", "/en/network/partner-cities/"),
    ("/de/programme/", "/en/programmes/"),
]


def many(count: int, start: int = 0) -> None:
    """Content of every kind, with all its relations."""
    topics = [hub_things.topic(f"t{n}", f"Thema {n}") for n in range(3)]
    group = hub_things.target_group()
    district = things.District.objects.filter(number=1).first()
    district = district or things.district(1, "Innere Stadt")
    for n in range(start, start + count):
        links = {"topics": topics, "target_groups": [group], "districts": [district]}
        home = things.organisation(f"ma-{n}", **links)
        things.multiplier(f"m-{n}", coverage="districts", **links)
        things.city(f"stadt-{n}").topics.set(topics)
        things.programme(f"p-{n}", kind="funding", funding_status="open")
        person = things.person(
            f"beispielperson-{n}", ("function", "profile", "languages"), **links
        )
        things.membership(person, home)


def facets_of(response) -> dict:
    return {
        facet.name: {option.code: option.count for option in facet.options}
        for facet in response.context["listing"].facets
    }


def test_lists_and_facets_are_equal_in_both_languages(client, network, programmes):
    many(3)
    things.organisation("nur-deutsch", name_en="", slug_en=None, summary_en=None)
    for german, english in PAIRS:
        de, en = client.get(german), client.get(english)
        assert de.context["total"] == en.context["total"] > 0
        assert facets_of(de) == facets_of(en)


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


DETAILS = [
    "/de/netzwerk/dienststellen/ma-0/",
    "/de/netzwerk/multiplikatorinnen/m-0/",
    "/de/netzwerk/personen/beispielperson-0/",
    "/de/netzwerk/partnerstaedte/stadt-0/",
    "/de/netzwerk/bezirke/bezirk-1/",
    "/de/programme/p-0/",
]


def test_queries_do_not_grow_with_the_content(client, network, programmes):
    paths = [*PATHS, *DETAILS]
    many(3)
    few = {path: queries(client, path) for path in paths}
    many(37, start=3)
    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) <= 40, few


def test_the_second_page_and_a_page_too_far(client, network):
    for n in range(25):
        things.multiplier(f"m-{n:02d}")
    path = "/de/netzwerk/multiplikatorinnen/"
    assert len(client.get(f"{path}?seite=2").context["entries"]) == 5
    assert client.get(f"{path}?seite=9").context["page_of_list"].number == 2


def test_districts_show_all_tiles_and_rows(client, network):
    for number in (1, 10, 23):
        things.district(
            number, f"Bezirk {number}", population=1000, population_year=2019
        )
    text = client.get("/de/netzwerk/bezirke/").content.decode()
    for number in (1, 10, 23):
        assert f'class="tile t{number}"' in text
        assert text.count(f"/de/netzwerk/bezirke/bezirk-{number}/") == 2


def test_a_district_names_its_newest_number_first(client, network):
    record = things.district(
        18,
        "Währing",
        population=51_000,
        population_year=2019,
        population_newer=52_000,
        population_newer_date=date(2024, 1, 1),
    )
    facts = client.get(record.get_url("de")).context["facts"]
    values = [fact.value for fact in facts if fact.term.startswith("Einwohner")]
    assert values == ["52.000", "51.000"]
