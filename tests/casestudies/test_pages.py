"""List, page and process page of cases: what is public, what is inherited, what it costs."""

import csv
import io
import json
import re
import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from casestudies.models import ProcessElement
from tests.factories.casestudies import case, case_section, round_record, use
from tests.factories.hub import topic
from tests.factories.methods import method, method_section
from tests.factories.network import district, involvement, network_section, organisation

pytestmark = pytest.mark.django_db

URL = "/de/fallbeispiele/coole-zone/"


def blocks(kind, *values):
    return json.dumps(
        [{"type": kind, "id": str(uuid.uuid4()), "value": value} for value in values]
    )


@pytest.fixture
def root():
    network_section()
    return case_section()


def get(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def titles(html):
    listed = html.split('<ol class="entries"', 1)[-1].split("</ol>", 1)[0]
    return re.findall(r"<h2><a [^>]*>([^<]+)</a>", listed)


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


@pytest.fixture
def two(root):
    record = round_record()
    case(root, "alt", year_from=2022, districts=[district(11, "Simmering")])
    case(
        root,
        "neu",
        year_from=2024,
        round=record,
        districts=[district()],
        topics=[topic()],
        status="running",
    )
    return root


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Neu", "Alt"]),
        ("bezirk=18", ["Neu"]),
        ("bezirk=18&bezirk=11", ["Neu", "Alt"]),
        ("runde=2023", ["Neu"]),
        ("thema=mobility", ["Neu"]),
        ("stand=completed", ["Alt"]),
        ("reihung=name", ["Alt", "Neu"]),
        ("bezirk=99&stand=x&seite=-3", ["Neu", "Alt"]),
    ],
)
def test_filters_and_orders(client, two, query, expected):
    assert titles(get(client, f"/de/fallbeispiele/?{query}")) == expected


def test_invented_cases_are_marked_and_in_no_export(client, two):
    case(two, "beispielfall", is_demo=True, year_from=2026)
    html = get(client, "/de/fallbeispiele/")
    assert "Beispiel, erfunden" in html
    assert "davon 1 erfunden" in html
    assert titles(html)[-1] == "Beispielfall"
    items = json.loads(client.get("/de/fallbeispiele/?als=json").content)["items"]
    assert [item["title"] for item in items] == ["Neu", "Alt"]
    assert 'content="noindex"' in get(client, "/de/fallbeispiele/beispielfall/")


def test_csv_of_this_list(client, two):
    text = client.get("/de/fallbeispiele/?bezirk=18&als=csv").content
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Fallbeispiel", "Neu"]
    assert rows[1][2] == "18. Währing"


def test_list_costs_the_same_with_more_cases(client, two):
    few = count_queries(client, "/de/fallbeispiele/")
    for number in range(8):
        case(two, f"fall-{number}", topics=[topic()])
    assert count_queries(client, "/de/fallbeispiele/") == few
    assert few <= 30


def test_only_complete_commitments_and_public_lessons_show(client, root):
    whole = {
        "what": "Der Raum öffnet.",
        "by_whom": "Bezirk",
        "promised_on": "2023-11-18",
        "source": "https://example.org/",
        "status": "kept",
        "due": None,
    }
    case(
        root,
        "coole-zone",
        commitments=blocks(
            "commitment", whole, whole | {"what": "Ohne Quelle.", "source": ""}
        ),
        lessons=blocks(
            "lesson",
            {"kind": "worked", "text": "Früh da sein.", "is_public": True},
            {"kind": "worked", "text": "Nur für uns.", "is_public": False},
        ),
    )
    html = get(client)
    assert "Der Raum öffnet." in html
    assert "eingelöst" in html
    assert "Früh da sein." in html
    assert "Ohne Quelle." not in html
    assert "Nur für uns." not in html


def test_methods_of_the_round_are_marked(client, root):
    record = round_record()
    methods = method_section()
    story = case(root, "klimateam-2023", kind="round", round=record)
    found = case(root, "coole-zone", round=record)
    own, inherited = method(methods, "umfrage"), method(methods, "jury")
    use(found, own, note_de="Im Park gefragt.")
    use(found, inherited, is_inherited=True)
    use(story, inherited)
    html = get(client)
    assert html.index("Umfrage") < html.index("Jury")
    assert html.count("aus der Runde") == 1
    assert "Dazu kamen in der Runde:" in html
    assert 'href="/de/fallbeispiele/klimateam-2023/"' in html
    round_html = get(client, "/de/fallbeispiele/klimateam-2023/")
    assert "aus der Runde" not in round_html
    assert "Projekte aus diesem Durchgang" in round_html
    assert "Coole Zone" in round_html


def test_being_in_charge_is_never_taking_part(client, root):
    found = case(root, "coole-zone")
    duty = organisation("ma-46", name_de="Verkehr", responsibilities_de="Ampeln")
    involvement(found, duty, basis="responsibility", role="")
    html = get(client)
    assert "Wer war dabei?</h2>" not in html
    assert "<b>Zuständig für:</b> Ampeln" in html
    involvement(found, organisation("ma-20", name_de="Energie"))
    html = get(client)
    assert "Wer war dabei?</h2>" in html
    assert re.search(r"<b>Beleg:</b> hat geleitet\s*, 2024", html)
    assert "Zuständig für das Thema" in html


def test_unknown_stays_unsaid(client, root):
    case(root, "coole-zone", status="unknown", status_documented=False)
    html = get(client)
    assert "Wie verbindlich?" not in html
    assert "Wer hat entschieden?" not in html
    assert "Öffentliche Quellen sagen seither nichts mehr dazu." in html
    for heading in ("Zahlen</h2>", "Quellen</h2>", "Was geschah</h2>"):
        assert heading not in html


def test_editorial_note_is_never_public(client, root):
    case(root, "coole-zone", editorial_note="Bitte beim Bezirk nachfragen")
    assert "nachfragen" not in get(client)
    assert "nachfragen" not in get(client, "/de/fallbeispiele/?als=json")


def test_english_page_is_english(client, root):
    case(root, "coole-zone", districts=[district()], participants=20)
    body = get(client, "/en/case-studies/coole-zone-en/").split("<main", 1)[1]
    for word in (
        "Bezirk",
        "abgeschlossen",
        "Teilnehmende",
        "Zahlen",
        "Quelle",
        "Stand",
    ):
        assert word not in body
    assert "District 18, Währing" in body


def test_page_costs_the_same_with_more_links(client, root):
    methods, record = method_section(), round_record()
    found = case(root, "coole-zone", topics=[topic()], round=record)

    def more(name):
        use(found, method(methods, f"methode-{name}"))
        involvement(found, organisation(f"ma-{name}"))
        case(root, f"fall-{name}", topics=[topic()], round=record)

    more("a")
    few = count_queries(client, URL)
    for name in "bcde":
        more(name)
    assert count_queries(client, URL) == few
    assert few <= 60


def test_process_page_in_both_languages(client, root):
    ProcessElement.objects.create(
        code="ideen",
        kind="phase",
        name_de="Ideen sammeln",
        name_en="Collect ideas",
        what_de="Alle reichen ein.",
        what_en="Everyone submits.",
    )
    html = get(client, "/de/fallbeispiele/klimateam/")
    assert "Ideen sammeln" in html
    assert 'href="/en/case-studies/klimateam/" lang="en"' in html
    english = get(client, "/en/case-studies/klimateam/")
    assert "Everyone submits." in english
    assert "Alle reichen ein." not in english


def test_the_source_of_a_status_has_the_name_from_the_list_of_sources(client, root):
    url = "https://blatt.example/wien/ein-platz-wird-kuehl-1"
    source = {"title": "Das Blatt", "url": url, "type": "media"}
    case(root, "coole-zone", status_source=url, sources=blocks("source", source))
    html = get(client)
    assert f'<a href="{url}" rel="external">Das Blatt</a>' in html
    assert "ein platz wird kuehl" not in html


def test_a_source_without_a_name_is_named_by_its_address(client, root):
    url = "https://blatt.example/wien/ein-platz-wird-kuehl-1"
    case(root, "coole-zone", status_source=url)
    assert "blatt.example: ein platz wird kuehl" in get(client)
