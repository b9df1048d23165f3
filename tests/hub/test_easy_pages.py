"""Easy texts: on a page of their own, and all of them on one."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from hub.models import StandardPage
from tests.factories import hub as hub_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    roots = hub_things.homes()
    page = StandardPage(title="Über uns", slug="ueber-uns", locale=roots["de"].locale)
    roots["de"].add_child(instance=page)
    hub_things.translation_of(page, title="About us", slug="about-us")
    return page


def test_a_page_without_easy_text_has_no_route(client, page):
    assert client.get("/de/ueber-uns/").status_code == 200
    assert client.get("/de/ueber-uns/leicht-lesen/").status_code == 404


def test_the_easy_text_of_a_page(client, page):
    hub_things.easy_text(page)
    html = client.get("/de/ueber-uns/leicht-lesen/").content.decode()
    assert 'lang="de-simple"' in html
    assert "<p>Das ist ein Satz.</p>" in html
    assert 'href="/de/ueber-uns/"' in html
    assert "Einfach erklärt" in html


def test_only_a_checked_text_is_called_so(client, page):
    hub_things.easy_text(
        page, checked_on=date(2026, 5, 1), checked_by="Lesegruppe Beispiel"
    )
    html = client.get("/de/ueber-uns/leicht-lesen/").content.decode()
    assert '<p class="eyebrow">Leicht Lesen</p>' in html
    assert "Lesegruppe Beispiel" in html


def test_each_language_has_its_own_word(client, page):
    hub_things.easy_text(page, "en", title="In easy words")
    assert client.get("/en/about-us/easy-read/").status_code == 200
    assert client.get("/en/about-us/leicht-lesen/").status_code == 404
    assert client.get("/de/ueber-uns/leicht-lesen/").status_code == 404


def test_a_text_that_is_not_public_stays_hidden(client, page):
    hub_things.easy_text(page, is_public=False)
    assert client.get("/de/ueber-uns/leicht-lesen/").status_code == 404


def test_the_landing_page_lists_what_can_be_read(client, page):
    hub_things.easy_section()
    things.network_section()
    record = things.organisation("ma-18")
    hidden = things.organisation("ma-19", live=False)
    hub_things.easy_text(page, title="Text zur Seite")
    hub_things.easy_text(record, title="Text zur Stelle")
    hub_things.easy_text(hidden, title="Text im Verborgenen")
    hub_things.easy_text(record, "en", title="Text in English")
    html = client.get("/de/leicht-lesen/").content.decode()
    assert 'href="/de/ueber-uns/leicht-lesen/"' in html
    assert f'href="{record.get_url("de")}leicht-lesen/"' in html
    assert "Text im Verborgenen" not in html
    assert "Text in English" not in html
    english = client.get("/en/easy-read/").content.decode()
    assert f'href="{record.get_url("en")}easy-read/"' in english


def test_the_sitemap_knows_easy_texts(page):
    section = hub_things.easy_section()["de"]
    hub_things.easy_text(page)
    urls = [entry["location"] for entry in section.get_sitemap_urls()]
    assert any(url.endswith("/de/ueber-uns/leicht-lesen/") for url in urls)


def test_more_texts_take_no_more_queries(client, page):
    hub_things.easy_section()
    things.network_section()
    sizes = []
    for start in (0, 5):
        for n in range(start, start + 5):
            hub_things.easy_text(things.organisation(f"ma-{n}"), title=f"Text {n}")
        client.get("/de/leicht-lesen/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/de/leicht-lesen/")
        sizes.append(len(captured))
    assert sizes[0] == sizes[1]
