"""The frame of every page: languages, theme, navigation, first page, exports."""

from types import SimpleNamespace

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

import pytest

from hub import exports
from hub.models import AskPage, EasyIndexPage, StandardPage
from hub.sourcelist import readable
from tests.factories.casestudies import case, case_section
from tests.factories.hub import homes, section
from tests.factories.methods import method, method_section
from tests.factories.network import city, network_section, organisation


@pytest.fixture
def root(db):
    return homes()


def get(client, url="/de/", **kwargs):
    response = client.get(url, **kwargs)
    assert response.status_code == 200
    return response.content.decode()


def address(root, language="de"):
    return root[language].url


def test_first_page_shows_only_what_is_there(client, root):
    html = get(client, address(root))
    assert "Womit fangen Sie an?" not in html
    assert "In Wien ausprobiert" not in html
    for missing in ("Finder", "finder", "Vergleich", "Planen"):
        assert missing not in html


def test_first_page_is_put_together_from_the_subjects(client, root):
    network_section()
    organisation()
    city()
    method(method_section())
    case(case_section())
    html = get(client, address(root))
    for text in ("Ich plane", "Ich sehe nach", "Ich frage", "Coole Zone", "Cascais"):
        assert text in html
    assert html.index("Ich plane") < html.index("Ich sehe nach")
    english = get(client, address(root, "en"))
    for text in ("I am planning", "Coole Zone EN", "In the collection:"):
        assert text in english
    assert "Fallbeispiel" not in english


def test_examples_on_the_first_page_are_whole_searches(client, root):
    html = get(client, address(root))
    assert 'href="/de/suche/?q=Jugendliche%20im%20Park&amp;was=inhalte"' in html


def test_navigation_and_footer_are_what_editors_chose(client, root):
    shown = section(StandardPage, ("Über uns", "ueber-uns"), ("About", "about"))
    legal = section(StandardPage, ("Impressum", "impressum"), ("Imprint", "imprint"))
    for page in shown.values():
        type(page).objects.filter(pk=page.pk).update(show_in_menus=True)
    StandardPage.objects.filter(pk=legal["de"].pk).update(show_in_footer=True)
    html = get(client, shown["de"].url)
    navigation = html.split("Hauptnavigation", 1)[1].split("</nav>", 1)[0]
    assert 'aria-current="page">Über uns' in navigation
    assert "Impressum" not in navigation
    assert "Impressum" in html.split("<footer", 1)[1]
    assert "Imprint" not in html


def test_help_and_easy_language_stand_in_the_header(client, root):
    section(AskPage, ("Frage an das Büro", "frage"), ("Ask the office", "ask"))
    section(EasyIndexPage, ("Leicht Lesen", "leicht-lesen"), ("Easy Read", "easy-read"))
    bar = get(client, address(root)).split("site-util", 1)[1].split("site-head", 1)[0]
    assert "Hilfe" in bar
    assert "Leicht Lesen" in bar


def test_untranslated_page_says_so_and_shows_the_source(client, root):
    page = StandardPage(title="Nur deutsch", slug="nur", locale=root["de"].locale)
    root["de"].add_child(instance=page)
    html = get(client, page.url)
    assert "home page, this page has no translation yet" in html
    assert 'hreflang="en" href=' not in html


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [("dunkel", ' data-theme="dark"'), ("hell", ' data-theme="light"'), ("x", "")],
)
def test_theme_comes_from_the_cookie(client, root, cookie, expected):
    client.cookies["darstellung"] = cookie
    tag = get(client, address(root)).split("<html", 1)[1].split(">", 1)[0]
    assert tag == f' lang="de-AT"{expected}'


def test_choosing_a_theme_needs_a_post_and_leads_back(client, db):
    response = client.post(
        "/darstellung/", {"darstellung": "dunkel", "weiter": "/de/x/"}
    )
    assert (response.status_code, response["Location"]) == (303, "/de/x/")
    assert client.cookies["darstellung"].value == "dunkel"
    client.post("/darstellung/", {"darstellung": "automatisch"})
    assert client.cookies["darstellung"].value == ""
    assert client.get("/darstellung/").status_code == 405


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "\\\\x"])
def test_choosing_a_theme_never_leads_elsewhere(client, db, target):
    response = client.post("/darstellung/", {"weiter": target})
    assert response["Location"] == "/"


def test_first_page_costs_the_same_with_more_content(
    client, root, django_assert_num_queries
):
    methods, cases = method_section(), case_section()
    method(methods)
    case(cases)
    url = address(root)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    few = len(captured)
    for number in range(6):
        method(methods, f"methode-{number}")
        case(cases, f"fall-{number}")
    client.get(url)
    with django_assert_num_queries(few):
        client.get(url)
    assert few <= 45


def test_cells_of_a_table_never_run_as_formulas():
    response = exports.csv_response(
        "x", ["A"], [["=1+1"], ["@x"], [["a", "b"]], [None]]
    )
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines == ["A", "'=1+1", "'@x", '"a; b"', '""']


@pytest.mark.parametrize(("value", "expected"), [("csv", "csv"), ("exe", ""), ("", "")])
def test_unknown_output_is_ignored(value, expected):
    assert exports.wanted(RequestFactory().get("/", {"als": value})) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.wien.gv.at/", "wien.gv.at"),
        ("https://kurier.at/a/superblock-fuer-ottakring/4022", "kurier.at"),
        (
            "https://kurier.at/superblock-fuer-ottakring",
            "kurier.at: superblock fuer ottakring",
        ),
        ("https://xn--whring-bua.at/", "währing.at"),
        ("https://[kaputt", "https://[kaputt"),
        ("kein-link", "kein-link"),
    ],
)
def test_source_without_title_is_named_by_its_address(url, expected):
    assert readable(url) == expected


def test_sources_without_anything_to_show_are_left_out():
    from hub.sourcelist import source_list

    field = SimpleNamespace(choices=[("media", "Medien")])
    block = SimpleNamespace(child_blocks={"type": SimpleNamespace(field=field)})
    stream = [
        SimpleNamespace(value={"title": "", "url": "", "type": "media"}, block=block),
        SimpleNamespace(value={"title": "T", "url": "", "type": "media"}, block=block),
    ]
    assert [source["type_label"] for source in source_list(stream)] == ["Medien"]
