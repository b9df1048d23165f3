"""The result page beyond its hits: other forms of the list, orders, titles, ways on."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

from django.utils import timezone

import pytest

from search.analysis import get_analyser
from search.engines.base import Sort
from search.outbox import drain
from search.presenting import _pager
from search.state import State
from search.ways import parts_as_written
from tests.factories import network as parties

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def get(client, path="/de/suche/", **params):
    return client.get(path, params)


def text_of(response) -> str:
    plain = response.content.decode().replace("\u00ad", "")
    return re.sub(r"\s+", " ", plain)


# ---- the same list in other forms ------------------------------------------------


def test_table_data_and_feed_are_this_list_without_people(client, site):
    parties.organisation("moderation", name_de="=Moderation", name_en="Moderation")
    drain()
    asked = {"q": "Moderation", "was": "menschen"}
    page = text_of(get(client, **asked))
    assert "Aurelia" in page
    assert 'href="?q=Moderation&amp;was=menschen&amp;als=csv"' in page
    assert "nicht in Tabelle, Daten und Feed" in page
    assert '<link rel="alternate" type="application/atom+xml"' in page

    table = get(client, **asked, als="csv")
    assert table["Content-Type"].startswith("text/csv")
    assert "'=Moderation;Stelle oder Organisation" in table.content.decode()
    data = json.loads(get(client, **asked, als="json").content)["items"]
    assert [item["title"] for item in data] == ["=Moderation"]
    assert data[0]["url"].startswith("http://testserver/de/")
    feed = ET.fromstring(get(client, **asked, als="feed").content)
    assert [e.text for e in feed.iterfind(f"{ATOM}entry/{ATOM}title")] == [
        "=Moderation"
    ]
    alternate = feed.find(f"{ATOM}link[@rel='alternate']")
    assert alternate.get("href").endswith("/de/suche/?q=Moderation&was=menschen")
    for form in ("csv", "json", "feed"):
        response = get(client, **asked, als=form)
        assert "Aurelia" not in response.content.decode()
        assert response["X-Robots-Tag"] == "noindex"


def test_list_of_people_only_is_not_exported(client, site):
    asked = {"q": "Moderation", "was": "menschen", "art": "person"}
    page = text_of(get(client, **asked))
    assert "Aurelia" in page
    assert "als=csv" not in page
    assert json.loads(get(client, **asked, als="json").content) == {"items": []}


def test_exports_follow_filters_and_leave_out_what_waits_for_removal(client, site):
    def titles(**params):
        answer = get(client, als="json", **params)
        return [item["title"] for item in json.loads(answer.content)["items"]]

    assert titles() == []
    assert titles(bezirk="18") == ["Neuer Schulhof"]
    assert titles(art="method") == ["Bürger*innenrat"]
    assert "Neuer Schulhof" in titles(q="Schulhof")
    site.case.unpublish()
    assert titles(bezirk="18") == []


def test_every_export_answers_any_query(client, site):
    for query in ('"', "-", "a\x00b <b>", "wort " * 3000, "🌳", "=1+1"):
        for form in ("csv", "json", "feed"):
            assert get(client, q=query, als=form).status_code == 200
    assert "<html" in text_of(get(client, q="Schulhof", als="exe"))


def test_exports_have_a_limit_of_their_own(client, site, settings):
    settings.HUB_RATE_LIMITS = {"export": (1, 60)}
    assert get(client, q="Schulhof", als="json").status_code == 200
    assert get(client, q="Schulhof", als="json").status_code == 429
    assert get(client, q="Schulhof").status_code == 200


# ---- OpenSearch --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "path"), [("de", "/de/suche/"), ("en", "/en/search/")]
)
def test_description_of_the_search_for_browsers(client, site, language, path):
    page = text_of(client.get(path))
    link = re.search(r'<link rel="search" [^>]*href="([^"]+)"', page)[1]
    response = client.get(link)
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(response.content)
    assert root.find(f"{OPENSEARCH}Language").text == language
    assert len(root.find(f"{OPENSEARCH}ShortName").text) <= 16
    urls = {
        url.get("type"): url.get("template") for url in root.iter(f"{OPENSEARCH}Url")
    }
    assert urls["text/html"] == f"http://testserver{path}?q={{searchTerms}}"
    suggest = urls["application/x-suggestions+json"]
    answer = client.get(suggest.replace("{searchTerms}", "Schulhof"))
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert json.loads(answer.content)[0] == "Schulhof"


def test_browsers_get_titles_kinds_and_addresses_but_no_people(client, site):
    path = "/de/suche/vorschlaege/"
    asked = {"q": "Neuer", "form": "opensearch"}
    assert json.loads(get(client, path, **asked).content) == [
        "Neuer",
        ["Neuer Schulhof"],
        ["Fallbeispiele"],
        [f"http://testserver{site.case.url}"],
    ]
    assert "Aurelia" in get(client, path, q="Aurelia").content.decode()
    asked["q"] = "Aurelia"
    assert json.loads(get(client, path, **asked).content)[1] == []


# ---- orders, titles, tabs ----------------------------------------------------------


def test_orders_and_what_is_usual(client, site):
    page = text_of(get(client, q="Mobilität Schulhof"))
    sort = page.split('<div class="sort">')[1].split("</div>")[0]
    assert re.findall(r">([^<>]+)</a>", sort) == ["Passung", "Neueste", "A–Z"]
    assert 'href="?q=Mobilit%C3%A4t+Schulhof&amp;sort=a-z"' in sort
    assert State(query="x").url == "?q=x"
    assert State(query="x", sort=Sort.TITLE).url == "?q=x&sort=a-z"
    assert State(kind="case").sort is Sort.TITLE
    assert State(kind="case").url == "?art=case"
    assert State(kind="case", sort=Sort.NEWEST).url == "?art=case&sort=neueste"


def test_title_says_question_and_page(client, site, settings):
    settings.SEARCH = {**settings.SEARCH, "PAGE_SIZE": 1}
    page = text_of(get(client, q="Mobilität Schulhof", seite="2"))
    assert "<title>Suche: Mobilität Schulhof, Seite 2 – Drehscheibe</title>" in page
    assert "Suche nach „Mobilität Schulhof“</h1>" in page
    assert '<ol class="entries" start="2">' in page
    assert 'role="status"' in page


def test_a_gap_of_one_page_is_that_page():
    def numbers(page: int, pages: int) -> list[int]:
        return [link.number for link in _pager(State("x", page=page), pages, 10).links]

    assert numbers(1, 9) == [1, 2, 0, 9]
    assert numbers(4, 9) == [1, 2, 3, 4, 5, 0, 9]
    assert numbers(5, 9) == [1, 0, 4, 5, 6, 0, 9]
    assert numbers(6, 9) == [1, 0, 5, 6, 7, 8, 9]


def test_years_narrow(client, site):
    page = text_of(get(client, art="case", jahr=["2019", "x"]))
    assert "Neuer Schulhof" not in page
    page = text_of(get(client, art="case", jahr="2023"))
    assert "Neuer Schulhof" in page
    assert "Jahr: 2023" in page


# ---- ways on -----------------------------------------------------------------------


def test_fewer_words_and_the_other_group_are_offered(client, site):
    page = text_of(get(client, q='"Schulhof Zzyzzx"'))
    assert '<a href="?q=Schulhof">Schulhof</a> (1)' in page
    page = text_of(get(client, q="Bürgerrat", was="menschen"))
    assert "Bei Methoden und Fällen:" in page
    assert '<a href="?q=B%C3%BCrgerrat">' in page


def test_parts_of_a_long_word_as_written():
    def parts(word: str) -> list[str]:
        (token,) = get_analyser("de").query_tokens(word)
        return parts_as_written(token)

    assert parts("Hundezonenmoderation") == ["Hunde", "Zonen", "Moderation"]
    assert parts("schulhofgestaltung")[-1] == "gestaltung"
    assert parts("Park") == []


def test_another_name_shows_why_something_was_found(client, site):
    page = text_of(get(client, q="council"))
    assert "Auch bekannt als Citizens&#x27; <mark>council</mark>" in page


# ---- bounds ------------------------------------------------------------------------


def test_an_address_with_a_thousand_values_and_a_question(client, site):
    values = [str(number) for number in range(1000)]
    params = {"q": "Schulhof", "thema": values, "bezirk": ["18", *values]}
    response = client.get("/de/suche/", params)
    assert response.status_code == 200
    assert "Neuer Schulhof" in text_of(response)


@pytest.mark.parametrize(
    ("params", "most"),
    [
        ({"q": "Schulhof"}, 24),
        ({"q": "Schulhof", "was": "menschen"}, 18),
        ({"q": "Schulhof", "thema": "mobility", "bezirk": "18"}, 30),
        ({"q": "Zzyzzx Quaxquax"}, 14),
        ({}, 8),
    ],
    ids=["results", "people", "filters", "nothing", "start"],
)
def test_queries_of_each_state(
    client, site, django_assert_max_num_queries, params, most
):
    client.get("/de/suche/", params)
    with django_assert_max_num_queries(most):
        client.get("/de/suche/", params)


# ---- suggestions -------------------------------------------------------------------


def suggest(client, query: str, **params) -> list[dict]:
    response = client.get("/de/suche/vorschlaege/", {"q": query, **params})
    groups = json.loads(response.content)["groups"]
    return [item for group in groups for item in group["items"]]


def marked(item: dict, name: str = "title", marks: str = "marks") -> list[str]:
    return [item[name][start:end] for start, end in item[marks]]


def test_suggestions_mark_what_was_typed(client, site):
    assert marked(suggest(client, "bürg")[0]) == ["Bürg"]
    assert marked(suggest(client, "buergerr")[0]) == ["Bürger*innenr"]
    for typed in ("Bürger*i", "bürgerinn", "BürgerInnenra", "buergerinnenrat"):
        assert suggest(client, typed)[0]["title"] == "Bürger*innenrat", typed
    assert marked(suggest(client, "neuer schu")[0]) == ["Neuer", "Schu"]
    assert marked(suggest(client, "Schulhpf")[0]) == ["Schulhof"]


def test_suggestions_say_by_which_name_something_was_found(client, site):
    item = suggest(client, "council")[0]
    assert item["title"] == "Bürger*innenrat"
    assert item["marks"] == []
    assert item["also"] == "Citizens' council"
    assert marked(item, "also", "also_marks") == ["council"]


def test_suggestions_are_kept_by_the_browser_unless_they_name_people(client, site):
    path = "/de/suche/vorschlaege/"
    response = get(client, path, q="Schulhof")
    assert "private" in response["Cache-Control"]
    assert "max-age=60" in response["Cache-Control"]
    again = client.get(
        path, {"q": "Schulhof"}, headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304
    response = get(client, path, q="Aurelia")
    assert "no-cache" in response["Cache-Control"]
    assert "max-age" not in response["Cache-Control"]


def test_suggestions_ask_the_database_for_little(
    client, site, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        suggest(client, "Schulhof")
    with django_assert_max_num_queries(4):
        suggest(client, "Aurelia")


def test_people_without_consent_are_in_no_form_of_the_suggestions(client, site):
    assert suggest(client, "Aurelia")
    site.person.consents.update(withdrawn_on=timezone.localdate())
    path = "/de/suche/vorschlaege/"
    for params in ({}, {"form": "opensearch"}, {"was": "menschen"}):
        response = get(client, path, q="Aurel", **params)
        assert "Beispielperson" not in response.content.decode()
