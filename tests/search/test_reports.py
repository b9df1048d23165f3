"""The editors' view: reports, one-step links, clicks, explanations, the public page."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import pytest

from hub.roles import EDITORS, NETWORK, REVIEWERS
from search import events
from search.explaining import explain_hits
from search.models import PromotedResult, SearchEvent, SynonymSet
from search.reports import Report, rows
from search.state import State
from tests.factories import hub as things
from tests.factories import network as parties

MOST = "/admin/suche/bericht/meistgesucht/"
EMPTY = "/admin/suche/bericht/ohne-ergebnis/"
EXPLAIN = "/admin/suche/erklaeren/"


@pytest.fixture(autouse=True)
def _no_clicks_of_other_tests():
    events._clicks.clear()


def searched(query, days, results=0, language="de", **values):
    """The same search once on each of so many days."""
    now = timezone.now()
    for day in range(days):
        SearchEvent.objects.create(
            query=query,
            language=language,
            result_count=results,
            created=now - timedelta(days=day),
            **values,
        )


@pytest.fixture
def as_role(db):
    call_command("setup_groups")

    def sign_in(role):
        user = get_user_model().objects.create_user(username=role or "niemand")
        if role:
            user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return sign_in


# Figures -----------------------------------------------------------------------------------


def test_only_what_was_asked_on_several_days(db):
    searched("schattenplan", 3)
    searched("einmal", 1)
    SearchEvent.objects.bulk_create(
        SearchEvent(query="am selben tag", language="de", result_count=0)
        for _ in range(9)
    )
    (row,) = rows(Report.EMPTY, 30)
    assert (row.query, row.searches, row.days) == ("schattenplan", 3, 3)


def test_names_addresses_and_numbers_never_show(db):
    searched("aurelia beispielperson", 3)
    searched("wer@example.org", 3)
    searched("0664 1234567", 3)
    assert len(rows(Report.MOST, 30)) == 1
    parties.person("aurelia", name="Beispielperson Aurelia")
    assert rows(Report.MOST, 30) == []


def test_filters_period_and_language(db):
    searched("mit filter", 2, filters={"thema": ["x"]})
    searched("ohne", 2)
    searched("english", 2, language="en")
    searched("gefunden", 2, results=4, clicked_rank=2)
    assert {row.query for row in rows(Report.EMPTY, 30)} == {"ohne", "english"}
    assert [row.query for row in rows(Report.EMPTY, 30, "en")] == ["english"]
    found = {row.query: row for row in rows(Report.MOST, 30)}
    assert found["gefunden"].click_share == 100
    assert found["gefunden"].mean_rank == 2
    assert found["ohne"].mean_rank is None
    SearchEvent.objects.update(created=timezone.now() - timedelta(days=40))
    assert rows(Report.MOST, 30) == []


# Pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [EDITORS, REVIEWERS, NETWORK])
def test_every_role_sees_reports_and_goes_on_in_one_step(as_role, role):
    searched("schattenplan", 2)
    client = as_role(role)
    page = client.get(EMPTY).content.decode()
    for text in (
        "schattenplan",
        "/admin/snippets/search/synonymset/add/?terms=schattenplan&amp;language=de",
        "/admin/snippets/search/promotedresult/add/?queries=schattenplan",
        "/de/suche/?q=schattenplan",
        "/admin/suche/erklaeren/?q=schattenplan&amp;sprache=de",
    ):
        assert text in page
    form = client.get("/admin/snippets/search/synonymset/add/?terms=schattenplan")
    assert ">\nschattenplan</textarea>" in form.content.decode()
    assert "suche/bericht/meistgesucht" in client.get("/admin/").content.decode()


def test_nobody_else_sees_searches(as_role, client):
    guest = as_role("")
    guest_user = get_user_model().objects.get(username="niemand")
    access = Permission.objects.get(codename="access_admin")
    for path in (MOST, EMPTY, EXPLAIN):
        assert client.get(path).status_code == 302
        assert guest.get(path).status_code in (302, 403)
    guest_user.user_permissions.add(access)
    for path in (MOST, EMPTY, EXPLAIN):  # may work in the admin, on something else
        response = guest.get(path)
        assert response.status_code == 302
        assert response.url == "/admin/"
    unknown = as_role(EDITORS).get("/admin/suche/bericht/nix/", follow=True)
    assert unknown.status_code == 404


def test_table_for_spreadsheets_runs_no_formula(as_role):
    searched("=1+1", 2)
    response = as_role(EDITORS).get(MOST, {"als": "csv", "tage": "x", "sprache": "fr"})
    table = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    header, row = list(table)
    assert header[0] == "Suchtext"
    assert row[0] == "'=1+1"


def test_number_of_queries_does_not_grow(as_role, django_assert_max_num_queries):
    for number in range(30):
        searched(f"wort{chr(97 + number % 26)}{number}", 2)
    client = as_role(EDITORS)
    client.get(MOST)
    with django_assert_max_num_queries(18):
        client.get(MOST)


def test_editors_write_synonyms_and_recommendations(as_role, site):
    client = as_role(EDITORS)
    client.post(
        "/admin/snippets/search/synonymset/add/",
        {"terms": "Fragerei\nBefragung", "language": "de", "is_active": "on"},
    )
    assert SynonymSet.objects.get().term_list == ("Fragerei", "Befragung")
    response = client.post(
        "/admin/snippets/search/synonymset/add/", {"terms": "Eins", "language": "de"}
    )
    assert "mindestens zwei verschiedene" in response.content.decode()
    path = "/admin/snippets/search/promotedresult/add/"
    wrong = {"queries": "Fest", "language": "de", "address": "/de/nix/"}
    page = client.post(path, wrong).content.decode()
    assert "steht nichts" in page
    assert "/de/nix/" in page
    client.post(path, {**wrong, "address": site.method.get_url()})
    row = PromotedResult.objects.get()
    assert (row.kind, row.title) == ("method", "Bürger*innenrat")
    edit = client.get(f"/admin/snippets/search/promotedresult/edit/{row.pk}/")
    assert "Empfohlen wird:" in edit.content.decode()


# Clicks ------------------------------------------------------------------------------------


def click(client, token, rank, **headers):
    data = {"seite": token, "platz": rank}
    return client.post("/de/suche/klick/", data, headers=headers)


def test_a_click_finds_its_search_and_only_once(client, db):
    token = events.record(State(query="Schulhof"), "de", 3)
    assert click(client, token, "2").status_code == 204
    events.flush()
    click(client, token, "1")
    events.flush()
    event = SearchEvent.objects.get()
    assert (event.clicked_rank, event.token) == (2, "")


def test_a_click_waits_for_a_search_that_is_written_later(db):
    events.record_click("spaeterspaeter", "4")
    events.flush()
    SearchEvent.objects.create(
        query="x", language="de", result_count=1, token="spaeterspaeter"
    )
    events.flush()
    assert SearchEvent.objects.get().clicked_rank == 4
    assert events._clicks == []


@pytest.mark.parametrize("rank", ["", "0", "-1", "1e9", "9" * 40, "²", "<x>"])
def test_odd_clicks_are_dropped(client, db, rank):
    token = events.record(State(query="Schulhof"), "de", 3)
    assert click(client, token, rank).status_code == 204
    events.flush()
    assert SearchEvent.objects.get().clicked_rank is None


def test_clicks_of_other_sites_and_by_get_do_nothing(client, db):
    token = events.record(State(query="Schulhof"), "de", 3)
    click(client, token, "1", sec_fetch_site="cross-site")
    assert client.get("/de/suche/klick/").status_code == 405
    events.flush()
    assert SearchEvent.objects.get().clicked_rank is None


def test_a_search_with_a_name_has_no_number(db):
    parties.person("aurelia", name="Beispielperson Aurelia")
    assert events.record(State(query="Aurelia"), "de", 1) == ""
    events.flush()
    assert not SearchEvent.objects.exists()


# Why is this hit here ----------------------------------------------------------------------


def test_explanation_names_words_synonyms_fields_and_weight(as_role, site):
    SynonymSet.objects.create(terms="Pausenhof\nSchulhof")
    found = explain_hits(State(query="Pausenhof"), "de")
    assert [hit.hit.title for hit in found.hits] == ["Neuer Schulhof"]
    (hit,) = found.hits
    assert hit.points > 0
    assert "title" in {reason.field for reason in hit.reasons}
    assert all(reason.points > 0 for reason in hit.reasons)
    client = as_role(EDITORS)
    page = client.get(EXPLAIN, {"q": "Pausenhof <b>", "sprache": "de"})
    text = page.content.decode()
    assert "Liste der Redaktion" in text
    assert "<b>" not in text.split("<h2>")[-1]
    text = client.get(EXPLAIN, {"q": "Schulhof"}).content.decode()
    assert "Enthält alle gesuchten Wörter selbst." in text
    for params in ({}, {"q": '"'}, {"q": "x" * 5000, "was": "?", "treffer": "a:b"}):
        assert client.get(EXPLAIN, params).status_code == 200
    page = client.get("/de/suche/", {"q": "Schulhof"}).content.decode()
    assert "Warum diese Treffer?" in page


# The public page ---------------------------------------------------------------------------


def test_public_page_says_the_figures_in_use(client, db):
    things.homes()
    page = client.get("/de/suche/wie-gereiht-wird/").content.decode()
    assert "Nach 90 Tagen wird alles gelöscht." in page
    assert "noindex" not in page
    page = client.get("/en/search/how-it-ranks/").content.decode()
    assert "After 90 days everything is deleted." in page
    assert "Wörter" not in page
