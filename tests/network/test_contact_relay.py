"""What becomes of a message: confirmed, delivered, passed on, answered, reported,
forgotten; lost never."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

import pytest

from hub import signed_links
from hub.contact.mails import office
from network.choices import FieldGroup
from network.contact import letters, outbox, services
from network.contact.answer_times import LEAST, answer_time
from network.contact.parties import block, is_blocked, sender_hash
from network.models import (
    ContactBlock,
    ContactCount,
    ContactMail,
    ContactPreference,
    ContactReport,
    ContactRequest,
)
from tests.factories import hub as make
from tests.factories import network as things

pytestmark = pytest.mark.django_db

REACHABLE = (FieldGroup.FUNCTION, FieldGroup.CONTACT)
BROKEN_MAIL = "tests.hub.mailboxes.RefusingBackend"
State = ContactRequest.State
#: To pass a message on and to mail it.
MOST_QUERIES = 24
TEXT = "Wie erreichen wir junge Menschen?"


@pytest.fixture
def organisation(network):
    return things.organisation("ma-18", mailbox="ma18@example.org")


@pytest.fixture
def person(network, organisation):
    stand_in = things.person(
        "beispielperson-b", REACHABLE, is_demo=False, private_email="b@example.org"
    )
    found = things.person(
        "beispielperson-a",
        REACHABLE,
        is_demo=False,
        private_email="a@example.org",
        stand_in=stand_in,
    )
    things.membership(found, organisation)
    return found


@pytest.fixture
def the_office(network):
    reachable = office()
    reachable.office_email = "buero@example.org"
    reachable.save()


def written(party, **values):
    """A message that its sender has not confirmed."""
    column = "organisation" if hasattr(party, "mailbox") else "person"
    defaults = {
        "sender_name": "Beispielperson S",
        "sender_email": "s@example.org",
        "purpose": "question",
        "subject": "Platz in Favoriten",
        "message": TEXT,
    }
    return ContactRequest.objects.create(**{column: party}, **(defaults | values))


def delivered(party, **values):
    """A confirmed message whose mail is out; returns it with that mail."""
    request = written(party, **values)
    services.confirm(request)
    outbox.send_waiting()
    return request, mail.outbox[-1]


def later(days):
    """Everything happened so many days earlier."""
    for model, fields in (
        (ContactRequest, ("created_at", "confirmed_at", "answered_at")),
        (ContactMail, ("created_at", "mailed_at")),
    ):
        for row in model.objects.all():
            moved = {
                name: getattr(row, name) - timedelta(days=days)
                for name in fields
                if getattr(row, name)
            }
            model.objects.filter(pk=row.pk).update(**moved)


def tick():
    out = StringIO()
    names = ("contact_forward", "contact_mails", "contact_retention")
    call_command("tick", *(f"network.{name}" for name in names), stdout=out)
    return out.getvalue()


def link_in(message, word):
    """The path of the link with this word, the same in text and HTML."""
    path = re.search(rf"https?://[^/\s]+(/\S+/{word}/[0-9a-f]{{48}}/)", message.body)
    assert path.group(1) in message.alternatives[0][0]
    return path.group(1)


def addresses():
    return [message.to[0] for message in mail.outbox]


# ---- the sender confirms -------------------------------------------------------------


@pytest.fixture
def confirmation(person, the_office):
    request = written(person)
    outbox.queue(ContactMail.Kind.CONFIRM, request)
    outbox.send_waiting()
    return request, link_in(mail.outbox[0], "bestaetigen")


def test_a_scanner_that_opens_every_link_delivers_nothing(client, confirmation):
    request, path = confirmation
    for _time in range(3):
        response = client.get(path)
        assert response.status_code == 200
        assert client.head(path).status_code == 200
    request.refresh_from_db()
    assert request.state == State.UNCONFIRMED
    assert len(mail.outbox) == 1
    assert TEXT in response.content.decode()
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_confirmed_once_and_delivered_without_addresses(client, confirmation, person):
    _request, path = confirmation
    response = client.post(path)
    assert response.status_code == 303
    assert "unterwegs" in client.get(response["Location"]).content.decode()
    tick()
    assert addresses() == ["s@example.org", "a@example.org"]
    message = mail.outbox[1]
    for text in (message.body, message.alternatives[0][0], str(message.message())):
        assert "s@example.org" not in text
    assert TEXT in message.body
    assert message.reply_to == ["buero@example.org"]
    # A second click, and the link of somebody else.
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 410
    tick()
    assert len(mail.outbox) == 2


def test_links_expired_altered_or_for_something_else(client, confirmation):
    _request, path = confirmation
    token = path.rstrip("/").rsplit("/", 1)[1]
    assert client.post(path.replace(token, "0" * 48)).status_code == 404
    for word in ("nachricht", "einstellungen"):
        other = path.replace("bestaetigen", word)
        assert client.post(other, {"aktion": "answer"}).status_code == 404
    moment = timezone.now() - timedelta(seconds=1)
    signed_links.SignedLink.objects.update(expires_at=moment)
    response = client.post(path)
    assert response.status_code == 410
    assert "vorbei" in response.content.decode()
    assert ContactRequest.objects.get().state == State.UNCONFIRMED


def test_english_link_opens_an_english_page(client, person):
    request = written(person, language="en")
    outbox.queue(ContactMail.Kind.CONFIRM, request)
    outbox.send_waiting()
    page = client.get(link_in(mail.outbox[0], "confirm")).content.decode()
    assert "Confirm the message" in page
    assert "bestätigen" not in page.split("<main")[1].split("</main>")[0]


def test_what_nobody_confirms_is_deleted(confirmation):
    later(days=3)
    assert "1 unconfirmed" in tick()
    assert not ContactRequest.objects.exists()
    count = ContactCount.objects.get()
    assert (count.outcome, count.number) == (State.UNCONFIRMED, 1)


# ---- who gets it ---------------------------------------------------------------------


def test_person_stand_in_organisation_office(person, the_office):
    delivered(person)
    for _step in range(5):
        later(days=8)
        tick()
    assert addresses() == [
        "a@example.org",
        "b@example.org",
        "ma18@example.org",
        "buero@example.org",
    ]
    assert "Beispielperson A" in mail.outbox[1].body
    assert "jemand anderen" in mail.outbox[1].body
    assert "einstellungen" not in mail.outbox[3].body


def test_nothing_is_passed_on_too_early_or_after_an_answer(person):
    request, _message = delivered(person)
    later(days=6)
    tick()
    assert len(mail.outbox) == 1
    services.answer(request.mails.get(), "Ja.", shares_address=False)
    later(days=30)
    tick()
    assert addresses() == ["a@example.org", "s@example.org"]


def test_who_cannot_be_reached_is_passed_over(person, the_office):
    yesterday = date.today() - timedelta(days=1)
    person.stand_in.consents.filter(field_group=FieldGroup.CONTACT).update(
        withdrawn_on=yesterday
    )
    delivered(person)
    later(days=8)
    tick()
    assert addresses() == ["a@example.org", "ma18@example.org"]


def test_consent_withdrawn_between_confirmation_and_mail(person, the_office):
    """What the person would have got, somebody else gets, in time."""
    request = written(person)
    services.confirm(request)
    person.consents.all().update(withdrawn_on=date.today())
    tick()
    assert mail.outbox == []
    later(days=8)
    tick()
    assert addresses() == ["b@example.org"]


def test_who_is_hidden_meanwhile_is_named_nowhere(client, person, the_office):
    """The mail to the next one, and the page behind its link, do without the name."""
    delivered(person)
    person.consents.all().update(withdrawn_on=date.today())
    later(days=8)
    tick()
    message = mail.outbox[-1]
    assert message.to == ["b@example.org"]
    page = client.get(link_in(message, "nachricht")).content.decode()
    for text in (message.body, message.alternatives[0][0], page):
        assert person.name not in text
        assert "jemand aus dem Netzwerk" in text


def test_the_office_is_the_last(client, network, the_office):
    request = written(things.organisation("ma-20", mailbox="ma20@example.org"))
    services.confirm(request)
    services.decline(request.mails.get())
    outbox.send_waiting()
    path = link_in(mail.outbox[-1], "nachricht")
    assert mail.outbox[-1].to == ["buero@example.org"]
    html = client.get(path).content.decode()
    assert 'value="pass"' not in html
    assert "nur_sperren" not in html
    client.post(path, {"aktion": "answer", "answer": "Das Büro antwortet."})
    outbox.send_waiting()
    assert "Büro für Mitwirkung" in mail.outbox[-1].body


def test_a_full_week_and_other_topics_go_to_the_next(person):
    ContactPreference.objects.create(person=person, weekly_maximum=1)
    wish = ContactPreference.objects.create(person=person.stand_in)
    wish.topics.set([make.topic()])
    delivered(person)
    delivered(person)
    assert addresses() == ["a@example.org", "ma18@example.org"]
    later(days=7)
    delivered(person)
    assert addresses()[-1] == "a@example.org"


def test_mails_in_the_language_of_the_recipient(person):
    ContactPreference.objects.create(person=person, language="en")
    _request, message = delivered(person)
    assert message.subject == "Message on Drehscheibe: Platz in Favoriten"
    assert "Somebody has written to you" in message.body
    assert "/en/network/contact/message/" in message.alternatives[0][0]


# ---- the recipient answers -----------------------------------------------------------


@pytest.fixture
def opened(person, the_office):
    """A delivered message and the path of the recipient's link."""
    request, message = delivered(person)
    return request, link_in(message, "nachricht")


def test_looking_does_nothing(client, opened):
    request, path = opened
    response = client.get(path)
    assert response.status_code == 200
    assert TEXT in response.content.decode()
    assert "s@example.org" not in response.content.decode()
    request.refresh_from_db()
    assert request.state == State.OPEN


def test_the_answer_goes_back_without_the_address(client, opened):
    request, path = opened
    response = client.post(path, {"aktion": "answer", "answer": "Gern.\nRufen wir an?"})
    assert response.status_code == 303
    outbox.send_waiting()
    message = mail.outbox[-1]
    assert message.to == ["s@example.org"]
    assert message.reply_to == ["buero@example.org"]
    assert "Gern." in message.body
    for text in (message.body, message.alternatives[0][0], str(message.message())):
        assert "a@example.org" not in text
    assert client.post(path, {"aktion": "answer", "answer": "2"}).status_code == 410
    request.refresh_from_db()
    assert request.answer == "Gern.\nRufen wir an?"


def test_the_address_goes_along_only_after_a_warning(client, opened):
    request, path = opened
    values = {"aktion": "answer", "answer": "Gern.", "shares": "on"}
    warning = client.post(path, values)
    html = warning.content.decode()
    assert warning.status_code == 200
    assert "Wollen Sie Ihre Adresse wirklich mitschicken?" in html
    assert "Gern." in html
    request.refresh_from_db()
    assert request.state == State.OPEN
    assert client.post(path, {**values, "adresse": "mit"}).status_code == 303
    outbox.send_waiting()
    assert mail.outbox[-1].reply_to == ["a@example.org"]
    assert "a@example.org" in mail.outbox[-1].body


def test_after_the_warning_without_it_after_all(client, opened):
    _request, path = opened
    values = {"aktion": "answer", "answer": "Gern.", "shares": "on", "adresse": "ohne"}
    assert client.post(path, values).status_code == 303
    outbox.send_waiting()
    assert "a@example.org" not in str(mail.outbox[-1].message())


def test_an_answer_cannot_write_headers(client, opened, person):
    _request, path = opened
    text = "Ja\r\nBcc: all@example.org\u2028Subject: x"
    client.post(path, {"aktion": "answer", "answer": text})
    outbox.send_waiting()
    message = mail.outbox[-1].message()
    assert mail.outbox[-1].recipients() == ["s@example.org"]
    assert "Bcc" not in message
    # Nobody can pass off a text of theirs as one of ours.
    assert "> Bcc: all@example.org" in mail.outbox[-1].body


def test_wrong_answers_lose_nothing(client, opened):
    _request, path = opened
    assert client.post(path, {"aktion": "answer"}).status_code == 200
    response = client.post(path, {"aktion": "answer", "answer": "x" * 6000})
    assert "zu lang" in response.content.decode()
    assert "x" * 6000 in response.content.decode()
    for odd in ("", "nonsense", "__class__"):
        assert client.post(path, {"aktion": odd}).status_code == 200
    assert ContactRequest.objects.get().state == State.OPEN


def test_passing_on_at_once(client, opened):
    _request, path = opened
    assert client.post(path, {"aktion": "pass"}).status_code == 303
    outbox.send_waiting()
    assert addresses() == ["a@example.org", "b@example.org"]


def test_the_first_answer_counts(client, opened):
    request, path = opened
    later(days=8)
    tick()
    second = link_in(mail.outbox[-1], "nachricht")
    assert client.post(second, {"aktion": "answer", "answer": "B"}).status_code == 303
    page = client.get(path).content.decode()
    assert "nichts mehr zu tun" in page
    assert client.post(path, {"aktion": "answer", "answer": "A"}).status_code == 410
    request.refresh_from_db()
    assert request.answer == "B"


# ---- blocking and reporting ----------------------------------------------------------


def test_a_blocked_sender_learns_nothing(client, person, the_office):
    """Same pages, same mails, and nobody gets the message, also not later."""
    block("S@example.org", person)
    pages = []
    for email in ("s@example.org", "other@example.org"):
        mail.outbox.clear()
        request = written(person, sender_email=email)
        outbox.queue(ContactMail.Kind.CONFIRM, request)
        outbox.send_waiting()
        path = link_in(mail.outbox[0], "bestaetigen")
        shown = client.get(path).content.decode()
        response = client.post(path)
        thanks = client.get(response["Location"]).content.decode()
        body = re.sub("[0-9a-f]{48}", "", mail.outbox[0].body)
        clean = re.sub(r'[0-9a-f]{48}|csrfmiddlewaretoken" value="\w+', "", shown)
        own = [m for m in mail.outbox if m.to == [email]]
        location = response["Location"]
        pages.append((clean, location, re.sub(r"\w{64}", "", thanks), body, len(own)))
    assert pages[0] == pages[1]
    for _step in range(4):
        later(days=8)
        tick()
    texts = ContactMail.objects.filter(request__sender_email="s@example.org")
    assert not texts.filter(kind=ContactMail.Kind.DELIVERY).exists()


def test_only_the_recipient_who_blocked_is_spared(person):
    block("s@example.org", person.stand_in)
    delivered(person)
    later(days=8)
    tick()
    assert addresses() == ["a@example.org", "ma18@example.org"]


def test_blocked_is_kept_as_a_hash(client, opened, person):
    _request, path = opened
    response = client.post(path, {"aktion": "report", "nur_sperren": "1"})
    assert response.status_code == 303
    row = ContactBlock.objects.get()
    assert row.person == person
    assert "s@" not in row.sender
    assert sender_hash(" S@EXAMPLE.org") == row.sender
    assert not ContactReport.objects.exists()
    later(days=30)
    tick()
    assert addresses() == ["a@example.org"]


def test_reporting_lets_editors_read_and_nobody_before(client, admin_client, opened):
    request, path = opened
    listing = admin_client.get("/admin/snippets/network/contactrequest/")
    html = listing.content.decode()
    assert listing.status_code == 200
    for secret in (TEXT, "s@example.org", "Beispielperson", "Platz in Favoriten"):
        assert secret not in html
    values = {"aktion": "report", "reason": "spam", "note": "Werbung", "blocks": "on"}
    assert client.post(path, values).status_code == 303
    report = ContactReport.objects.get()
    assert is_blocked("s@example.org", request.person)
    start = admin_client.get("/admin/").content.decode()
    assert "Gemeldete Nachrichten" in start
    url = f"/admin/snippets/network/contactreport/edit/{report.pk}/"
    assert TEXT in admin_client.get(url).content.decode()
    later(days=100)
    tick()
    assert ContactRequest.objects.exists(), "kept until somebody has looked at it"


def test_editors_stop_a_sender_for_everybody(admin_client, client, opened):
    _request, path = opened
    client.post(path, {"aktion": "report", "reason": "threat"})
    report = ContactReport.objects.get()
    url = f"/admin/snippets/network/contactreport/edit/{report.pk}/"

    def save(**changes):
        form = admin_client.get(url).context["form"]
        values = {name: form[name].value() or "" for name in form.fields}
        values = {name: value for name, value in values.items() if value is not True}
        values.pop("is_blocked_everywhere", None)
        response = admin_client.post(url, values | changes)
        assert response.status_code == 302, response.context["form"].errors

    save(is_blocked_everywhere="on", state="done")
    assert is_blocked("s@example.org", things.person("beispielperson-c"))
    save()
    assert not is_blocked("s@example.org", None)


def test_a_report_needs_a_reason(client, opened):
    _request, path = opened
    response = client.post(path, {"aktion": "report", "note": "Hm"})
    assert "Wählen Sie einen Grund" in response.content.decode()
    assert "Hm" in response.content.decode()


# ---- what recipients want ------------------------------------------------------------


def test_recipients_say_what_they_want(client, person):
    _request, message = delivered(person)
    path = link_in(message, "einstellungen")
    topic = make.topic()
    assert client.get(path).status_code == 200
    assert not ContactPreference.objects.exists()
    until = date.today() + timedelta(days=20)
    values = {
        "purposes": ["advice", "invitation"],
        "topics": [topic.pk],
        "weekly_maximum": "3",
        "paused_until": until.isoformat(),
        "language": "en",
    }
    assert client.post(path, values).status_code == 303
    wish = ContactPreference.objects.get()
    assert wish.person == person
    assert (wish.purposes, wish.weekly_maximum) == (["advice", "invitation"], 3)
    assert wish.paused_until == until
    assert list(wish.topics.all()) == [topic]
    assert client.post(path, values).status_code == 410


@pytest.mark.parametrize(
    "values",
    [
        {"weekly_maximum": "0"},
        {"weekly_maximum": "viele"},
        {"paused_until": "gestern"},
        {"paused_until": "2020-01-01"},
        {"purposes": ["nonsense"]},
        {"topics": ["x"]},
        {"language": "xx"},
    ],
)
def test_wrong_wishes_are_said_and_the_link_stays_good(client, person, values):
    _request, message = delivered(person)
    path = link_in(message, "einstellungen")
    response = client.post(path, {"language": "de", **values})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert client.post(path, {"language": "de"}).status_code == 303


def test_the_link_is_mailed_and_nobody_learns_to_whom(client, person, organisation):
    path = "/de/netzwerk/kontakt/einstellungen/"
    answers = set()
    for email in ("A@example.org", "nobody@example.org", "ma18@example.org"):
        response = client.post(path, {"email": email})
        answers.add((response.status_code, response["Location"]))
    assert len(answers) == 1
    outbox.send_waiting()
    assert sorted(addresses()) == ["a@example.org", "ma18@example.org"]
    assert client.post(path, {"email": "x"}).status_code == 200


# ---- nothing is lost, and not everything is kept -------------------------------------


def test_a_mail_server_that_is_down_loses_nothing(person, caplog):
    request = written(person)
    services.confirm(request)
    with override_settings(EMAIL_BACKEND=BROKEN_MAIL):
        for _time in range(3):
            assert "0 mailed, 1 still waiting" in tick()
    assert "a@example.org" not in caplog.text
    assert ContactMail.objects.get().attempts == 3
    assert "1 mailed, 0 still waiting" in tick()
    assert addresses() == ["a@example.org"]
    links = signed_links.SignedLink.objects.filter(
        purpose=letters.MESSAGE, used_at=None
    )
    assert links.count() == 1, "of several tries only the last link is good"
    tick()
    assert len(mail.outbox) == 1


def test_a_dead_process_gives_its_mail_back(person):
    services.confirm(written(person))
    ContactMail.objects.update(claimed_at=timezone.now())
    assert "0 mailed" in tick()
    ContactMail.objects.update(claimed_at=timezone.now() - outbox.CLAIM * 2)
    assert "1 mailed" in tick()


def test_contents_are_deleted_and_numbers_remain(client, opened, organisation):
    _request, path = opened
    client.post(path, {"aktion": "answer", "answer": "Gern."})
    tick()
    asked, _message = delivered(organisation)
    services.answer(asked.mails.get(), "Ja.", shares_address=False)
    tick()
    later(days=91)
    assert "2 old messages deleted" in tick()
    assert not ContactRequest.objects.exists()
    assert not ContactMail.objects.exists()
    rows = ContactCount.objects.values_list("organisation", "outcome", "answer_days")
    assert set(rows) == {
        (None, State.ANSWERED, None),
        (organisation.pk, State.ANSWERED, 0),
    }


def test_what_still_waits_for_the_mail_server_is_not_deleted(opened):
    request, _path = opened
    services.answer(request.mails.get(), "Gern.", shares_address=False)
    later(days=91)
    with override_settings(EMAIL_BACKEND=BROKEN_MAIL):
        assert "0 old messages" in tick()
    tick()
    assert addresses()[-1] == "s@example.org"


def test_everything_of_a_person_goes_with_the_person(person):
    delivered(person)
    block("x@example.org", person)
    ContactPreference.objects.create(person=person)
    person.delete()
    for model in (ContactRequest, ContactMail, ContactBlock, ContactPreference):
        assert not model.objects.exists(), model


# ---- answer times --------------------------------------------------------------------


def answered(organisation, days, number=1):
    for _request in range(number):
        request = written(organisation)
        services.confirm(request)
        moment = request.confirmed_at + timedelta(days=days)
        services.answer(request.mails.get(), "Ja.", shares_address=False)
        ContactRequest.objects.filter(pk=request.pk).update(answered_at=moment)


def test_answer_times_only_with_agreement_and_from_ten_up(client, organisation):
    answered(organisation, 2, LEAST - 1)
    organisation.shows_answer_time = True
    organisation.save()
    assert answer_time(organisation) is None
    answered(organisation, 9)
    assert answer_time(organisation) == (2, LEAST)
    html = client.get(organisation.get_url("de")).content.decode()
    assert "Antwortet meist innerhalb von 2 Tagen" in html
    assert "within 2 days" in client.get(organisation.get_url("en")).content.decode()
    later(days=120)
    tick()
    assert not ContactRequest.objects.exists()
    assert answer_time(organisation) == (2, LEAST), "from the numbers alone"
    organisation.shows_answer_time = False
    organisation.save()
    html = client.get(organisation.get_url("de")).content.decode()
    assert "Antwortet meist" not in html


def test_what_nobody_answers_counts_as_never(organisation):
    organisation.shows_answer_time = True
    organisation.save()
    answered(organisation, 1, 4)
    for _request in range(8):
        services.confirm(written(organisation))
    later(days=8)
    assert answer_time(organisation) is None


# ---- many ----------------------------------------------------------------------------


def test_a_thousand_messages(person, organisation):
    """Bounded work, counted mails, nobody is asked twice."""
    stamp = timezone.now() - timedelta(days=8)
    requests = ContactRequest.objects.bulk_create(
        ContactRequest(
            person=person,
            sender_name=f"Beispielperson {number}",
            sender_email=f"s{number}@example.org",
            purpose="question",
            subject=f"Frage {number}",
            message="?",
            state=State.OPEN,
            confirmed_at=stamp,
        )
        for number in range(1000)
    )
    ContactMail.objects.bulk_create(
        ContactMail(
            request=request,
            kind=ContactMail.Kind.DELIVERY,
            person=person,
            created_at=stamp,
            mailed_at=stamp,
        )
        for request in requests
    )
    queries = Counter()

    def count(execute, *statement):
        queries["all"] += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        assert "500 passed on" in tick()
    assert len(mail.outbox) == outbox.BATCH
    assert queries["all"] <= MOST_QUERIES * outbox.BATCH
    tick()
    tick()
    assert len(mail.outbox) == 1000
    assert {message.to[0] for message in mail.outbox} == {"b@example.org"}
    assert len({message.subject for message in mail.outbox}) == 1000
    assert ContactMail.objects.filter(kind=ContactMail.Kind.DELIVERY).count() == 2000
    assert not any(f"s{n}@" in mail.outbox[n].body for n in range(0, 1000, 50))
