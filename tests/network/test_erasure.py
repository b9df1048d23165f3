"""Whoever is erased leaves no trace: planted in every store, in both languages."""

from __future__ import annotations

import json
import uuid

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, ModelLogEntry, Revision

import pytest
from axes.models import AccessAttempt
from wagtail_localize.models import TranslationSource

from hub import signed_links
from hub.models import (
    EasyText,
    Enquiry,
    ExchangeItem,
    HubDocument,
    HubImage,
    OldAddress,
    User,
)
from network.models import Invitation, Person, Tombstone
from network.privacy import columns, erasure, tombstones
from network.privacy.needles import REMOVED, Needles, needles_of
from search import maintenance
from search.models import IndexChange, PromotedResult, SearchEvent
from tests.factories import casestudies as cases
from tests.factories import hub as hub_things
from tests.factories import methods
from tests.factories import network as things

pytestmark = pytest.mark.django_db

NAME, MAIL = "Jörg Beispielmänn", "joerg.beispielmaenn@example.org"


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path, monkeypatch):
    """Files of its own; and everything is committed as soon as it is written."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_options: call())
    settings.HUB_TOMBSTONES = str(tmp_path / "tombstones.jsonl")
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.SEARCH = settings.SEARCH | {
        "INDEX_DIR": tmp_path / "index",
        "DRAIN": "worker",
    }
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def person(network):
    record = things.person(
        "joerg-beispielmaenn",
        ("function", "profile"),
        name=NAME,
        private_email=MAIL,
        website="https://beispielmaenn.example/",
        is_demo=False,
    )
    things.membership(record, things.organisation("ma-18"))
    record.photo = HubImage.objects.create(
        title=NAME, author=NAME, file=get_test_image_file(f"{NAME}.png")
    )
    record.save()
    for text in ("alt", "neu"):
        record.bio_de = f"{NAME}, {text}"
        record.save_revision(log_action=True).publish()
    return record


def plant_in_pages(name):
    """In texts, history, comments and the translation memory of both languages."""
    root = cases.case_section()
    page = cases.case(root, "platz", summary=f"Mit {name} auf dem Platz.")
    page.story = json.dumps(
        [
            {
                "type": "paragraph",
                "value": f"<p>Es kam {name.replace(' ', '&nbsp;')}s Idee.</p>",
                "id": str(uuid.uuid4()),
            }
        ]
    )
    page.save_revision(log_action=True).publish()
    english = page.get_translation(hub_things.locales()["en"])
    english.summary = f"With {name} in the square."
    english.save_revision(log_action=True).publish()
    TranslationSource.update_or_create_from_instance(page)
    user = User.objects.create_superuser("amt", "amt@example.org", "x")
    comment = Comment.objects.create(
        page=page, user=user, text=f"Wer ist {name}?", contentpath="summary"
    )
    ModelLogEntry.objects.log_action(
        things.organisation("ma-20"), "wagtail.edit", data={"note": f"von {name}"}
    )
    methods.method(methods.method_section(), "fragen", summary=f"Nach {name.upper()}.")
    return page, comment


def plant_in_machines(person):
    kind = ContentType.objects.get_for_model(Person)
    other = ContentType.objects.get_for_model(OldAddress)
    PromotedResult.objects.create(
        queries=NAME, kind="person", object_id=person.pk, title=NAME, address="/de/x/"
    )
    PromotedResult.objects.create(
        queries=f"{NAME}\nPlatz", kind="case", object_id=1, title="x", address="/de/x/"
    )
    SearchEvent.objects.create(query=NAME.lower(), language="de", result_count=1)
    AccessAttempt.objects.create(
        username=MAIL,
        ip_address="192.0.2.1",
        attempt_time=timezone.now(),
        failures_since_start=1,
    )
    session = SessionStore()
    session["email"] = MAIL
    session.create()
    Enquiry.objects.create(email=MAIL, subject="Frage", message="Was?")
    Enquiry.objects.create(
        email="amt@example.org", subject="Wer?", message=f"Kennen Sie {NAME}?"
    )
    for of in (kind, other):
        OldAddress.objects.create(
            content_type=of, language="en", slug="joerg-beispielmaenn", object_id=99
        )
    ExchangeItem.objects.create(
        subject="people",
        stable_id="joerg-beispielmaenn",
        content_type=kind,
        object_id=person.pk,
    )
    for language in ("de", "en"):
        EasyText.objects.create(
            content_type=kind,
            object_id=person.pk,
            title=NAME,
            sentences=NAME,
            locale=hub_things.locales()[language],
        )
    invitation = Invitation.objects.create(person=person)
    signed_links.issue("network.own_data", signed_links.subject_of(person), days=1)
    signed_links.issue("network.invite", signed_links.subject_of(invitation), days=1)
    cache.set("some-page", NAME)


def plant_in_files(tmp_path):
    HubImage.objects.create(
        title=f"Fest mit {NAME}",
        description=f"{NAME} lacht",
        author="Stadt Wien",
        file=get_test_image_file("joerg_beispielmaenn.png"),
    ).get_rendition("width-20")
    HubDocument.objects.create(
        title=f"Brief von {NAME}",
        author="Stadt Wien",
        file=ContentFile(b"x", "Beispielmänn, Jörg.txt"),
    )
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    to = ((MAIL, "Guten Tag"), ("amt@example.org", NAME), ("amt@example.org", "Platz"))
    connection.send_messages(
        [EmailMessage(f"Über {text}", text, "hub@example.org", [a]) for a, text in to]
    )


@pytest.fixture
def planted(person, tmp_path):
    page, comment = plant_in_pages(NAME)
    plant_in_machines(person)
    plant_in_files(tmp_path)
    maintenance.rebuild()
    # A dead letter of the index's outbox; a rebuild would have taken it along.
    IndexChange.objects.create(
        kind="person", object_id=person.pk, is_dead=True, error=f"Error: {NAME}"
    )
    return page, comment


def test_nothing_is_left(planted, person, tmp_path, capsys):
    page, comment = planted
    needles = needles_of(person)
    before = erasure.verify(needles)
    stores = {trace.split(" ")[0].split(".")[0] for trace in before}
    assert {
        "network_person",
        "wagtailcore_revision",
        "wagtailcore_modellogentry",
        "wagtailcore_comment",
        "wagtail_localize_string",
        "wagtail_localize_translationsource",
        "casestudies_casestudypage",
        "methods_methodpage",
        "search_indexchange",
        "search_promotedresult",
        "search_searchevent",
        "axes_accessattempt",
        "hub_enquiry",
        "hub_oldaddress",
        "hub_exchangeitem",
        "hub_easytext",
        "hub_hubimage",
        "hub_hubrendition",
        "hub_hubdocument",
        "wagtailsearch_indexentry_fts",
        "index",
        "mail",
        "file",
        "1",
    } - stores <= {"wagtailsearch_indexentry_fts"}

    call_command("erase_person", MAIL, "--verify")
    assert "0 traces left" in capsys.readouterr().out
    assert not Person.objects.exists()
    assert cache.get("some-page") is None

    page.refresh_from_db()
    assert page.summary == f"Mit {REMOVED} auf dem Platz."
    assert REMOVED in str(page.story)
    comment.refresh_from_db()
    assert comment.text == f"Wer ist {REMOVED}?"
    # Texts of others stay; rows that only knew the person go.
    assert Enquiry.objects.get().message == f"Kennen Sie {REMOVED}?"
    assert PromotedResult.objects.get().queries == f"{REMOVED}\nPlatz"
    assert list((tmp_path / "mail").iterdir()), "a mail about something else stays"


def test_what_erasing_forgot_is_named(person, monkeypatch):
    monkeypatch.setattr("network.privacy.redaction.redact", lambda _needles: [])
    things.organisation("ma-20", summary_en=f"Ask {NAME}")
    with pytest.raises(CommandError, match=r"network_organisation\.summary_en"):
        call_command("erase_person", str(person.pk), "--verify")


def test_a_login_is_named_and_not_changed(person):
    User.objects.create_user("joerg", MAIL, "x")
    done = erasure.erase(person)
    assert [c.split("(")[0] for c in map(str, columns.cells(done.needles))] == [
        "hub_user.email "
    ]


def test_translations_still_fit_a_text_that_lost_a_name(person):
    page, _comment = plant_in_pages(NAME)
    page.refresh_from_db()
    english = page.get_translation(hub_things.locales()["en"])
    type(page).objects.filter(pk=english.pk).update(text_digest=page.text_digest)
    erasure.erase(person)
    english.refresh_from_db()
    assert not type(page).objects.get(pk=english.pk).is_translation_outdated


def test_whoever_has_another_name_stays_as_they_are(person):
    things.organisation("ma-20", summary_de="Jörg Beispielmännle und Jörg B.")
    Revision.objects.filter(object_id=str(person.pk)).exists()
    done = erasure.erase(person)
    assert "network_organisation" not in str(done.changed)


# Hashes ------------------------------------------------------------------------------------


def test_a_restored_backup_erases_again(person, capsys):
    pk, values = person.pk, {"name": NAME, "private_email": MAIL}
    erasure.erase(person)
    assert NAME not in tombstones.file().read_text()
    Tombstone.objects.all().delete()  # as in the backup
    Person.objects.create(pk=pk, slug_de="wieder-da", **values)
    maintenance.rebuild()
    call_command("erase_person", "--reapply", "--verify")
    assert "1 people erased again" in capsys.readouterr().out
    assert not Person.objects.exists()


def test_a_number_given_to_somebody_else_erases_nobody(person):
    pk = person.pk
    erasure.erase(person)
    Person.objects.create(pk=pk, name="Beispielperson B", slug_de="b")
    assert erasure.reapply() == []


def test_nobody_is_entered_again_against_their_will(person):
    from django.core.exceptions import ValidationError

    erasure.erase(person)
    for values in ({"name": "X", "private_email": MAIL.upper()}, {"name": NAME}):
        with pytest.raises(ValidationError):
            Person(slug_de="x", **values).clean()
    namesake = Person(slug_de="x", name=NAME)
    namesake.is_namesake = True
    namesake.clean()
    call_command("erase_person", "--allow-again", MAIL, "--name", NAME)
    Person(slug_de="x", name=NAME, private_email=MAIL).clean()
    assert tombstones.of_mail(MAIL) not in tombstones.file().read_text()


@pytest.mark.parametrize("who", ["", "nobody", "999999", "%"])
def test_nobody_is_erased_by_a_guess(person, who):
    with pytest.raises(CommandError):
        call_command("erase_person", who)
    assert Person.objects.exists()


# The pattern --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        NAME,
        "Beispielmänn, Jörg",
        json.dumps(f"Zeile\n{NAME}"),
        "J&ouml;rg&nbsp;Beispielm&auml;nn",
        "joerg-beispielmaenn",
        "jorg_beispielmann.jpg",
        "/J%C3%B6rg%20Beispielm%C3%A4nn",
        f"{NAME}s Idee",
        NAME.upper(),
        "Jo\u0308rg Beispielma\u0308nn",
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    needles = Needles((NAME,))
    assert needles.found_in(text)
    assert not needles.found_in(needles.removed_from(text))
    assert any(part in text.lower() for part in needles.fragments)


@pytest.mark.parametrize("text", ["Jörg Beispielmännle", "Beispielmänn", "Björg"])
def test_other_names_are_not_taken_for_it(text):
    assert not Needles((NAME,)).found_in(text)


def test_everything_is_looked_at(db):
    """Every model with texts is among the tables; none can be left out by a list."""
    from django.apps import apps
    from django.db import models

    texts = (models.CharField, models.TextField, models.JSONField)
    known = {table.name: set(table.columns) for table in columns.tables()}
    for model in apps.get_models(include_auto_created=True):
        wanted = {
            f.column for f in model._meta.local_concrete_fields if isinstance(f, texts)
        }
        if model._meta.managed and wanted:
            assert wanted <= known[model._meta.db_table], model
