"""Nothing of a person is public without a basis."""

from datetime import date, timedelta

from django.utils import timezone

import pytest

from network.choices import FieldGroup
from tests.factories import hub as hub_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

ALL = tuple(FieldGroup.values)


def full_person(groups):
    record = things.person(
        "beispielperson-a",
        groups,
        topics=[hub_things.topic("heat", "Hitze im Bezirk")],
        languages=["tr"],
        website="https://beispiel.example/ich",
    )
    things.membership(record, things.organisation("beispielstelle", is_demo=True))
    return record


WHAT = {
    FieldGroup.FUNCTION: "Moderation",
    FieldGroup.PROFILE: "Kurzprofil von beispielperson-a",
    FieldGroup.LANGUAGES: "Türkisch",
    FieldGroup.WEBSITE: "beispiel.example/ich",
}


@pytest.mark.parametrize("missing", [g for g in WHAT if g != FieldGroup.FUNCTION])
def test_a_group_without_consent_is_not_shown(client, network, missing):
    record = full_person(tuple(group for group in ALL if group != missing))
    page = client.get(record.get_url("de")).content.decode()
    for group, text in WHAT.items():
        assert (text in page) is (group != missing), group


def test_without_the_first_consent_there_is_no_person(client, network):
    record = full_person(tuple(group for group in ALL if group != FieldGroup.FUNCTION))
    assert client.get(record.get_url("de")).status_code == 404
    for path in ("personen/", "dienststellen/beispielstelle/"):
        page = client.get(f"/de/netzwerk/{path}").content.decode()
        assert record.name not in page


@pytest.mark.parametrize(
    "ended",
    [
        {"withdrawn_on": date(2026, 2, 1)},
        {"expires_on": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_a_consent_that_ended_hides_at_once(client, network, ended):
    record = full_person(())
    things.consent(record, FieldGroup.FUNCTION, **ended)
    assert client.get(record.get_url("de")).status_code == 404


def test_what_is_not_shown_cannot_be_filtered(client, network):
    full_person((FieldGroup.FUNCTION,))
    facets = client.get("/de/netzwerk/personen/").context["listing"].facets
    assert facets == []
    filtered = client.get("/de/netzwerk/personen/?thema=heat&sprache=tr")
    assert filtered.context["page_of_list"].count == 0


def test_people_are_not_for_search_engines_or_shared_caches(client, network):
    record = full_person(ALL)
    response = client.get(record.get_url("de"))
    assert 'content="noindex' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    listed = client.get("/de/netzwerk/personen/").content.decode()
    assert 'content="noindex' in listed
    assert record.name in listed


def test_an_invented_person_is_marked(client, network):
    record = full_person(ALL)
    for path in (record.get_url("de"), "/de/netzwerk/personen/"):
        assert "tag--example" in client.get(path).content.decode()
