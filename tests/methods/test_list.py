"""The list of methods: filters, orders, exports, and what they cost."""

import csv
import io
import json
import re
from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from tests.factories.hub import target_group
from tests.factories.methods import method, method_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return method_section()


@pytest.fixture
def three(root):
    youth = target_group()
    method(root, "world-cafe", levels=["consult", "involve"], effort="medium")
    method(
        root, "buergerrat", levels=["empower"], effort="high", group_size_min=100,
        group_size_max=None, lead_time_weeks_min=20, lead_time_weeks_max=30,
        target_groups=[youth],
    )  # fmt: skip
    method(root, "umfrage", levels=["consult"], formats=["online"], phases=["analyse"])
    return root


def titles(html):
    listed = html.split('<ol class="entries"', 1)[-1].split("</ol>", 1)[0]
    return re.findall(r"<h2><a [^>]*>([^<]+)</a>", listed)


def get(client, url="/de/methoden/"):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_all_methods_by_name(client, three):
    assert titles(get(client)) == ["Buergerrat", "Umfrage", "World Cafe"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stufe=consult", ["Umfrage", "World Cafe"]),
        ("stufe=consult&form=online", ["Umfrage"]),
        ("gruppe=150", ["Buergerrat"]),
        ("vorlauf=6", ["Umfrage", "World Cafe"]),
        ("zielgruppe=youth", ["Buergerrat"]),
        ("reihung=aufwand", ["Umfrage", "World Cafe", "Buergerrat"]),
        ("stufe=%00&form=%3Cb%3E&reihung=x&seite=999&gruppe=abc",
         ["Buergerrat", "Umfrage", "World Cafe"]),
    ],
)  # fmt: skip
def test_filters_and_orders(client, three, query, expected):
    assert titles(get(client, f"/de/methoden/?{query}")) == expected


def test_nothing_typed_is_reflected_unescaped(client, three):
    html = get(client, "/de/methoden/?reihung=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert(1)" not in html


def test_counts_are_equal_in_both_languages(client, three):
    numbers = r'value="(\w+)"[^>]*>.*?<span class="n">(\d+)'
    german = re.findall(numbers, get(client))
    english = re.findall(numbers, get(client, "/en/methods/"))
    assert german
    assert german == english


def test_english_list_is_english(client, three):
    html = get(client, "/en/methods/")
    assert titles(html) == ["Buergerrat EN", "Umfrage EN", "World Cafe EN"]
    for word in ("Anwenden", "Vorlauf", "Stufe", "Richtwerte", "Reihung"):
        assert word not in html


def test_empty_list_names_the_filters_to_drop(client, three):
    html = get(client, "/de/methoden/?stufe=empower&form=online")
    assert "Keine Methode passt zu allem." in html
    assert 'href="?form=online"' in html
    assert 'href="?stufe=empower"' in html


def test_private_and_unpublished_methods_are_in_no_list_and_no_export(client, three):
    private, hidden = method(three, "privat"), method(three, "entwurf")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hidden.unpublish()
    assert len(titles(get(client))) == 3
    assert "Privat" not in get(client, "/de/methoden/?als=json")
    assert "Entwurf" not in get(client, "/de/methoden/?als=csv")


def test_filtered_list_is_not_for_search_engines(client, three):
    assert 'content="noindex, follow"' in get(client, "/de/methoden/?stufe=consult")
    assert "noindex" not in get(client)


def test_json_holds_exactly_the_list(client, three):
    response = client.get("/de/methoden/?stufe=consult&als=json&seite=2")
    items = json.loads(response.content)["items"]
    assert [item["title"] for item in items] == ["Umfrage", "World Cafe"]
    assert items[0]["group_size"] == [10, 40]
    assert response["X-Robots-Tag"] == "noindex"


def test_csv_holds_exactly_the_list_and_no_formulas(client, three):
    method(three, "rechnung", title="=1+1", levels=["consult"])
    response = client.get("/de/methoden/?stufe=consult&als=csv")
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows] == ["Methode", "'=1+1", "Umfrage", "World Cafe"]


def test_feed_is_atom_with_full_addresses(client, three):
    response = client.get("/de/methoden/?als=feed")
    feed = ElementTree.fromstring(response.content)
    atom = "{http://www.w3.org/2005/Atom}"
    links = [
        entry.find(f"{atom}link").get("href") for entry in feed.iter(f"{atom}entry")
    ]
    assert len(links) == 3
    assert all(link.startswith("http://testserver/de/methoden/") for link in links)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(url)
    return len(captured)


def test_number_of_queries_does_not_grow(client, three):
    few = queries(client, "/de/methoden/?stufe=consult")
    for number in range(15):
        method(three, f"methode-{number}", target_groups=[target_group()])
    assert queries(client, "/de/methoden/?stufe=consult") == few
    assert few <= 30
