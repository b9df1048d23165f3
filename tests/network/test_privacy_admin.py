"""Inviting, deciding, and looking for names in the admin."""

from __future__ import annotations

import json
import uuid

from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Locale

import pytest

from hub.models import User
from hub.roles import EDITORS, NETWORK
from network.models import ChangeRequest, Consent, Invitation, NamesFound, Person
from network.privacy import admin, names, wishes
from tests.factories import casestudies as cases
from tests.factories import network as things

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path):
    settings.HUB_TOMBSTONES = str(tmp_path / "tombstones.jsonl")


@pytest.fixture
def login(client, network):
    call_command("setup_groups", verbosity=0)

    def _login(role):
        user = User.objects.create_user(role, f"{role}@example.org", "x")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return _login


@pytest.fixture
def person(network):
    return things.person(
        "beispielperson-a",
        (),
        private_email="a@example.org",
        is_demo=False,
        is_adult=True,
        live=False,
    )


def typed(person, *consents, **values):
    """The form of a person as a browser sends it."""
    data = {
        "name": person.name,
        "capacity": "external",
        "is_adult": "on",
        "verification": "unverified",
        "sources-count": "0",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
        "memberships-MIN_NUM_FORMS": "0",
        "memberships-MAX_NUM_FORMS": "1000",
        "consents-TOTAL_FORMS": str(len(consents)),
        "consents-INITIAL_FORMS": "0",
        "consents-MIN_NUM_FORMS": "0",
        "consents-MAX_NUM_FORMS": "1000",
        "action-publish": "1",
    }
    for number, consent in enumerate(consents):
        row = {
            "field_group": "function",
            "legal_basis": "consent",
            "granted_on": timezone.localdate().isoformat(),
            "wording_version": "1",
            "way": "Brief",
            **consent,
        }
        data |= {f"consents-{number}-{name}": text for name, text in row.items()}
    return data | values


def test_the_form_keeps_to_the_matrix(login, person):
    url = admin.person_url(person)
    client = login(NETWORK)
    refused = client.post(url, typed(person, {"legal_basis": "office"}))
    assert "ist keine Grundlage" in refused.content.decode()
    assert not Consent.objects.exists()
    under_age = client.post(url, typed(person, {}, is_adult=""))
    assert "mindestens 18" in under_age.content.decode()
    assert not Consent.objects.exists()
    response = client.post(url, typed(person, {}))
    assert response.status_code == 302
    assert Consent.objects.get().expires_on
    assert Person.objects.visible().exists()
    # The same basis holds for the head of a department, typed at the same time.
    office = typed(person, {"legal_basis": "office"}, capacity="head")
    assert client.post(url, office).status_code == 302


def test_a_person_is_invited(login, person, django_capture_on_commit_callbacks):
    client = login(NETWORK)
    form = client.get(admin.person_url(person)).content.decode()
    url = reverse("network_invite", args=[person.pk])
    assert url in form
    assert "Kurzprofil von beispielperson-a" in client.get(url).content.decode()
    assert not Invitation.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"sprache": "en"})
    assert Invitation.objects.get().language == "en"
    assert mail.outbox[0].to == ["a@example.org"]
    form = client.get(admin.person_url(person)).content.decode()
    assert "noch nicht geantwortet" in form


@pytest.mark.parametrize("change", [{"private_email": ""}, {"is_demo": True}])
def test_who_cannot_be_invited(login, person, change):
    Person.objects.filter(pk=person.pk).update(**change)
    client = login(NETWORK)
    client.post(reverse("network_invite", args=[person.pk]))
    assert not Invitation.objects.exists()


def test_wishes_are_accepted_or_not(login, person, django_capture_on_commit_callbacks):
    client = login(NETWORK)
    wishes.ask(person, {"bio_de": "<b>Neu</b>", "note": "Andere Stelle"}, "de")
    lists = client.get(reverse("network_wishes")).content.decode()
    assert str(person) in lists
    url = reverse("network_wish", args=[ChangeRequest.objects.get().pk])
    page = client.get(url).content.decode()
    assert "Kurzprofil von beispielperson-a" in page
    assert "&lt;b&gt;Neu" in page
    client.post(url, {"ablehnen": "1", "grund": "Bitte kürzer."})
    assert Person.objects.get().bio_de.startswith("Kurzprofil")
    assert "Bitte kürzer." in mail.outbox[0].body
    assert client.get(url).status_code == 302  # somebody has decided

    wishes.ask(person, {"bio_de": "Neu"}, "de")
    url = reverse("network_wish", args=[ChangeRequest.objects.get().pk])
    client.post(url, {"annehmen": "1"})
    assert Person.objects.get().bio_de == "Neu"


def test_only_who_keeps_people_sees_these_pages(login, person):
    client = login(EDITORS)
    wishes.ask(person, {"bio_de": "Neu"}, "de")
    pk = ChangeRequest.objects.get().pk
    for url in (
        reverse("network_wishes"),
        reverse("network_wish", args=[pk]),
        reverse("network_invite", args=[person.pk]),
        reverse("network_occurrences"),
    ):
        assert client.get(url).status_code == 302
        assert client.post(url, {"annehmen": "1"}).status_code == 302
    assert ChangeRequest.objects.exists()
    assert not Invitation.objects.exists()


def case_with(text):
    root = cases.case_section()
    page = cases.case(root, "platz", summary=text)
    page.story = json.dumps(
        [
            {
                "type": "paragraph",
                "value": f"<p>Noch einmal: {text}</p>",
                "id": str(uuid.uuid4()),
            }
        ]
    )
    page.save_revision().publish()
    return page


def test_objecting_finds_every_occurrence(login, person):
    page = case_with("Moderiert von Beispielperson A.")
    things.organisation("ma-18", summary_en="Ask Beispielperson A.")
    client = login(NETWORK)
    # Whoever may edit pages gets there with one click.
    User.objects.update(is_superuser=True)
    url = reverse("network_occurrences")
    for query in (f"?person={person.pk}", "?name=beispielperson+a"):
        text = client.get(url + query).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
        assert "Noch einmal: Moderiert von" in text
        assert "MA-18" in text
    assert client.get(f"{url}?person=x&name=").status_code == 200
    assert "in keinem Text" in client.get(f"{url}?name=Niemand").content.decode()


# Names in free text -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Moderiert hat Frau Beispiel.", ["Beispiel"]),
        ("Es sprach Dr. Anna Beispiel aus Graz.", ["Anna Beispiel"]),
        ("Mag.a Ute Muster leitete.", ["Ute Muster"]),
        ("Bezirksvorsteherin Eva Beispiel sagt ja.", ["Eva Beispiel"]),
        ("Projektleiter Max Muster erzählt.", ["Max Muster"]),
        ("Herr von Beispiel kam.", []),
        ("We asked Ms. Muster.", ["Muster"]),
        ("Am Dr.-Karl-Renner-Ring", []),
        ("Dr. Karl Renner Ring", []),
        ("Der Karl-Seitz-Hof und die Anna-Boschek-Gasse", []),
        ("Die Wiener Wohnen hilft in Favoriten und Ober St. Veit.", []),
        ("Die Stadt Wien, Abteilung Energieplanung", []),
        ("Frau und Beruf", []),
        ("Die Leiterin der Abteilung kam.", []),
        ("Mo bis Fr, DI Montag", []),
        ("Beispielperson A war dabei.", ["Beispielperson A"]),
    ],
)
def test_probable_names(person, text, found):
    assert names.names_in(text) == found


def test_organisations_are_no_people(network):
    things.organisation("ma-18", name_de="Institut Muster Beispiel")
    assert names.names_in("Sprecher Muster Beispiel") == []


def test_a_name_warns_and_never_stops(login):
    client = login(EDITORS)
    page = case_with("Es half Frau Beispiel.")
    assert NamesFound.objects.get(page_id=page.pk).names == ["Beispiel"]
    url = reverse("network_names")
    assert "Beispiel" in client.get(url).content.decode()
    client.post(url, {"seite": str(NamesFound.objects.get(page_id=page.pk).pk)})
    assert not NamesFound.objects.filter(is_open=True).exists()
    assert names.new_on(page) == []
    # Another name on the same page is another question.
    page.summary = "Es half Frau Muster."
    page.save_revision().publish()
    assert NamesFound.objects.get(page_id=page.pk).is_open
    assert names.new_on(page) == ["Muster"]


def test_translations_and_imports_are_looked_through(network):
    page = case_with("Ohne Namen.")
    english = page.get_translation(Locale.objects.get(language_code="en"))
    english.summary = "Ms. Muster helped."
    english.save()
    NamesFound.objects.all().delete()
    call_command("tick", "network.names")
    assert NamesFound.objects.get(is_open=True).page_id == english.pk
