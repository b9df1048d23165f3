"""The Merkliste: an address says what is on it, and nothing hidden is told."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from hub.noted.reading import MOST
from network.choices import FieldGroup
from network.models import Consent
from tests.factories import casestudies as cases
from tests.factories import hub as make
from tests.factories import methods
from tests.factories import network as things

pytestmark = pytest.mark.django_db

GONE = "Dieser Eintrag ist nicht mehr verfügbar."


@pytest.fixture
def sections():
    things.network_section()
    things.programmes_section()
    return {"methods": methods.method_section(), "cases": cases.case_section()}


@pytest.fixture
def method(sections):
    return methods.method(sections["methods"])


def get(*references, language="de", **more):
    path = {"de": "/de/merkliste/", "en": "/en/shortlist/"}[language]
    return Client().get(path, {"m": [str(r) for r in references], **more})


def html(*references, **more):
    response = get(*references, **more)
    assert response.status_code == 200
    return unescape(response.content.decode())


def places(text):
    """What stands at each place of the list, without the number that tells them apart."""
    found = text.split('<ol class="entries">')[1].split("</ol>")[0]
    items = re.findall(r"<li data-ref=.*?</li>", found, re.DOTALL)
    return [re.sub(r"(?<=[a-z]-)\d+|(?<=Platz )\d+", "#", item) for item in items]


# What is on it ---------------------------------------------------------------------------


def test_every_kind_is_shown_in_the_order_of_the_address(sections, method):
    case = cases.case(sections["cases"], is_demo=True)
    records = [things.organisation(), things.city(), things.programme()]
    records += [things.district(), things.person()]
    references = [record.reference for record in [*records, case, method]]
    assert references[-2:] == [f"case-{case.pk}", f"method-{method.pk}"]
    text = html(*references)
    found = places(text)
    assert len(found) == len(references)
    names = ["MA-18", "Cascais", "Klimateam", "Währing", "Beispielperson A"]
    for name, item in zip([*names, "Coole Zone", "World Cafe"], found, strict=True):
        assert name in item
    assert [i for i, item in enumerate(found) if "Beispiel, erfunden" in item] == [4, 5]
    english = html(*references, language="en")
    for name in ("MA-18 EN", "World Cafe EN", "Coole Zone EN", "In short."):
        assert name in english
    assert "Kurztext world-cafe" not in english


def test_a_page_has_the_same_reference_in_both_languages(client, method):
    for address in ("/de/methoden/world-cafe/", "/en/methods/world-cafe-en/"):
        text = client.get(address).content.decode()
        assert f'data-note="method-{method.pk}"' in text
        assert f'?m=method-{method.pk}" rel="nofollow" data-note-link' in text


@pytest.mark.parametrize("kind", ["organisation", "person", "city", "programme"])
def test_records_can_be_noted_from_their_pages(client, sections, kind):
    record = getattr(things, kind)()
    for language in ("de", "en"):
        text = client.get(record.get_url(language)).content.decode()
        assert f'data-note="{kind}-{record.pk}"' in text


def test_what_was_merged_into_another_cannot_be_noted(client, sections):
    old = things.organisation("ma-1", successor=things.organisation("ma-2"))
    text = client.get(old.get_url("de")).content.decode()
    assert "data-note=" not in text
    assert GONE in html(old.reference)


def test_german_only_is_marked_for_readers_of_english(sections):
    root = sections["methods"]["de"]
    page = methods.MethodPage(
        title="Nur deutsch", slug="nur", summary="Kurz.", locale=root.locale
    )
    root.add_child(instance=page)
    text = html(page.reference, language="en")
    assert '<h2 lang="de"><a href="/de/methoden/nur/">Nur deutsch' in text
    assert '<p lang="de">Kurz.</p>' in text
    assert "in German only" in text
    alias = page.copy_for_translation(make.locales()["en"], alias=True)
    text = html(page.reference, language="en")
    assert f'href="{alias.url}"' in text
    assert "in German only" in text


def test_a_record_without_english_words_shows_the_german_ones(sections):
    city = things.city(name_en="", summary_en="")
    text = html(city.reference, language="en")
    assert '<h2 lang="de">' in text
    assert '<p lang="de">Über cascais.</p>' in text


def test_of_a_person_name_function_and_organisation_are_shown(sections):
    person = things.person(groups=tuple(FieldGroup.values), website="https://p.example")
    things.membership(person, things.organisation("ma-18"), "Moderation")
    (item,) = places(html(person.reference))
    assert "Moderation, MA-18" in item.replace("\u00a0", " ")
    for secret in ("Kurzprofil", "p.example", "ungeprüft"):
        assert secret not in item


# What is not there any more ----------------------------------------------------------------


def _hidden_things(sections):
    """One of each way not to be visible."""
    unpublished = methods.method(sections["methods"], "geheim-eins")
    unpublished.unpublish()
    restricted = methods.method(sections["methods"], "geheim-zwei")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    deleted = methods.method(sections["methods"], "geheim-drei")
    deleted_reference = deleted.reference
    deleted.delete()
    draft = things.organisation("geheim-vier", live=False)
    hidden = things.person("geheim-fuenf", hidden_since=date(2026, 1, 1))
    without_consent = things.person("geheim-sechs", groups=())
    ended = things.person("geheim-sieben")
    Consent.objects.filter(person=ended).update(withdrawn_on=date(2026, 1, 2))
    shown = [unpublished, restricted, draft, hidden, without_consent, ended]
    return [*(thing.reference for thing in shown), deleted_reference]


def test_nothing_tells_hidden_from_never_there(sections):
    references = _hidden_things(sections)
    text = html(*references, "method-999999", "person-999999")
    kinds = re.compile(r"(method|organisation|person)-#")
    found = {kinds.sub("kind-#", re.sub(r"\?m=[^\"]*", "", i)) for i in places(text)}
    assert len(found) == 1
    assert GONE in found.pop()
    assert "geheim" not in text.lower()
    english = html(*references, language="en")
    assert "geheim" not in english.lower()
    for form in ("md", "docx"):
        response = get(*references, als=form)
        assert response["Content-Type"].startswith("text/html")


# Whatever stands in the address ------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "m=",
        "m=method",
        "m=method--1&m=%00",
        "m=method-" + "9" * 18,
        "m=method-" + "9" * 400,
        "m=easy-1&m=term-1&m=page-1&m=nothing-1",
        "m=method-1%20OR%201",
        "m[]=method-1&n=x",
        "m=%F0%9F%98%80",
        "als=docx",
        "als=md&m=method-1",
        "als=csv",
        "dazu=",
        "dazu=http://[::1",
        "dazu=%00",
        "dazu=/de/&m=method-1",
        "dazu=" + "x" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["/de/merkliste/", "/en/shortlist/"])
def test_no_address_is_an_error(client, sections, path, query):
    assert client.get(f"{path}?{query}").status_code == 200


def test_remarks_say_what_was_not_read(method):
    reference = method.reference
    text = html(reference, "x", "term-1", reference)
    assert "2 Angaben in der Adresse sind keine Einträge" in text
    assert "Was in der Adresse mehrfach steht, zeigen wir nur einmal." in text
    assert len(places(text)) == 1
    assert "note--warn" not in html(reference)


def test_fifty_are_shown_and_the_rest_is_told(sections):
    text = html(*(f"method-{number}" for number in range(1, MOST + 3)))
    assert len(places(text)) == MOST == 50
    assert "2 weitere stehen in der Adresse" in text


def test_the_page_is_for_nobodys_cache_and_no_search_engine(method):
    for response in (get(), get(method.reference), get(method.reference, als="md")):
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in html()
    assert "merkliste" not in Client().get("/sitemap.xml").content.decode()
    assert Client().post("/de/merkliste/").status_code == 405


def test_without_entries_the_page_says_how_it_works(sections):
    text = html()
    assert "So funktioniert die Merkliste" in text
    assert "wir speichern nichts davon" in text
    assert "als=docx" not in text
    assert "entries" not in text.split("<main")[1].split("</main>")[0]


# Without a script ----------------------------------------------------------------------------


def test_an_entry_is_left_out_by_a_link(sections, method):
    city = things.city()
    text = html(method.reference, city.reference)
    without = re.findall(r'href="\?([^"]*)" data-noted-remove', text)
    assert without == [f"m={city.reference}", f"m={method.reference}"]


def test_a_page_comes_to_the_list_by_its_address(sections, method):
    person = things.person()
    for address in (
        f"https://irgendwo.example{person.get_url('de')}?x=1#y",
        person.get_url("en"),
    ):
        response = get(method.reference, dazu=address)
        expected = f"/de/merkliste/?m={method.reference}&m={person.reference}"
        assert (response.status_code, response["Location"]) == (302, expected)
    english = get(dazu="/en/methods/world-cafe-en/", language="en")
    assert english["Location"] == f"/en/shortlist/?m={method.reference}"
    Consent.objects.all().delete()
    for address in (person.get_url("de"), "/de/", "/de/gibt-es-nicht/", "xx"):
        assert "keine Seite, die man merken kann" in html(dazu=address)


def test_methods_can_be_compared_from_two_on(sections, method):
    others = [methods.method(sections["methods"], f"methode-{n}") for n in range(4)]
    assert "Methoden vergleichen" not in html(method.reference)
    text = html(method.reference, others[0].reference)
    pair = f"?m={method.reference}&m={others[0].reference}"
    assert f'href="/de/methoden/vergleich/{pair}"' in text
    text = html(*(page.reference for page in [*others, method]))
    assert "Die ersten vier Methoden vergleichen" in text


# What it costs -------------------------------------------------------------------------------


def test_twenty_entries_cost_what_two_of_each_kind_cost(sections):
    def fill(number):
        organisation = things.organisation(f"stelle-{number}")
        person = things.person(f"beispielperson-{number}")
        things.membership(person, organisation)
        return [
            methods.method(sections["methods"], f"methode-{number}"),
            cases.case(sections["cases"], f"fall-{number}"),
            organisation,
            person,
            things.city(f"stadt-{number}"),
        ]

    few = [thing.reference for number in range(2) for thing in fill(number)]
    many = few + [thing.reference for n in range(2, 10) for thing in fill(n)]
    for language in ("de", "en"):
        counts = []
        for references in (few, many):
            get(*references, language=language)
            with CaptureQueriesContext(connection) as captured:
                text = html(*references, language=language)
            counts.append(len(captured))
            assert len(places(text)) == len(references)
        assert counts[0] == counts[1], language
        assert counts[0] <= 22
