"""Every record answers at its address; old addresses lead on; gone ones say so."""

import pytest

from tests.factories import hub as hub_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

LISTS = [
    ("/de/netzwerk/", "/en/network/"),
    ("/de/netzwerk/dienststellen/", "/en/network/departments/"),
    ("/de/netzwerk/multiplikatorinnen/", "/en/network/multipliers/"),
    ("/de/netzwerk/personen/", "/en/network/people/"),
    ("/de/netzwerk/partnerstaedte/", "/en/network/partner-cities/"),
    ("/de/netzwerk/bezirke/", "/en/network/districts/"),
]


@pytest.mark.parametrize(("german", "english"), LISTS)
def test_lists_lead_to_each_other(client, network, german, english):
    for path, other in ((german, english), (english, german)):
        response = client.get(path)
        assert response.status_code == 200
        assert f'href="{other}"' in response.content.decode()


@pytest.mark.parametrize("path", [path for pair in LISTS[1:] for path in pair])
def test_words_of_the_other_language_are_no_route(client, network, path):
    word = path.rstrip("/").rsplit("/", 1)[1]
    other = "/en/network/" if path.startswith("/de/") else "/de/netzwerk/"
    assert client.get(f"{other}{word}/").status_code == 404


def records():
    district = things.district(18, "Währing")
    return [
        things.organisation("ma-18"),
        things.multiplier("jugendzentren", coverage="districts", districts=[district]),
        district,
        things.city("cascais"),
        things.person("beispielperson-a"),
    ]


def test_every_record_has_a_page_in_both_languages(client, network, programmes):
    for record in [*records(), things.programme("klimateam")]:
        for code, other in (("de", "en"), ("en", "de")):
            url = record.get_url(code)
            response = client.get(url)
            assert response.status_code == 200, url
            assert f'href="{record.get_url(other)}"' in response.content.decode()


def test_a_multiplier_has_one_address(client, network):
    record = things.multiplier("jugendzentren")
    response = client.get("/de/netzwerk/dienststellen/jugendzentren/")
    assert response.status_code == 301
    assert response["Location"] == record.get_url("de")


def test_an_old_slug_leads_on(client, network):
    record = things.organisation("ma-18")
    record.slug_de = "stadtplanung"
    record.save()
    response = client.get("/de/netzwerk/dienststellen/ma-18/")
    assert response.status_code == 301
    assert response["Location"] == "/de/netzwerk/dienststellen/stadtplanung/"


def test_the_slug_of_the_other_language_leads_on(client, network):
    things.organisation("ma-18")
    response = client.get("/en/network/departments/ma-18/")
    assert response.status_code == 301
    assert response["Location"] == "/en/network/departments/ma-18-en/"


def test_a_deleted_record_is_gone(client, network):
    things.organisation("ma-18").delete()
    for path in (
        "/de/netzwerk/dienststellen/ma-18/",
        "/en/network/departments/ma-18-en/",
    ):
        assert client.get(path).status_code == 410


def test_a_hidden_record_is_not_found(client, network):
    record = things.organisation("ma-18", live=False)
    assert client.get(record.get_url("de")).status_code == 404


def test_an_old_address_of_a_hidden_record_tells_nothing(client, network):
    record = things.organisation("ma-18")
    record.slug_de, record.live = "stadtplanung", False
    record.save()
    assert client.get("/de/netzwerk/dienststellen/ma-18/").status_code == 404


def test_a_succeeded_organisation_points_on(client, network):
    successor = things.organisation("ma-19")
    record = things.organisation("ma-18", successor=successor)
    page = client.get(record.get_url("de")).content.decode()
    assert "aufgegangen in" in page
    assert f'href="{successor.get_url("de")}"' in page
    listed = client.get("/de/netzwerk/dienststellen/").content.decode()
    assert record.get_url("de") not in listed
    assert successor.get_url("de") in listed


def test_an_easy_text_has_its_own_page(client, network):
    record = things.organisation("ma-18")
    hub_things.easy_text(record)
    page = client.get("/de/netzwerk/dienststellen/ma-18/leicht-lesen/")
    assert page.status_code == 200
    text = page.content.decode()
    assert 'lang="de-simple"' in text
    assert "Einfach erklärt" in text
    # The other language has none: its link leads to the record itself.
    assert f'href="{record.get_url("en")}"' in text
    assert client.get(f"{record.get_url('en')}easy-read/").status_code == 404
    assert "leicht-lesen/" in client.get(record.get_url("de")).content.decode()


def test_the_sitemap_knows_records_but_no_people(network, programmes):
    made = records()
    urls = [entry["location"] for entry in network["de"].get_sitemap_urls()]
    for record in made[:4]:
        assert any(url.endswith(record.get_url("de")) for url in urls)
    assert not any("beispielperson" in url for url in urls)
    assert not any("/personen/" in url for url in urls)


def test_the_sitemap_knows_nothing_invented(network):
    things.organisation("beispielstelle-probe", is_demo=True)
    urls = [entry["location"] for entry in network["de"].get_sitemap_urls()]
    assert not any("beispielstelle" in url for url in urls)


def test_a_renamed_section_redirects_everything_below_it(
    client, network, django_capture_on_commit_callbacks
):
    record = things.organisation("ma-18")
    page = network["de"]
    page.slug = "kontakte"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get("/de/netzwerk/dienststellen/ma-18/")
    assert response.status_code == 301
    assert response["Location"].endswith(record.get_url("de"))
    assert client.get(record.get_url("de")).status_code == 200


def test_an_unpublished_section_takes_the_links_with_it(client, network):
    record = things.organisation("ma-18")
    network["en"].unpublish()
    assert record.get_url("en") == ""
    assert [entry["language"] for entry in record.alternates] == ["de"]
