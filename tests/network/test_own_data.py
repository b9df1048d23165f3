"""Invitation and self-service: nothing is shown before a yes, everything after a no."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

import pytest

from hub import signed_links
from hub.contact import traps
from hub.models import SignedLink
from network.choices import FieldGroup
from network.models import (
    ChangeRequest,
    Consent,
    Invitation,
    Organisation,
    Person,
    Tombstone,
)
from network.privacy import consents, invitations, letters, tick, wishes, wording
from tests.factories import hub as hub_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

MAIL = "a@example.org"
ASK, ENTRY = "/de/netzwerk/meine-daten/", "/de/netzwerk/meine-daten/eintrag/"


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path):
    settings.HUB_TOMBSTONES = str(tmp_path / "tombstones.jsonl")


@pytest.fixture
def draft(network):
    """Somebody an editor has entered, and whom nobody has asked yet."""
    hub_things.topic("heat", "Hitze")
    person = things.person(
        "beispielperson-a", (), private_email=MAIL, is_demo=False, live=False
    )
    things.membership(person, things.organisation("ma-18"))
    return person


@pytest.fixture
def shown(network):
    """Somebody who is shown, with everything."""
    person = things.person(
        "beispielperson-a", (), private_email=MAIL, is_demo=False, is_adult=True
    )
    things.membership(person, things.organisation("ma-18"))
    consents.set_consents(person, FieldGroup.values, way="Formular", explicit=False)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def link_in(message):
    found = re.search(r"https?://[^/\s]+(/\S+/[0-9a-f]{48}/)", message.body)
    return found[1]


def invited(person, commit, language="de"):
    with commit():
        invitations.invite(person, None, language)
    return link_in(mail.outbox[-1])


def answer(**values):
    return {
        "tun": "zustimmen",
        "name": "Beispielperson A",
        "bio_de": "Neues Kurzprofil",
        "topics": ["heat"],
        "languages": ["tr"],
        "agree_function": "on",
        "adult": "on",
        **values,
    }


def typed(**values):
    moment = timezone.now().timestamp() - 60
    stamp = signing.dumps(moment, salt=traps._SALT)
    return {"email": MAIL, "geoeffnet": stamp, "homepage": "", **values}


def opened(client, person):
    """A browser in which the mailed link was used."""
    subject = signed_links.subject_of(person)
    token = signed_links.issue(letters.OWN_DATA, subject, days=1)
    response = client.post(f"{ASK}link/{token}/")
    assert response["Location"] == ENTRY
    return client


def is_public(client, person):
    url = person.get_url("de")
    return client.get(url).status_code == 200


# ---- invitation ------------------------------------------------------------------------------


def test_looking_at_an_invitation_shows_and_changes_nothing(client, draft, commit):
    url = invited(draft, commit)
    for _time in range(3):  # programs open every link of a mail
        response = client.get(url)
        text = response.content.decode()
        assert "Kurzprofil von beispielperson-a" in text
        assert "MA-18" in text
        assert not re.search(r'name="agree_[^>]*checked', text)
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert not Consent.objects.exists()
    assert not is_public(client, draft)
    assert Invitation.objects.get().answered_at is None


def test_only_what_was_agreed_to_is_shown(client, draft, commit):
    url = invited(draft, commit)
    with commit():
        response = client.post(url, answer(agree_languages="on"))
    assert response.status_code == 200
    person = Person.objects.get()
    assert person.bio_de == "Neues Kurzprofil"
    page = client.get(person.get_url("de")).content.decode()
    assert "Türkisch" in page
    assert "Neues Kurzprofil" not in page
    assert "Hitze" not in page
    rows = Consent.objects.all()
    assert {row.field_group for row in rows} == {"function", "languages"}
    for row in rows:
        assert row.wording_version == wording.VERSION
        assert row.way == wording.BY_INVITATION
        assert row.granted_on == timezone.localdate()
        assert row.expires_on == row.granted_on + timedelta(days=730)
    # The office hears of it, without any of the data.
    assert "Beispielperson" not in mail.outbox[-1].body
    # The link is used up.
    assert client.get(url).status_code == 410
    assert client.post(url, answer()).status_code == 410


def test_an_english_invitation_is_english(client, draft, commit):
    url = invited(draft, commit, "en")
    assert url.startswith("/en/network/invitation/")
    assert "Drehscheibe" in mail.outbox[-1].subject
    assert "Möchten" not in mail.outbox[-1].subject
    text = client.get(url).content.decode()
    assert "I am at least 18 years old" in text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"adult": ""}, "adult"),
        ({"agree_function": "", "agree_profile": "on"}, "agree_function"),
        ({"name": ""}, "name"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"topics": ["unknown"]}, "topics"),
    ],
)
def test_a_mistake_uses_no_link_up(client, draft, commit, values, field):
    url = invited(draft, commit)
    response = client.post(url, answer(**values))
    assert field in response.context["form"].errors
    assert "Neues Kurzprofil" in response.content.decode()
    assert not Consent.objects.exists()
    assert client.get(url).status_code == 200


def test_saying_no_leaves_a_hash_and_nothing_else(client, draft, commit):
    url = invited(draft, commit)
    with commit():
        text = client.post(url, {"tun": "ablehnen"}).content.decode()
    assert "gelöscht" in text
    assert not Person.objects.exists()
    assert not Invitation.objects.exists()
    with pytest.raises(ValidationError):
        Person(name="Jemand", private_email=MAIL).clean()


def test_ticking_nothing_is_asked_about(client, draft, commit):
    url = invited(draft, commit)
    response = client.post(url, {"tun": "zustimmen", "name": "Beispielperson A"})
    assert "Sie haben nichts angekreuzt" in response.content.decode()
    assert Person.objects.exists()


def test_a_sensitive_affiliation_takes_an_explicit_yes(client, draft, commit):
    Organisation.objects.update(is_sensitive=True)
    url = invited(draft, commit)
    assert "Religion" in client.get(url).content.decode()
    client.post(url, answer())
    person = Person.objects.get()
    assert "MA-18" not in client.get(person.get_url("de")).content.decode()
    organisation = Organisation.objects.get().get_url("de")
    assert person.name not in client.get(organisation).content.decode()

    opened(client, person).post(
        ENTRY,
        {"tun": "zustimmen", "agree_function": "on", "adult": "on", "explicit": "on"},
    )
    assert "MA-18" in client.get(person.get_url("de")).content.decode()
    assert person.name in client.get(organisation).content.decode()
    client.post(ENTRY, {"tun": "zustimmen", "agree_function": "on", "adult": "on"})
    assert "MA-18" not in client.get(person.get_url("de")).content.decode()


def test_one_reminder_then_the_draft_goes(client, draft, commit):
    first = invited(draft, commit)
    row = Invitation.objects.get()

    def after(days):
        moment = timezone.now() - timedelta(days=days)
        Invitation.objects.filter(pk=row.pk).update(sent_at=moment)
        return tick.invited()

    assert after(13) == "0 sent, 0 reminded, 0 deleted"
    assert after(15) == "0 sent, 1 reminded, 0 deleted"
    assert after(16) == "0 sent, 0 reminded, 0 deleted"
    assert len(mail.outbox) == 2
    second = link_in(mail.outbox[-1])
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    with commit():
        assert after(31) == "0 sent, 0 reminded, 1 deleted"
    assert not Person.objects.exists()
    assert not SignedLink.objects.filter(used_at=None).exists()
    assert {row.why for row in Tombstone.objects.all()} == {"unanswered"}
    assert after(31) == "0 sent, 0 reminded, 0 deleted"


def test_an_invitation_that_could_not_be_mailed_is_tried_again(draft, commit, settings):
    usual, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "tests.hub.mailboxes.RefusingBackend",
    )
    with commit():
        invitations.invite(draft, None, "de")
    assert Invitation.objects.get().sent_at is None
    settings.EMAIL_BACKEND = usual
    call_command("tick", "network.invitations")
    assert Invitation.objects.get().sent_at
    assert len(mail.outbox) == 1


# ---- the link ----------------------------------------------------------------------------------


def test_nobody_learns_who_has_an_entry(client, shown, commit):
    pages = []
    for address in (MAIL, "nobody@example.org"):
        with commit():
            pages.append(client.post(ASK, typed(email=address)).content.decode())
    clean = [re.sub(r'(csrf\S+" value=|nonce=)"[^"]*"', "", page) for page in pages]
    assert clean[0] == clean[1]
    known, unknown = mail.outbox
    assert link_in(known)
    assert unknown.to == ["nobody@example.org"]
    assert not re.search("[0-9a-f]{48}", unknown.body)


def test_links_are_asked_for_a_few_times_only(client, shown, commit):
    for _time in range(3):
        assert client.post(ASK, typed()).status_code == 200
    response = client.post(ASK, typed())
    assert response.status_code == 429
    assert MAIL in response.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"homepage": "x"},
        {"geoeffnet": "x"},
        {"email": "x"},
        {"email": f"{MAIL}\nBcc: b"},
    ],
)
def test_machines_and_mistakes_get_no_mail(client, shown, commit, values):
    with commit():
        response = client.post(ASK, typed(**values))
    assert response.context["form"].errors
    assert mail.outbox == []


def test_opening_a_link_takes_a_button(client, shown, commit):
    with commit():
        client.post(ASK, typed())
    url = link_in(mail.outbox[0])
    for _time in range(3):
        assert client.get(url).status_code == 200
    assert client.get(ENTRY).status_code == 403
    assert client.post(url)["Location"] == ENTRY
    assert shown.name in client.get(ENTRY).content.decode()
    again = client.post(url)
    assert again.status_code == 410
    assert "schon geschehen" in again.content.decode()


def test_other_links_open_nothing(client, shown):
    other = things.person("beispielperson-b", (), private_email="b@example.org")
    subject = signed_links.subject_of(shown)
    expired = signed_links.issue(letters.OWN_DATA, subject, days=-1)
    altered = signed_links.issue(letters.OWN_DATA, subject, days=1)[:-1] + "x"
    foreign = signed_links.issue(letters.INVITATION, subject, days=1)
    thing = signed_links.issue(letters.OWN_DATA, "network.organisation:1", days=1)
    for token in (expired, altered, foreign, thing, "x"):
        for ask in (client.get, client.post):
            assert ask(f"{ASK}link/{token}/").status_code in (404, 410)
    assert client.get(ENTRY).status_code == 403
    # The link of one person opens the entry of this person.
    page = opened(client, other).get(ENTRY).content.decode()
    assert other.name in page
    assert shown.name not in page


def test_the_door_closes_by_itself(client, shown, settings, monkeypatch):
    opened(client, shown)
    now = timezone.now().timestamp()
    monkeypatch.setattr("network.privacy.keys.time.time", lambda: now + 31 * 60)
    assert client.get(ENTRY).status_code == 403
    assert client.post(ENTRY, {"tun": "verbergen"}).status_code == 403
    assert client.get(f"{ENTRY}?als=json").status_code == 403


# ---- acting ------------------------------------------------------------------------------------


def test_taking_back_a_consent_acts_at_once(client, shown):
    opened(client, shown)
    client.post(ENTRY, {"tun": "zustimmen", "agree_function": "on", "adult": "on"})
    assert Person.objects.get().allowed_groups() == {"function"}
    client.post(ENTRY, {"tun": "zustimmen"})
    assert not is_public(client, shown)
    assert Consent.objects.filter(withdrawn_on=None).count() == 0


def test_hiding_and_showing_again(client, shown):
    opened(client, shown)
    client.post(ENTRY, {"tun": "verbergen"})
    assert not is_public(client, shown)
    assert shown.name not in client.get("/de/netzwerk/personen/").content.decode()
    client.post(ENTRY, {"tun": "zeigen"})
    assert is_public(client, shown)


def test_objecting_is_final(client, shown):
    opened(client, shown)
    client.post(ENTRY, {"tun": "widersprechen"})
    client.post(ENTRY, {"tun": "zeigen"})
    assert not is_public(client, shown)
    person = Person.objects.get()
    person.capacity = "head"
    office = Consent(
        person=person,
        field_group="function",
        legal_basis="office",
        granted_on=timezone.localdate(),
    )
    with pytest.raises(ValidationError):
        office.clean()


def test_an_older_draft_brings_nothing_back(client, shown):
    """Publishing what an editor had begun before must not undo what somebody ended."""
    revision = Person.objects.get().save_revision()
    opened(client, shown)
    client.post(ENTRY, {"tun": "zustimmen"})
    client.post(ENTRY, {"tun": "verbergen"})
    revision.publish()
    assert not is_public(client, shown)
    client.post(ENTRY, {"tun": "zeigen"})
    assert not is_public(client, shown)
    # What the person gave meanwhile stays given.
    client.post(ENTRY, {"tun": "zustimmen", "agree_function": "on", "adult": "on"})
    revision.publish()
    assert is_public(client, shown)


def test_corrections_wait_for_review(client, shown):
    opened(client, shown)
    response = client.post(
        ENTRY,
        {"tun": "berichtigen", "name": "Beispielperson Neu", "note": "Andere Stelle"},
    )
    assert response.status_code == 303
    assert Person.objects.get().name == shown.name
    wish = ChangeRequest.objects.get()
    assert {d.label for d in wishes.differences(wish)} >= {"Name"}
    page = client.get(ENTRY).content.decode()
    assert "Beispielperson Neu" in page
    wishes.accept(wish, None)
    person = Person.objects.get()
    assert person.name == "Beispielperson Neu"
    assert person.slug_de == "beispielperson-neu"
    assert client.get("/de/netzwerk/personen/beispielperson-a/").status_code == 404
    assert is_public(client, person)
    assert not ChangeRequest.objects.exists()


def test_nothing_changed_is_no_wish(client, shown):
    opened(client, shown)
    values = {k: v for k, v in wishes.present(shown).items() if v}
    client.post(ENTRY, {"tun": "berichtigen", **values})
    assert not ChangeRequest.objects.exists()


def test_everything_is_taken_along(client, shown):
    opened(client, shown)
    response = client.get(f"{ENTRY}?als=json")
    assert "attachment" in response["Content-Disposition"]
    data = json.loads(response.content)
    assert data["person"]["private_email"] == MAIL
    assert len(data["consent"]) == len(FieldGroup.values)
    assert data["membership"][0]["function_de"] == "Moderation"
    page = client.get("/de/netzwerk/meine-daten/druck/").content.decode()
    for text in (MAIL, "Moderation", "Kurzprofil von beispielperson-a"):
        assert text in page


def test_erasing_takes_a_second_yes(client, shown, commit):
    opened(client, shown)
    url = "/de/netzwerk/meine-daten/loeschen/"
    assert client.get(url).status_code == 200
    assert "sure" in client.post(url).context["form"].errors
    assert Person.objects.exists()
    with commit():
        response = client.post(url, {"sure": "on"}, follow=True)
    assert "gelöscht" in response.content.decode()
    assert not Person.objects.exists()
    assert client.get(ENTRY).status_code == 403


def test_pages_are_for_nobody_else(client, shown):
    opened(client, shown)
    for path in (ENTRY, f"{ENTRY}?als=json", "/de/netzwerk/meine-daten/druck/"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
    client.post(ENTRY, {"tun": "fertig"})
    assert client.get(ENTRY).status_code == 403


# ---- the end of a consent -----------------------------------------------------------------------


def test_asked_once_before_a_consent_ends(client, shown):
    today = timezone.localdate()
    assert tick.ask_again() == "0 asked"
    Consent.objects.update(expires_on=today + timedelta(days=30))
    assert tick.ask_again() == "1 asked"
    assert tick.ask_again() == "0 asked"
    client.post(link_in(mail.outbox[0]))
    boxes = {f"agree_{group}": "on" for group in FieldGroup.values}
    client.post(ENTRY, {"tun": "zustimmen", "adult": "on", **boxes})
    ends = Consent.objects.filter(field_group="function")
    assert max(ends.values_list("expires_on", flat=True)) > today + timedelta(days=700)


def test_hidden_after_the_end_and_erased_later(client, shown, commit):
    today = timezone.localdate()
    Consent.objects.update(expires_on=today - timedelta(days=1))
    assert not is_public(client, shown)
    assert tick.retention() == "0 erased"
    Consent.objects.update(expires_on=today - timedelta(days=31))
    with commit():
        assert tick.retention() == "1 erased"
    assert not Person.objects.exists()
    # Nobody said no: the person may come back.
    Person(name=shown.name, private_email=MAIL).clean()


def test_invented_people_are_left_alone(network):
    person = things.person("beispielperson-a")
    Consent.objects.update(expires_on=timezone.localdate() - timedelta(days=400))
    tick.retention()
    assert Person.objects.filter(pk=person.pk).exists()
    assert invitations.obstacle(person)


# ---- the matrix --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "basis", "group", "is_allowed"),
    [
        ("head", "office", "function", True),
        ("head", "office", "photo", False),
        ("head", "consent", "photo", True),
        ("staff", "office", "function", False),
        ("external", "office", "function", False),
        ("volunteer", "consent", "function", True),
        ("volunteer", "demo", "function", False),
    ],
)
def test_the_matrix_refuses(network, capacity, basis, group, is_allowed):
    person = things.person("a", (), capacity=capacity, is_demo=False, is_adult=True)
    row = Consent(
        person=person,
        field_group=group,
        legal_basis=basis,
        granted_on=timezone.localdate(),
    )
    if is_allowed:
        row.clean()
    else:
        with pytest.raises(ValidationError):
            row.clean()


def test_a_consent_lasts_no_longer_than_the_matrix_says(network):
    person = things.person("a", (), capacity="volunteer", is_demo=False, is_adult=True)
    today = timezone.localdate()
    row = Consent(person=person, field_group="function", granted_on=today)
    row.clean()
    assert row.expires_on == today + timedelta(days=365)
    row.expires_on += timedelta(days=1)
    with pytest.raises(ValidationError):
        row.clean()


def test_nobody_under_age(network):
    person = things.person("a", (), is_demo=False)
    row = Consent(
        person=person, field_group="function", granted_on=timezone.localdate()
    )
    with pytest.raises(ValidationError):
        row.clean()


def test_every_group_of_data_has_words_to_agree_to():
    assert set(wording.CONSENTS) == set(FieldGroup.values)
