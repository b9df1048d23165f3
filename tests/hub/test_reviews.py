"""Freshness: who is reminded of what, how often, and what a link in a mail can do."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from wagtail.log_actions import registry as logs
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

import pytest

from hub import worklists
from hub.models import (
    ChangeRequest,
    CheckedLink,
    LinkPlace,
    ReminderDigest,
    SignedLink,
    StandardPage,
)
from hub.models.link import LinkState
from hub.reviews import dates, digest
from hub.roles import EDITORS, NETWORK
from tests.factories import hub as make
from tests.factories import network as things

pytestmark = pytest.mark.django_db

BROKEN_MAIL = "tests.hub.mailboxes.RefusingBackend"
OFFICE = "buero@example.org"


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def homes() -> dict:
    return make.homes()


@pytest.fixture
def owner() -> Any:
    return get_user_model().objects.create_user("anna", "anna@example.org", "x")


def page(homes: dict, slug: str = "impressum", **values: Any) -> StandardPage:
    found = StandardPage(title=slug.title(), slug=slug, **values)
    homes["de"].add_child(instance=found)
    found.save_revision().publish()
    return StandardPage.objects.get(pk=found.pk)


@pytest.fixture
def overdue(homes, owner) -> StandardPage:
    return page(homes, review_due=today(-3), content_owner=owner)


def links(mail: Any) -> list[str]:
    """The addresses of the pages a mail leads to, each once, as a browser asks."""
    base = settings.WAGTAILADMIN_BASE_URL
    found = re.findall(rf"{re.escape(base)}(\S+)", mail.body)
    return list(dict.fromkeys(link.split("#")[0] for link in found))


def review_link(mail: Any) -> str:
    return next(link for link in links(mail) if re.search("/[0-9a-f]{48}/", link))


# The digest ------------------------------------------------------------------------------


def test_one_mail_for_each_who_keeps_entries(homes, owner, overdue, mailoutbox):
    page(homes, "hilfe", review_due=today(5), content_owner=owner)
    page(homes, "ueber", review_due=today(-9))
    page(homes, "spaeter", review_due=today(90), content_owner=owner)
    assert digest.send_due() == (2, 0)
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert set(mails) == {owner.email, OFFICE}
    hers, offices = mails[owner.email], mails[OFFICE]
    assert "Impressum" in hers.body
    assert "Hilfe" in hers.body
    assert "zu prüfen seit" in hers.body
    assert "Spaeter" not in hers.body
    assert "Ueber" not in hers.body
    assert "Ueber" in offices.body
    assert "Impressum" not in offices.body
    assert hers.alternatives
    assert hers.extra_headers["Auto-Submitted"] == "auto-generated"


def test_not_more_often_than_the_setting_says(overdue, mailoutbox):
    for _time in range(3):
        digest.send_due()
    assert len(mailoutbox) == 1
    ReminderDigest.objects.update(sent_at=timezone.now() - timedelta(days=8))
    digest.send_due()
    assert len(mailoutbox) == 2
    with override_settings(HUB_DIGEST_DAYS=30):
        ReminderDigest.objects.update(sent_at=timezone.now() - timedelta(days=8))
        digest.send_due()
    assert len(mailoutbox) == 2
    assert ReminderDigest.objects.count() == 1


def test_nothing_waits_nobody_is_mailed(homes, mailoutbox):
    page(homes, review_due=today(90))
    assert digest.send_due() == (0, 0)
    assert not mailoutbox


def test_who_left_is_no_owner_any_more(owner, overdue, mailoutbox):
    for change in ({"is_active": False}, {"is_active": True, "email": ""}):
        get_user_model().objects.filter(pk=owner.pk).update(**change)
        ReminderDigest.objects.all().delete()
        mailoutbox.clear()
        digest.send_due()
        assert [mail.to for mail in mailoutbox] == [[OFFICE]]
        assert "Impressum" in mailoutbox[0].body


@override_settings(EMAIL_BACKEND=BROKEN_MAIL)
def test_a_mail_server_that_refuses_loses_nothing(overdue, caplog):
    assert digest.send_due() == (0, 1)
    assert not ReminderDigest.objects.exists()
    assert not SignedLink.objects.exists()
    assert "anna@example.org" not in caplog.text


def test_in_the_language_of_who_reads_it(owner, overdue, mailoutbox):
    UserProfile.objects.create(user=owner, preferred_language="en")
    digest.send_due()
    mail = mailoutbox[0]
    assert "Stimmt noch" not in mail.body
    assert review_link(mail).startswith("/en/")


def test_hundreds_of_entries_make_no_endless_mail(homes, owner, mailoutbox):
    for number in range(30):
        things.organisation(
            f"ma-{number}", review_due=today(-1), content_owner=owner, live=True
        )
    digest.send_due()
    mail = mailoutbox[0]
    assert SignedLink.objects.count() == digest.MOST_ENTRIES
    assert "5 weitere" in mail.body
    assert reverse("hub_worklist", args=["faellig"]) in mail.body


def test_a_fixed_number_of_queries(homes, owner, django_assert_max_num_queries):
    users = {owner.pk: owner}
    from hub.reviews import reminders

    for number in range(12):
        things.organisation(f"ma-{number}", review_due=today(-1), content_owner=owner)
    with django_assert_max_num_queries(35):
        found = reminders.collect(users)
        assert len(found[owner.pk].entries) == 12


def test_no_person_is_named(homes, owner, mailoutbox):
    things.network_section()
    person = things.person(review_due=today(-1), content_owner=owner)
    digest.send_due()
    mail = mailoutbox[0]
    assert person.name not in mail.body + mail.alternatives[0][0]
    assert "1 Eintrag (Personen) ist zu prüfen." in mail.body
    assert not SignedLink.objects.exists()


def test_hidden_pages_are_in_no_mail(overdue, homes, mailoutbox):
    PageViewRestriction.objects.create(page=overdue, restriction_type="login")
    draft = page(homes, "entwurf", review_due=today(-1))
    draft.unpublish()
    digest.send_due()
    assert not mailoutbox


def test_broken_links_and_wishes_are_in_it(owner, overdue, mailoutbox):
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(StandardPage)
    StandardPage.objects.update(review_due=today(200))
    dead = CheckedLink.objects.create(url="https://x.example/", state=LinkState.DEAD)
    LinkPlace.objects.create(
        link=dead, content_type=kind, object_id=overdue.pk, field="body"
    )
    ChangeRequest.objects.create(
        content_type=kind, object_id=overdue.pk, title="Impressum", text="Falsch."
    )
    digest.send_due()
    mails = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "1 Link führt ins Leere." in mails[owner.email]
    assert "1 Änderungswunsch wartet." in mails[OFFICE]
    assert "Falsch." not in mails[OFFICE]


def test_the_office_hears_of_consents_that_end_without_a_name(homes, mailoutbox):
    things.network_section()
    person = things.person(review_due=today(300))
    person.consents.update(expires_on=today(20))
    digest.send_due()
    body = mailoutbox[0].body
    assert mailoutbox[0].to == [OFFICE]
    assert "Bei 1 Person läuft eine Einwilligung bald ab." in body
    assert person.name not in body


# The link --------------------------------------------------------------------------------


@pytest.fixture
def link(overdue, mailoutbox) -> str:
    digest.send_due()
    return review_link(mailoutbox[0])


def test_scanners_that_open_every_link_change_nothing(link, overdue, mailoutbox):
    scanner = Client()
    before = StandardPage.objects.values().get(pk=overdue.pk)
    for address in links(mailoutbox[0]) * 3:
        for ask in (scanner.head, scanner.get, scanner.options):
            ask(address, follow=True)
    assert StandardPage.objects.values().get(pk=overdue.pk) == before
    assert not ChangeRequest.objects.exists()
    assert not SignedLink.objects.filter(used_at__isnull=False).exists()
    # And a person can still answer.
    assert Client().post(link, {"antwort": "stimmt"}).status_code == 200
    overdue.refresh_from_db()
    assert overdue.reviewed_at == today()


def test_a_get_shows_and_tells_nobody(link):
    response = Client().get(link)
    body = response.content.decode()
    assert "Stimmt „Impressum“ noch?" in body
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_still_right(link, overdue, owner, homes):
    versions = StandardPage.objects.filter(translation_key=overdue.translation_key)
    assert versions.count() == 2
    response = Client().post(link, {"antwort": "stimmt"})
    assert "ist notiert" in response.content.decode()
    for version in versions.all():
        assert version.reviewed_at == today()
        assert version.review_due == dates.next_due(StandardPage, today())
    entry = logs.get_logs_for_instance(overdue).filter(action=dates.CONFIRMED).get()
    assert entry.user == owner


def test_a_waiting_draft_brings_no_old_day_back(link, overdue):
    overdue.title = "Impressum neu"
    overdue.save_revision()
    Client().post(link, {"antwort": "stimmt"})
    overdue.refresh_from_db()
    assert overdue.title == "Impressum"
    overdue.get_latest_revision().publish()
    overdue.refresh_from_db()
    assert (overdue.title, overdue.reviewed_at) == ("Impressum neu", today())
    assert overdue.review_due > today()


def test_records_too(homes, owner, mailoutbox):
    things.network_section()
    record = things.organisation(review_due=today(-1), content_owner=owner)
    record.name_de = "Neuer Name"
    record.save_revision()
    digest.send_due()
    Client().post(review_link(mailoutbox[0]), {"antwort": "stimmt"})
    record.refresh_from_db()
    assert (record.name_de, record.reviewed_at) == ("MA-18", today())
    draft = record.get_latest_revision_as_object()
    assert (draft.name_de, draft.reviewed_at) == ("Neuer Name", today())
    assert not worklists.overdue(type(record)).exists()


def test_the_index_hears_of_it(homes, owner, mailoutbox):
    from search.models import IndexChange

    things.network_section()
    record = things.organisation(review_due=today(-1), content_owner=owner)
    IndexChange.objects.all().delete()
    with override_settings(SEARCH=settings.SEARCH | {"DRAIN": "worker"}):
        dates.confirm(record)
    assert IndexChange.objects.filter(object_id=record.pk).exists()


def test_please_change(link, overdue, owner):
    text = "Die Adresse ist neu.\nSeit Mai."
    response = Client().post(link, {"antwort": "aendern", "text": text})
    assert "Die Adresse ist neu." in response.content.decode()
    wish = ChangeRequest.objects.get()
    assert (wish.entry, wish.title, wish.asked_by) == (overdue, "Impressum", owner)
    overdue.refresh_from_db()
    assert overdue.reviewed_at is None


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_bad_input_loses_nothing_and_uses_nothing_up(link, text):
    response = Client().post(link, {"antwort": "aendern", "text": text})
    assert response.status_code == 200
    body = response.content.decode()
    assert "noch nicht gesendet" in body
    assert text.strip() in body
    assert not ChangeRequest.objects.exists()
    assert Client().post(link, {"antwort": "stimmt"}).status_code == 200


def test_typed_text_stays_text(link):
    text = "<script>alert(1)</script>"
    response = Client().post(link, {"antwort": "aendern", "text": text})
    assert text not in response.content.decode()


def test_used_expired_altered_and_of_something_else(link, overdue, homes):
    client = Client()
    assert client.post(link, {"antwort": "stimmt"}).status_code == 200
    for ask in (client.get, client.post):
        response = ask(link)
        assert response.status_code == 410
        assert "schon verwendet" in response.content.decode()
        assert "Impressum" not in response.content.decode()
    fresh = digest.review_path(overdue)
    SignedLink.objects.update(
        expires_at=timezone.now() - timedelta(days=1), used_at=None
    )
    assert "abgelaufen" in client.get(fresh).content.decode()
    assert client.post(fresh, {"antwort": "stimmt"}).status_code == 410
    token = fresh.split("/")[-2]
    for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), "0" * 48, "x"):
        address = reverse("review", args=[wrong])
        assert client.get(address).status_code == 404
        assert client.post(address, {"antwort": "stimmt"}).status_code == 404
    from hub import signed_links

    foreign = signed_links.issue("hub.other", signed_links.subject_of(overdue), 1)
    assert client.post(reverse("review", args=[foreign])).status_code == 404


def test_one_answer_takes_back_the_links_of_older_mails(link, overdue):
    second = digest.review_path(overdue)
    Client().post(second, {"antwort": "stimmt"})
    assert Client().get(link).status_code == 410


def test_what_was_hidden_since_is_not_told(link, overdue):
    PageViewRestriction.objects.create(page=overdue, restriction_type="login")
    response = Client().get(link)
    assert response.status_code == 404
    assert "Impressum" not in response.content.decode()
    Client().post(link, {"antwort": "stimmt"})
    overdue.refresh_from_db()
    assert overdue.reviewed_at is None


def test_a_link_to_a_person_would_tell_nothing(homes):
    person = things.person(review_due=today(-1))
    response = Client().get(digest.review_path(person))
    assert response.status_code == 404
    assert person.name not in response.content.decode()


def test_forms_need_their_token(link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"antwort": "stimmt"}).status_code == 403


# In the admin ----------------------------------------------------------------------------


@pytest.fixture
def editor(owner) -> Client:
    call_command("setup_groups")
    owner.groups.add(Group.objects.get(name=EDITORS))
    found = Client()
    found.force_login(owner)
    return found


def test_lists_on_the_dashboard(editor, owner, overdue, homes):
    page(homes, "fremd", review_due=today(-1))
    lists = {str(e["label"]): e["count"] for e in worklists.for_user(owner)}
    assert lists["Meine Einträge: bitte nachsehen"] == 1
    assert lists["Prüfung überfällig"] == 2
    body = editor.get(reverse("hub_worklist", args=["meine"])).content.decode()
    assert "Impressum" in body
    assert "Fremd" not in body


def test_confirmed_from_the_list(editor, owner, overdue):
    address = reverse("hub_confirm", args=["hub.standardpage", overdue.pk])
    assert editor.get(address).status_code == 405
    editor.post(address)
    overdue.refresh_from_db()
    assert overdue.reviewed_at == today()


def test_nobody_confirms_what_they_may_not_change(editor, homes):
    person = things.person(review_due=today(-1))
    address = reverse("hub_confirm", args=["network.person", person.pk])
    assert editor.post(address).status_code == 302
    person.refresh_from_db()
    assert person.reviewed_at is None
    assert (
        editor.post(
            reverse("hub_confirm", args=["hub.user", 1]), follow=True
        ).status_code
        == 404
    )


def test_who_makes_an_entry_keeps_it(roles_network):
    user, client = roles_network
    from network.models import Organisation

    add = reverse(Organisation.snippet_viewset.get_url_name("add"))
    form = client.get(add).context["form"]
    assert form.initial["content_owner"] == user.pk
    assert form.initial["review_due"] > today(150)


@pytest.fixture
def roles_network() -> Any:
    call_command("setup_groups")
    user = get_user_model().objects.create_user("netz", "netz@example.org", "x")
    user.groups.add(Group.objects.get(name=NETWORK))
    client = Client()
    client.force_login(user)
    return user, client


def test_wishes_are_answered_in_the_admin(editor, overdue):
    from django.contrib.contenttypes.models import ContentType

    wish = ChangeRequest.objects.create(
        content_type=ContentType.objects.get_for_model(StandardPage),
        object_id=overdue.pk,
        title="Impressum",
        text="Neue Adresse",
    )
    edit = reverse(ChangeRequest.snippet_viewset.get_url_name("edit"), args=[wish.pk])
    body = editor.get(edit).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[overdue.pk]) in body
    editor.post(edit, {"state": "done", "note": "Erledigt", "text": "gefälscht"})
    wish.refresh_from_db()
    assert (wish.state, wish.text) == ("done", "Neue Adresse")


# Everything has a day --------------------------------------------------------------------


def test_every_entry_gets_a_day_and_not_all_the_same(homes):
    for number in range(8):
        things.organisation(f"ma-{number}", live=True)
    hidden = things.organisation("entwurf", live=False)
    assert dates.give_days() >= 8
    assert dates.give_days() == 0
    from network.models import Organisation

    days = set(
        Organisation.objects.filter(live=True).values_list("review_due", flat=True)
    )
    assert len(days) > 4
    assert all(today(29) < day < today(366) for day in days)
    hidden.refresh_from_db()
    assert hidden.review_due is None


def test_all_of_it_is_a_task_of_tick(overdue, mailoutbox):
    out = StringIO()
    call_command("tick", "hub.reminders", "hub.review_days", "hub.links", stdout=out)
    assert "hub.reminders: 1 mailed, 0 to try again" in out.getvalue()
    assert "hub.links: left to check_links" in out.getvalue()
    assert len(mailoutbox) == 1


def test_old_wishes_are_forgotten(overdue):
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(StandardPage)
    for state in ("new", "done"):
        ChangeRequest.objects.create(
            content_type=kind, object_id=1, title=state, text="x", state=state
        )
    ChangeRequest.objects.update(created_at=timezone.now() - timedelta(days=400))
    call_command("tick", "hub.old_change_requests", stdout=StringIO())
    assert ChangeRequest.objects.get().state == "new"
