"""The page of a method: guide values, practice from cases, people with reasons."""

import json
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from tests.factories.casestudies import case, case_section, use
from tests.factories.hub import easy_text
from tests.factories.methods import method, method_section
from tests.factories.network import involvement, network_section, organisation

pytestmark = pytest.mark.django_db

STEP = {
    "type": "step",
    "id": "5d3c0d2e-0000-4000-8000-000000000001",
    "value": {"title": "Auftakt (rund 3 Stunden)", "text": "Beginnen.", "when": ""},
}
URL = "/de/methoden/world-cafe/"


@pytest.fixture
def page():
    network_section()
    return method(
        method_section(),
        steps=json.dumps([STEP]),
        session_minutes_min=120,
        session_minutes_max=180,
    )


@pytest.fixture
def cases():
    return case_section()


def get(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_guide_values_are_marked_as_such(client, page):
    html = get(client)
    assert "10–40 Personen" in html
    assert "2–3 Stunden" in html
    assert html.count('<span class="guide">Richtwert</span>') >= 4
    assert "Stufe 2 von 5, reicht bis Einbeziehen" in html


def test_time_in_the_title_of_a_step_stands_beside_it(client, page):
    assert 'Auftakt<span class="when">rund 3 Stunden</span>' in get(client)


def test_without_cases_it_says_that_there_are_no_figures(client, page):
    html = get(client)
    assert "noch keine Zahlen" in html
    assert "Fallbeispiele mit dieser Methode" not in html


def test_figures_come_from_own_use_only(client, page, cases):
    use(case(cases, "eins", participants=30), page)
    use(case(cases, "zwei", participants=120), page)
    use(case(cases, "geerbt", participants=9999), page, is_inherited=True)
    use(case(cases, "erfunden", participants=8888, is_demo=True), page)
    html = get(client)
    assert "30–120" in html
    assert "9.999" not in html
    assert "8.888" not in html
    assert "noch keine Zahlen" not in html
    assert "aus der Runde" in html


def test_uses_of_hidden_cases_do_not_show(client, page, cases):
    hidden = case(cases, "geheim", participants=30)
    use(hidden, page)
    hidden.unpublish()
    assert "Geheim" not in get(client)


def test_who_can_help_says_why_and_never_by_mere_duty_for_a_case(client, page, cases):
    found = case(cases, "coole-zone")
    use(found, page)
    involvement(found, organisation("ma-20", name_de="Energieplanung"))
    duty = organisation("ma-46", name_de="Verkehr")
    involvement(found, duty, basis="responsibility", role="")
    html = get(client)
    assert "Energieplanung" in html
    said = r"<b>Beleg:</b> hat 2024\s+<a [^>]*>Coole Zone</a>\s+geleitet"
    assert re.search(said, html)
    assert "Verkehr" not in html


def test_invented_people_and_cases_come_last_and_are_marked(client, page, cases):
    invented = case(cases, "aaa-erfunden", is_demo=True)
    real = case(cases, "zzz-echt")
    for found in (invented, real):
        use(found, page)
    involvement(invented, organisation("aaa", name_de="Beispielstelle", is_demo=True))
    involvement(real, organisation("zzz", name_de="Zuständige Stelle"))
    html = get(client)
    assert html.index("Zuständige Stelle") < html.index("Beispielstelle")
    assert html.index("Zzz Echt") < html.index("Aaa Erfunden")
    assert html.count("Beispiel, erfunden") == 2


def test_without_anyone_the_office_remains(client, page):
    from hub.models import AskPage
    from tests.factories.hub import section

    section(AskPage, ("Frage an das Büro", "frage"), ("Ask the office", "ask"))
    html = get(client)
    assert "noch niemand mit Erfahrung" in html
    assert "Geht an:" in html


def test_easy_text_has_its_own_language_and_says_whether_it_was_checked(client, page):
    easy_text(page)
    html = get(client)
    assert 'lang="de-simple"' in html
    assert "Einfach erklärt" in html
    assert "noch nicht geprüft" in html


def test_no_section_without_content(client, page):
    html = get(client)
    for heading in ("Stärken und Grenzen", "Team und Material", "Herkunft und Quellen"):
        assert heading not in html
    assert not re.search(
        r"<h[23][^>]*>[^<]*</h[23]>\s*(<h2|</div>\s*<div class=\"flow)", html
    )


def test_english_page_is_english(client, page):
    html = get(client, "/en/methods/world-cafe-en/")
    body = html.split("<main", 1)[1].split("</main>", 1)[0]
    for word in ("Richtwert", "Personen", "Wochen", "Stufe", "Zahlen", "Kosten"):
        assert word not in body


def test_language_switch_and_hreflang_lead_to_the_same_page(client, page):
    html = get(client)
    assert 'href="/en/methods/world-cafe-en/" lang="en" hreflang="en"' in html
    assert (
        'hreflang="x-default" href="http://testserver/de/methoden/world-cafe/"' in html
    )


def test_number_of_queries_does_not_grow(client, page, cases):
    def count():
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    def more(name):
        found = case(cases, name, participants=10)
        use(found, page)
        involvement(found, organisation(f"ma-{name}"))

    more("a")
    few = count()
    for name in "bcdefgh":
        more(name)
    assert count() == few
    assert few <= 40
