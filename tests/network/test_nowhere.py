"""Whoever may not be shown is nowhere: looked for in everything the site answers.

Two people are the same in all they have; one may be shown. Where that one's name stands,
the other's might have stood: that proves that there was something to find.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from wagtail.models import Locale

import pytest

from network.choices import FieldGroup
from network.models import Consent, Person
from network.privacy import consents
from search import maintenance
from search.engines import get_engine
from search.engines.base import SearchUnavailableError
from search.models import IndexChange
from tests.factories import casestudies as cases
from tests.factories import hub as hub_things
from tests.factories import methods
from tests.factories import network as things

pytestmark = pytest.mark.django_db

SHOWN, HIDDEN = "Beispielperson Sichtbar", "Beispielperson Verborgen"
GROUPS = tuple(FieldGroup.values)


def ended(person, **values):
    Consent.objects.filter(person=person).update(**values)


def never(person):
    Consent.objects.filter(person=person).delete()


def not_the_name(person):
    Consent.objects.filter(person=person, field_group="function").delete()


def withdrawn(person):
    consents.set_consents(person, [], way="Formular", explicit=False)


def expired(person):
    ended(person, expires_on=timezone.localdate() - timedelta(days=1))


def not_yet(person):
    ended(person, granted_on=timezone.localdate() + timedelta(days=1))


def unpublished(person):
    person.unpublish()


WAYS = [
    never,
    not_the_name,
    withdrawn,
    expired,
    not_yet,
    consents.hide,
    consents.object_to,
    unpublished,
]


def plant(root, slug, name):
    person = things.person(
        slug,
        GROUPS,
        name=name,
        is_demo=False,
        topics=[hub_things.topic("heat", "Hitze")],
        districts=[root["district"]],
        languages=["tr"],
        website=f"https://{slug}.example/",
        private_email=f"{slug}@example.org",
    )
    things.membership(person, root["office"], function="Moderation am Grätzl")
    things.involvement(root["case"], person, role="moderated")
    things.involvement(root["method"], person, role="applied")
    return person


@pytest.fixture
def site(settings, tmp_path):
    settings.SEARCH = settings.SEARCH | {"INDEX_DIR": tmp_path, "DRAIN": "worker"}
    settings.HUB_RATE_LIMITS = {}
    get_engine().close()
    network = things.network_section()
    root = {
        "network": network,
        "district": things.district(),
        "office": things.organisation("beispielstelle"),
        "case": cases.case(cases.case_section(), "platz"),
        "method": methods.method(methods.method_section(), "fragen"),
    }
    root["office"].topics.add(hub_things.topic("heat", "Hitze"))
    root["office"].save()
    root["shown"] = plant(root, "sichtbar", SHOWN)
    root["hidden"] = plant(root, "verborgen", HIDDEN)
    maintenance.rebuild()
    yield root
    get_engine().close()


def addresses(root):
    """Every kind of answer, in both languages."""
    english = root["case"].get_translation(Locale.objects.get(language_code="en"))
    yield from ("/sitemap.xml", "/robots.txt", "/", "/de/", "/en/")
    for part in ("netzwerk/", "netzwerk/personen/", "fallbeispiele/", "methoden/"):
        yield f"/de/{part}"
    for part in ("network/", "network/people/", "case-studies/", "methods/"):
        yield f"/en/{part}"
    for record in (root["office"], root["district"], root["shown"]):
        yield record.get_url("de")
        yield record.get_url("en")
    yield from (root["case"].url, english.url, root["method"].url)
    for form in ("csv", "json", "feed"):
        for path in ("fallbeispiele/", "methoden/", "netzwerk/dienststellen/"):
            yield f"/de/{path}?als={form}"
        yield f"/de/netzwerk/personen/?als={form}"
    for language in ("de", "en"):
        with translation.override(language):
            yield from searches()


def searches():
    """What the search answers in the active language."""
    page, suggest = reverse("search"), reverse("search_suggest")
    # The words of the name, but not the name: a page says again what was asked.
    whole = quote(" ".join(reversed(HIDDEN.split())))
    for form in ("csv", "json", "feed"):
        yield f"{page}?q={whole}&was=menschen&als={form}"
        yield f"{page}?q=Hitze&als={form}"
    for query in (whole, quote(SHOWN.split()[-1]), "verborgen.example", "Hitze"):
        yield f"{page}?q={query}"
        yield f"{page}?q={query}&was=menschen"
        yield f"{suggest}?q={query[:9]}"
        yield f"{suggest}?q={query}&form=opensearch"
        yield f"/de/netzwerk/?frage={query}"


def found(client, root, name):
    """Where a name stands, or a slug, website or address of its bearer."""
    slug = name.split()[-1].lower()
    texts = (name, f"{slug}.example/", f"{slug}@", f"personen/{slug}", f"people/{slug}")
    places = set()
    for url in addresses(root):
        response = client.get(url, follow=True)
        assert response.status_code in (200, 404), url
        answer = b"".join(response) if response.streaming else response.content
        if any(text in answer.decode() for text in texts):
            places.add(url)
    return places


def own_pages(client, person):
    return {
        client.get(f"{person.get_url(code)}{end}").status_code
        for code in ("de", "en")
        for end in ("", "kontakt/", "contact/", "visitenkarte/", "card/")
    }


def test_there_is_something_to_find(client, site):
    places = found(client, site, SHOWN)
    for url in ("/de/netzwerk/personen/", "/en/network/people/", site["case"].url):
        assert url in places
    assert any("suche" in url for url in places)
    # Machines get no lists of people; the list itself knows no other form than a page.
    forms = {url for url in places if "als=" in url and "personen/?" not in url}
    assert not forms | {url for url in places if "sitemap" in url}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_without_a_basis_nobody_is_anywhere(client, site, way):
    way(Person.objects.get(name=HIDDEN))
    call_command("search_index", "drain")
    assert found(client, site, HIDDEN) == set()
    assert own_pages(client, site["hidden"]) == {404}


@pytest.mark.parametrize("way", [withdrawn, consents.hide, expired])
def test_nobody_is_anywhere_while_the_index_is_down(client, site, way, monkeypatch):
    """The index still holds everything, and nobody can take it out."""

    def down(*_args, **_options):
        raise SearchUnavailableError("down")

    for part in get_engine().parts:
        monkeypatch.setattr(part, "write", down)
    way(Person.objects.get(name=HIDDEN))
    if way is not expired:
        assert IndexChange.objects.filter(is_removal=True).exists()
    assert found(client, site, HIDDEN) == set()


def test_a_department_shows_its_work_without_a_hint_at_the_person(client, site):
    withdrawn(site["hidden"])
    withdrawn(site["shown"])
    for code in ("de", "en"):
        text = client.get(site["office"].get_url(code)).content.decode()
        assert "Beispielperson" not in text
        assert "Moderation am Grätzl" not in text
