"""What answers outside of pages: language, robots, sitemap, health, theme, errors."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction, Site

import pytest

from hub import errors, health, hostname, sites
from hub.models import AskPage, StandardPage
from hub.sites import MOST, site_of
from search.models import IndexChange
from tests.factories import hub as make

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def homes():
    return make.homes()


def text_page(parent, title, slug, **values):
    return parent.add_child(instance=StandardPage(title=title, slug=slug, **values))


# ---- the way in ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,it;q=0.8", "de"),
        ("", "de"),
        ("\x00*;q=,,%", "de"),
    ],
)
def test_root_leads_to_the_language_of_the_browser(client, homes, accepts, language):
    response = client.get("/", headers={"accept-language": accepts})
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert "Accept-Language" in response["Vary"]


# ---- robots and sitemap -----------------------------------------------------------------


def test_robots_leave_out_search_filters_and_admin(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    for line in ("Disallow: /admin/", "Disallow: /*?", "Allow: /*?seite="):
        assert line in lines
    assert "Disallow: /de/suche/" in lines
    assert "Disallow: /en/search/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def read_sitemap(client):
    """Address → language → address."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    found = {}
    for url in ET.fromstring(response.content).iter(f"{SITEMAP}url"):
        others = {
            link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")
        }
        found[url.findtext(f"{SITEMAP}loc")] = others
    return found


def test_sitemap_names_every_page_in_both_languages(client):
    ask = make.section(AskPage, ("Frage", "frage"), ("Ask", "ask"))
    found = read_sitemap(client)
    german, english = ask["de"].full_url, ask["en"].full_url
    both = {"de": german, "en": english, "x-default": german}
    assert found[german] == found[english] == both
    assert german.endswith("/de/frage/")
    assert english.endswith("/en/ask/")


def test_sitemap_leaves_out_what_is_not_for_everybody(client, homes):
    alias_source = text_page(homes["de"], "Nur Deutsch", "nur-deutsch")
    alias_source.copy_for_translation(homes["en"].locale, alias=True)
    draft = text_page(homes["de"], "Entwurf", "entwurf", live=False)
    hidden = text_page(homes["de"], "Intern", "intern")
    text_page(hidden, "Darunter", "darunter")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    found = read_sitemap(client)
    urls = " ".join(found)
    assert alias_source.full_url in found
    assert "en" not in found[alias_source.full_url]
    assert "/en/nur-deutsch" not in urls
    assert draft.slug not in urls
    assert "/intern/" not in urls


def test_sitemap_needs_as_many_queries_for_many_pages(client, homes):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read_sitemap(client)
        return len(queries)

    text_page(homes["de"], "Seite", "seite-0")
    read_sitemap(client)
    few = count()
    for number in range(1, 12):
        text_page(homes["de"], "Seite", f"seite-{number}")
    assert count() == few


# ---- health --------------------------------------------------------------------------------


def test_healthz_asks_no_database(client):
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/healthz")
    assert response.content == b"ok\n"
    assert not queries.captured_queries
    assert "Set-Cookie" not in response.headers


def test_readyz_names_what_is_missing(client, settings, tmp_path):
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path}
    response = client.get("/readyz")
    assert response.status_code == 503
    problems = response.json()["problems"]
    assert "search_index rebuild" in problems["search.index"]
    assert "hub.database" not in problems


def test_readyz_is_content_with_an_index_and_a_young_outbox(client, settings, tmp_path):
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path}
    call_command("search_index", "rebuild")
    assert client.get("/readyz").json() == {"ready": True, "problems": {}}
    old = timezone.now() - timedelta(hours=2)
    IndexChange.objects.create(kind="method", object_id=1, created=old)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "120 minutes" in response.json()["problems"]["search.outbox"]


def test_a_check_that_raises_is_a_problem(monkeypatch):
    def broken():
        raise RuntimeError("secret")

    monkeypatch.setattr(health, "declared", lambda *names: {"x.y": broken})
    assert health.problems() == {"x.y": "RuntimeError"}


# ---- theme ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "theme"), [("dunkel", "dark"), ("hell", "light")])
def test_theme_is_kept_for_a_year(client, homes, choice, theme):
    response = client.post(
        "/darstellung/", {"darstellung": choice, "weiter": "/de/?x=1"}
    )
    assert response["Location"] == "/de/?x=1"
    cookie = response.cookies["darstellung"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    page = client.get("/de/")
    assert f'data-theme="{theme}"' in page.content.decode()
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"],
)
def test_theme_leads_to_no_other_site(client, target):
    response = client.post("/darstellung/", {"darstellung": "hell", "weiter": target})
    assert response["Location"] == "/"


def test_unknown_theme_is_forgotten(client, homes):
    client.cookies["darstellung"] = '"><script>'
    assert "data-theme" not in client.get("/de/").content.decode()
    client.post("/darstellung/", {"darstellung": "rosa"})
    assert client.cookies["darstellung"].value == ""


# ---- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/de/methoden/planungs-zelle/", "de-AT", "Diese Seite gibt es nicht"),
        ("/en/methods/planning-cell/", "en-GB", "This page does not exist"),
    ],
)
def test_missing_page_helps_in_its_language(client, homes, path, language, title):
    response = client.get(path)
    text = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}"' in text
    assert title in text
    assert 'rel="alternate"' not in text
    assert text.count('name="robots"') == 1
    assert "no-store" in response["Cache-Control"]


def test_missing_page_offers_a_search_for_its_words(client, homes):
    text = client.get("/de/methoden/planungs-zelle/").content.decode()
    assert "?q=planungs%20zelle" in text


def test_missing_page_offers_the_office(client):
    make.section(AskPage, ("Frage", "frage"), ("Ask", "ask"))
    text = client.get("/de/gibt-es-nicht/").content.decode()
    assert 'href="/de/frage/?seite=/de/gibt-es-nicht/"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/de/%00/",
        "/de/<script>alert(1)</script>/",
        "/de/" + "x" * 3000 + "/",
        "/de/%F0%9F%99%82/",
        "/de/%E2%80%AEabc/",
        "/de/a%0d%0aSet-Cookie:x=1/",
        "/xx/nichts/",
        "/de//de/",
    ],
)
def test_odd_addresses_are_plain_404(client, homes, path):
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/de/methoden/welt-cafe/", "welt cafe"),
        ("/de/methoden/welt_cafe.html", "welt cafe"),
        ("/de/", ""),
        ("/de/123/", ""),
        ("/de/" + "x" * 200, ""),
        ("/de/%C3%A4mter/", "ämter"),
    ],
)
def test_words_of_an_address(path, words):
    assert errors.words_of(path) == words


def test_gone_says_so(client, homes, monkeypatch):
    def serve(self, request, *args, **kwargs):
        raise errors.Gone

    monkeypatch.setattr(StandardPage, "serve", serve)
    text_page(homes["de"], "Weg", "weg")
    response = client.get("/de/weg/")
    assert response.status_code == 410
    assert "Diese Seite gibt es nicht mehr" in response.content.decode()


def test_server_error_needs_no_database():
    request = RequestFactory().get("/en/anything/")
    with CaptureQueriesContext(connection) as queries:
        response = errors.server_error(request)
    assert response.status_code == 500
    assert not queries.captured_queries
    assert "Something went wrong" in response.content.decode()


def test_error_of_a_view_is_answered_by_the_page(homes, monkeypatch):
    def serve(self, request, *args, **kwargs):
        raise RuntimeError("details that nobody should see")

    monkeypatch.setattr(StandardPage, "serve", serve)
    text_page(homes["de"], "Kaputt", "kaputt")
    response = Client(raise_request_exception=False).get("/de/kaputt/")
    assert response.status_code == 500
    assert "details" not in response.content.decode()


def test_even_a_broken_error_page_is_answered(monkeypatch):
    def render(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(errors.loader, "render_to_string", render)
    assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_favicon_leads_to_the_mark(client):
    response = client.get("/favicon.ico")
    assert response["Location"].endswith(".svg")


# ---- the site's address ------------------------------------------------------------------------


def test_site_follows_the_address_of_the_settings(homes):
    with override_settings(WAGTAILADMIN_BASE_URL="https://drehscheibe.test"):
        hostname.follow()
    assert (
        Page.objects.get(pk=homes["de"].pk).full_url == "https://drehscheibe.test/de/"
    )


def test_missing_page_helps_in_development_too(client, homes, settings):
    settings.DEBUG = True
    text = client.get("/de/gibt-es-nicht/").content.decode()
    assert "Diese Seite gibt es nicht" in text
    assert "URLconf" not in text


def test_a_new_site_and_a_changed_one_are_known_at_once(rf, homes):
    request = rf.get("/", headers={"host": "anders.example"})
    default = Site.objects.get(is_default_site=True)
    assert site_of(request) == default
    own = Site.objects.create(hostname="anders.example", root_page=default.root_page)
    assert site_of(request) == own
    own.delete()
    assert site_of(request) == default


def test_made_up_hosts_do_not_fill_the_memory(rf, homes):
    for number in range(2 * MOST):
        request = rf.get("/", headers={"host": f"h{number}.example"})
        assert site_of(request) is not None
    assert len(sites._sites.get()) <= MOST
