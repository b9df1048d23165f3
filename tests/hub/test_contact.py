"""Questions to the office: what people send, what machines send, what goes wrong."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

import pytest

from hub.contact import mails, origin, services, traps
from hub.contact.forms import MESSAGE_MAX
from hub.models import AskPage, Enquiry
from tests.factories import hub as make

pytestmark = pytest.mark.django_db

BROKEN_MAIL = "tests.hub.mailboxes.RefusingBackend"


@pytest.fixture
def ask():
    """The page in both languages."""
    return make.section(
        AskPage, ("Frage an das Büro", "frage"), ("Ask the office", "ask")
    )


@pytest.fixture
def office(ask):
    reachable = mails.office()
    reachable.office_email = "office@example.org"
    reachable.office_phone = "+43 1 4000-00 000"
    reachable.office_hours_de = "Montag bis Freitag, 9 bis 12 Uhr"
    reachable.office_hours_en = "Monday to Friday, 9 am to noon"
    reachable.answer_days = 5
    reachable.save()
    return reachable


def typed(**values):
    """What a person types, who took a minute for it."""
    return {
        "name": "Beispielperson A",
        "email": "a@example.org",
        "subject": "Platz in Favoriten",
        "message": "Wie erreichen wir junge Menschen?\nIn drei Wochen.",
        "seite": "/de/methoden/planungszelle/",
        "homepage": "",
        "geoeffnet": stamp(seconds=60),
        **values,
    }


def stamp(seconds):
    """The stamp of a form that was opened so long ago."""
    from django.core import signing

    moment = timezone.now().timestamp() - seconds
    return signing.dumps(moment, salt=traps._SALT)


@pytest.fixture
def send(client, ask, django_capture_on_commit_callbacks):
    """Send the form, with everything that happens after the commit."""

    def _send(language="de", **values):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ask[language].url, typed(**values))

    return _send


def errors(response):
    return response.context["form"].errors


# ---- the way it should go --------------------------------------------------------------


def test_question_is_kept_mailed_and_confirmed(send, client, office):
    response = send()

    assert response.status_code == 303
    enquiry = Enquiry.objects.get()
    assert enquiry.page_url == "/de/methoden/planungszelle/"
    assert enquiry.language == "de"
    assert enquiry.mailed_at
    to_office, to_sender = mail.outbox
    assert to_office.to == ["office@example.org"]
    assert to_office.reply_to == ["a@example.org"]
    assert "junge Menschen?\nIn drei Wochen." in to_office.body
    assert "/de/methoden/planungszelle/" in to_office.body
    assert to_sender.to == ["a@example.org"]
    assert "innerhalb von 5 Arbeitstagen" in to_sender.body
    assert "+43 1 4000-00 000 (Montag bis Freitag, 9 bis 12 Uhr)" in to_sender.body

    thanks = client.get(response["Location"])
    text = thanks.content.decode()
    assert "Danke, Ihre Frage ist angekommen." in text
    assert f"die Nummer {enquiry.pk}" in text
    assert "noindex" in text


def test_english_page_confirms_in_english(send, client, office):
    response = send("en")

    confirmation = mail.outbox[1]
    assert "Arbeitstag" not in confirmation.body
    assert "within 5 working days" in confirmation.body
    assert "Monday to Friday" in confirmation.body
    assert Enquiry.objects.get().language == "en"
    assert "Thank you" in client.get(response["Location"]).content.decode()


def test_confirmation_repeats_nothing_that_was_typed(send):
    send(
        name="Kaufen Sie",
        subject="Sonderangebot",
        message="Nur heute: beispiel.example",
    )

    confirmation = mail.outbox[1]
    whole = f"{confirmation.subject}\n{confirmation.body}\n{confirmation.message()}"
    for word in ("Kaufen", "Sonderangebot", "Nur heute", "beispiel.example"):
        assert word not in whole
    assert confirmation.extra_headers["Auto-Submitted"] == "auto-replied"


def test_same_address_is_confirmed_only_a_few_times_a_day(send):
    with override_settings(
        HUB_RATE_LIMITS={"enquiry": (99, 3600), "confirmation": (2, 86_400)}
    ):
        for number in range(4):
            send(message=f"Frage {number}")
    confirmations = [m for m in mail.outbox if m.to == ["a@example.org"]]
    assert len(confirmations) == 2
    assert Enquiry.objects.count() == 4


def test_name_is_optional(send):
    assert send(name="").status_code == 303
    assert "ohne Namen" in mail.outbox[0].body


def test_sent_twice_is_kept_once(send):
    opened = stamp(60)
    first, second = send(geoeffnet=opened), send(geoeffnet=opened)
    assert first.status_code == second.status_code == 303
    assert Enquiry.objects.count() == 1
    assert len(mail.outbox) == 2


def test_office_address_of_the_settings_when_none_is_entered(send):
    with override_settings(HUB_OFFICE_EMAIL="settings@example.org"):
        send()
    assert mail.outbox[0].to == ["settings@example.org"]


def test_page_says_when_an_answer_comes_and_shows_the_telephone(client, ask, office):
    german = client.get(ask["de"].url).content.decode()
    assert "innerhalb von 5 Arbeitstagen" in german
    assert 'href="tel:+4314000000"' in german or 'href="tel:+4314000' in german
    assert "Montag bis Freitag" in german
    english = client.get(ask["en"].url).content.decode()
    assert "Monday to Friday" in english
    assert "Montag" not in english


def test_no_telephone_no_panel(client, ask):
    assert "tel:" not in client.get(ask["de"].url).content.decode()


# ---- what is wrong is said, and nothing typed is lost ------------------------------------


def test_errors_stand_beside_the_field_and_in_a_summary(send):
    response = send(email="keine adresse", subject="")
    text = response.content.decode()

    assert response.status_code == 200
    assert not Enquiry.objects.exists()
    assert 'role="alert"' in text
    assert '<a href="#id_email">' in text
    assert 'id="id_email_error"' in text
    assert re.search(r'<input type="email"[^>]*aria-invalid="true"', text)
    assert 'value="keine adresse"' in text
    assert "In drei Wochen." in text
    assert "Beispielperson A" in text
    assert "/de/methoden/planungszelle/" in text


def test_too_long_a_question_says_by_how_much(send):
    response = send(message="x" * (MESSAGE_MAX + 1))
    assert "5.001 Zeichen" in errors(response)["message"][0]
    assert "x" * (MESSAGE_MAX + 1) in response.content.decode()


def test_line_ends_of_browsers_count_once(send):
    text = "\r\n".join(["ab"] * (MESSAGE_MAX // 3))
    assert len(text) > MESSAGE_MAX
    assert send(message=text).status_code == 303


def test_html_is_shown_as_text(send):
    response = send(subject="<script>alert(1)</script>", email="")
    assert "<script>alert(1)" not in response.content.decode()


@pytest.mark.parametrize("field", ["name", "subject"])
def test_line_ends_do_not_reach_headers(send, field):
    assert send(**{field: "Hallo\r\nBcc: all@example.org\u2028X: y"}).status_code == 303
    kept = getattr(Enquiry.objects.get(), field)
    assert kept == "Hallo Bcc: all@example.org X: y"
    recipients = [message.recipients() for message in mail.outbox]
    assert recipients == [["buero@example.org"], ["a@example.org"]]
    assert "Bcc" not in mail.outbox[0].message()


def test_two_addresses_are_none(send):
    assert "email" in errors(send(email="a@example.org\nBcc: b@example.org"))
    assert "email" in errors(send(email="a@example.org,b@example.org"))


@pytest.mark.parametrize("text", ["\x00", "🙂" * 50, "‮abc", "'; DROP TABLE x; --", " "])
def test_odd_text_is_never_an_error_page(send, text):
    assert send(subject=text, message=text, name=text).status_code in (200, 303)


# ---- traps --------------------------------------------------------------------------------


def test_hidden_field_stops_and_says_so(send):
    response = send(homepage="https://spam.example")
    assert response.status_code == 200
    assert not Enquiry.objects.exists()
    assert not mail.outbox
    text = response.content.decode()
    assert "verstecktes Feld" in text
    assert "spam.example" not in text
    assert "In drei Wochen." in text


def test_hidden_field_is_out_of_reach_for_people(client, ask):
    text = client.get(ask["de"].url).content.decode()
    box = re.search(r'<div class="vh" aria-hidden="true">.*?</div>', text, re.S).group()
    assert 'name="homepage"' in box
    assert 'autocomplete="off"' in box
    assert 'tabindex="-1"' in box


def test_faster_than_people_write(send):
    response = send(geoeffnet=stamp(seconds=1))
    assert response.status_code == 200
    assert "sehr schnell" in response.content.decode()


def test_the_same_form_works_a_moment_later(send):
    opened = stamp(seconds=1)
    again = send(geoeffnet=opened).context["form"]["geoeffnet"].value()
    assert again == opened


@pytest.mark.parametrize("opened", ["", "forged", "x:y:z", "1"])
def test_forged_stamp_gets_a_new_one(send, opened):
    response = send(geoeffnet=opened)
    assert response.status_code == 200
    fresh = response.context["form"]["geoeffnet"].value()
    assert traps.read_stamp(fresh).is_valid


def test_many_links_are_refused_few_are_not(send):
    link = "https://example.org/a "
    assert "message" in errors(send(message=link * 4))
    assert send(message=link * 3).status_code == 303


def test_links_in_subject_and_name_are_refused(send):
    assert "subject" in errors(send(subject="www.example.org"))
    assert "name" in errors(send(name="http://example.org"))


def test_too_many_questions_get_a_polite_answer(send):
    with override_settings(HUB_RATE_LIMITS={"enquiry": (2, 3600)}):
        for number in range(2):
            assert send(message=f"Frage {number}").status_code == 303
        response = send(message="Frage drei")
    text = response.content.decode()
    assert response.status_code == 429
    assert "Ihr Text ist noch da" in text
    assert "Frage drei" in text
    assert Enquiry.objects.count() == 2


def test_csrf_is_checked_and_explained(ask):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(ask["en"].url, typed())
    assert response.status_code == 403
    assert "cookie" in response.content.decode().lower()
    assert not Enquiry.objects.exists()


def test_form_is_never_cached(client, ask):
    assert "no-store" in client.get(ask["de"].url)["Cache-Control"]


# ---- where the question comes from -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/de/methoden/", "/de/methoden/"),
        ("/de/suche/?q=anna", "/de/suche/"),
        ("https://evil.example/de/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("/\t/evil.example", ""),
        ("javascript:alert(1)", ""),
        ("de/methoden/", ""),
        ("/" + "x" * 600, ""),
        ("", ""),
    ],
)
def test_only_own_paths_are_taken(text, path):
    assert origin.own_path(text) == path


def test_page_shows_where_the_question_comes_from(client, ask):
    shown = client.get(ask["de"].url, {"seite": "/de/methoden/"}).content.decode()
    assert '<a href="/de/methoden/">/de/methoden/</a>' in shown
    evil = client.get(ask["de"].url, {"seite": "https://evil.example/"})
    assert "evil.example" not in re.sub(
        r'name="weiter" value="[^"]*"', "", evil.content.decode()
    ).replace("%3A%2F%2Fevil.example", "")


def test_browser_tells_the_page_before(client, ask):
    text = client.get(
        ask["de"].url, headers={"referer": "http://testserver/de/netzwerk/?x=1"}
    ).content.decode()
    assert ">/de/netzwerk/</a>" in text
    other = client.get(
        ask["de"].url, headers={"referer": "https://evil.example/de/netzwerk/"}
    ).content.decode()
    assert "/de/netzwerk/</a>" not in other


def test_forged_origin_is_dropped_not_kept(send):
    send(seite="https://evil.example/")
    assert Enquiry.objects.get().page_url == ""


# ---- when mail does not work -------------------------------------------------------------------


def test_failing_mail_loses_nothing_and_is_said(send, client, caplog):
    with override_settings(EMAIL_BACKEND=BROKEN_MAIL):
        response = send()
        text = client.get(response["Location"]).content.decode()
    enquiry = Enquiry.objects.get()
    assert enquiry.mailed_at is None
    assert "Wir versuchen es von selbst wieder" in text
    assert "a@example.org" not in caplog.text
    assert "kept" in caplog.text

    call_command("send_pending_enquiries")
    enquiry.refresh_from_db()
    assert enquiry.mailed_at
    assert [m.to for m in mail.outbox] == [["buero@example.org"], ["a@example.org"]]
    call_command("send_pending_enquiries")
    assert len(mail.outbox) == 2


def test_resending_says_what_still_waits(send):
    with override_settings(EMAIL_BACKEND=BROKEN_MAIL):
        send()
        with pytest.raises(CommandError, match="1 still waiting"):
            call_command("send_pending_enquiries")


def test_two_processes_send_once(send):
    with override_settings(EMAIL_BACKEND=BROKEN_MAIL):
        send()
    enquiry = Enquiry.objects.get()
    from django.core.cache import cache

    cache.add(f"enquiry-mail:{enquiry.pk}", True, 60)
    assert services.deliver(enquiry) is False
    assert not mail.outbox


def test_receipt_of_others_cannot_be_guessed(client, ask, send):
    send()
    number = Enquiry.objects.get().pk
    text = client.get(ask["de"].url, {"eingang": str(number)}).content.decode()
    assert "Danke" not in text


def test_answered_questions_are_forgotten_after_a_year(ask):
    old = timezone.now() - timedelta(days=400)
    for state in Enquiry.State.values:
        enquiry = Enquiry.objects.create(
            email="a@example.org", subject=state, message="x", state=state
        )
        Enquiry.objects.filter(pk=enquiry.pk).update(created_at=old)
    assert services.forget_old() == 2
    left = set(Enquiry.objects.values_list("state", flat=True))
    assert left == {Enquiry.State.NEW, Enquiry.State.IN_PROGRESS}
    assert services.forget_old() == 0
