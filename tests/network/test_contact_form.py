"""Writing to somebody: what the form offers, what machines send, what nobody learns."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core import mail, signing
from django.test import Client, override_settings
from django.utils import timezone

import pytest

from hub.contact import traps
from hub.contact.forms import MESSAGE_MAX
from hub.exchange.registry import registry as exchange
from hub.models import AskPage
from network.choices import FieldGroup
from network.contact import outbox
from network.contact.addresses import contact_path
from network.contact.parties import block
from network.models import ContactPreference, ContactRequest
from search.registry import registry as search
from tests.factories import hub as make
from tests.factories import methods as method_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

REACHABLE = (FieldGroup.FUNCTION, FieldGroup.CONTACT)
PRIVATE = "privat@example.org"


@pytest.fixture
def ask():
    return make.section(
        AskPage, ("Frage an das Büro", "frage"), ("Ask the office", "ask")
    )


@pytest.fixture
def person(network, ask):
    return things.person(groups=REACHABLE, is_demo=False, private_email=PRIVATE)


def stamp(seconds):
    moment = timezone.now().timestamp() - seconds
    return signing.dumps(moment, salt=traps._SALT)


def typed(**values):
    """What a person types, who took a minute for it."""
    return {
        "purpose": "question",
        "topic": "",
        "subject": "Platz in Favoriten",
        "message": "Wie erreichen wir junge Menschen?\nIn drei Wochen.",
        "name": "Beispielperson S",
        "email": "s@example.org",
        "seite": "/de/methoden/",
        "homepage": "",
        "geoeffnet": stamp(60),
        **values,
    }


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Send the form, with everything that happens after the response."""

    def _send(party, language="de", **values):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(contact_path(party, language), typed(**values))
        outbox.flush()
        return response

    return _send


def errors(response):
    return response.context["form"].errors


# ---- where the button is -----------------------------------------------------------------


def button(client, party, language="de"):
    html = client.get(party.get_url(language)).content.decode()
    return f'href="{contact_path(party, language)}"' in html, html


def test_button_where_a_message_arrives(client, person):
    there, html = button(client, person)
    assert there
    assert "Nachricht schreiben" in html
    assert PRIVATE not in html
    assert button(client, person, "en")[0]
    assert contact_path(person, "en").endswith("/contact/")


@pytest.mark.parametrize(
    "groups", [(FieldGroup.FUNCTION,), (FieldGroup.FUNCTION, FieldGroup.PROFILE)]
)
def test_no_button_without_consent_for_contact(client, network, ask, groups):
    person = things.person(groups=groups, is_demo=False, private_email=PRIVATE)
    there, html = button(client, person)
    assert not there
    assert "Frage an das Büro, wir vermitteln" in html
    assert PRIVATE not in html


def test_no_button_when_consent_has_ended(client, person):
    yesterday = date.today() - timedelta(days=1)
    person.consents.filter(field_group=FieldGroup.CONTACT).update(expires_on=yesterday)
    assert not button(client, person)[0]


def test_no_button_without_address(client, network, ask):
    person = things.person(groups=REACHABLE, is_demo=False)
    assert not button(client, person)[0]


def test_no_button_in_a_pause_and_again_after_it(client, person):
    wish = ContactPreference.objects.create(person=person, paused_until=date.today())
    assert not button(client, person)[0]
    wish.paused_until = date.today() - timedelta(days=1)
    wish.save()
    assert button(client, person)[0]


def test_organisations_by_their_function_mailbox(client, network, ask):
    without = things.organisation("ma-18")
    with_one = things.organisation("ma-20", mailbox="ma20@example.org")
    assert not button(client, without)[0]
    there, html = button(client, with_one)
    assert there
    assert "ma20@example.org" not in html


def test_successor_and_the_office_itself_have_no_form(client, network, ask):
    new = things.organisation("ma-20", mailbox="ma20@example.org")
    old = things.organisation("ma-19", mailbox="ma19@example.org", successor=new)
    office = things.organisation("buero-fuer-mitwirkung", mailbox="b@example.org")
    assert not button(client, old)[0]
    assert not button(client, office)[0]
    assert client.get(contact_path(office, "de")).status_code == 404


def test_profile_pages_stay_cheap(client, person, django_assert_max_num_queries):
    ContactPreference.objects.create(person=person, weekly_maximum=3)
    client.get(person.get_url("de"))
    with django_assert_max_num_queries(25):
        client.get(person.get_url("de"))


# ---- the form ------------------------------------------------------------------------------


def test_message_is_kept_and_only_its_sender_gets_a_mail(send, client, person):
    response = send(person)
    assert response.status_code == 303
    request = ContactRequest.objects.get()
    assert request.state == ContactRequest.State.UNCONFIRMED
    assert request.person == person
    assert request.page_url == "/de/methoden/"
    (confirmation,) = mail.outbox
    assert confirmation.to == ["s@example.org"]
    thanks = client.get(response["Location"]).content.decode()
    assert "sehen Sie in Ihr Postfach" in thanks
    assert "s@example.org" not in thanks


def test_confirmation_repeats_nothing_that_was_typed(send, person):
    send(person, name="Kaufen Sie", subject="Sonderangebot", message="Nur heute: x.at")
    whole = str(mail.outbox[0].message())
    text = "\n".join([mail.outbox[0].body, mail.outbox[0].alternatives[0][0], whole])
    for word in ("Kaufen", "Sonderangebot", "Nur heute", "x.at", PRIVATE):
        assert word not in text
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_english_in_english_as_text_and_html(send, person):
    send(person, "en")
    (confirmation,) = mail.outbox
    html, kind = confirmation.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="en">' in html
    for text in (confirmation.body, html, confirmation.subject):
        assert "bestätigen" not in text
    assert "/en/network/contact/confirm/" in confirmation.body
    assert "/en/network/contact/confirm/" in html


def test_form_shows_no_address_and_is_not_kept(client, person):
    response = client.get(contact_path(person, "de"))
    html = response.content.decode()
    assert PRIVATE not in html
    assert "noindex" in html
    assert "no-store" in response["Cache-Control"]


def test_topic_and_subject_come_from_the_page_before(client, person):
    section = method_things.method_section()
    topic = make.topic()
    page = method_things.method(section, "world-cafe", topics=[topic])
    path = page.get_url()
    for extra in (
        {"data": {"seite": path}},
        {"headers": {"referer": f"http://testserver{path}"}},
    ):
        form = client.get(contact_path(person, "de"), **extra).context["form"]
        assert form["subject"].value() == page.title
        assert form["topic"].value() == topic.pk
        assert form["seite"].value() == path


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/de/methoden/",
        "//evil.example/",
        "/de/gibt-es-nicht/",
        "/de//",
        "/xx/yy/",
        "/de/netzwerk/personen/beispielperson-b/",
        "/de/\u2028/",
    ],
)
def test_a_page_that_nobody_may_see_says_nothing(client, person, path):
    things.person("beispielperson-b", groups=())
    response = client.get(contact_path(person, "de"), {"seite": path})
    assert response.status_code == 200
    assert not response.context["form"]["subject"].value()
    assert "beispielperson-b" not in response.content.decode().lower().replace(
        "seite=", ""
    ) or path.startswith("/de/netzwerk")


def test_private_page_gives_no_title_away(client, person):
    from wagtail.models import PageViewRestriction

    section = method_things.method_section()
    page = method_things.method(section, "geheim")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = client.get(contact_path(person, "de"), {"seite": page.get_url()})
    assert not response.context["form"]["subject"].value()


def test_only_wanted_purposes_and_topics_are_offered(send, client, person):
    wanted, other = make.topic(), make.topic("energy", "Energie")
    wish = ContactPreference.objects.create(person=person, purposes=["invitation"])
    wish.topics.set([wanted])
    form = client.get(contact_path(person, "de")).context["form"]
    assert [code for code, _label in form.fields["purpose"].choices] == [
        "",
        "invitation",
    ]
    assert list(form.fields["topic"].queryset) == [wanted]
    assert "purpose" in errors(send(person))
    assert "topic" in errors(send(person, purpose="invitation"))
    assert "topic" in errors(send(person, purpose="invitation", topic=other.pk))
    assert send(person, purpose="invitation", topic=wanted.pk).status_code == 303


def test_errors_are_said_and_nothing_is_lost(send, person):
    response = send(person, email="keine adresse", subject="", purpose="unsinn")
    html = response.content.decode()
    assert response.status_code == 200
    assert not ContactRequest.objects.exists()
    assert 'role="alert"' in html
    for name in ("email", "subject", "purpose"):
        assert f'<a href="#id_{name}">' in html
    assert "In drei Wochen." in html
    assert "Beispielperson S" in html


def test_who_paused_meanwhile_gets_nothing_and_the_text_stays(send, person):
    ContactPreference.objects.create(person=person, paused_until=date.today())
    response = send(person)
    html = response.content.decode()
    assert not ContactRequest.objects.exists()
    assert "In drei Wochen." in html
    assert "wir vermitteln" in html


# ---- machines ------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["name", "subject"])
@pytest.mark.parametrize(
    "end", ["\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x00"]
)
def test_no_line_end_reaches_a_header(send, client, person, field, end):
    send(person, **{field: f"Hallo{end}Bcc: all@example.org"})
    kept = getattr(
        ContactRequest.objects.get(), "sender_name" if field == "name" else field
    )
    assert kept == "Hallo Bcc: all@example.org"
    assert len(kept.splitlines()) == 1
    for message in mail.outbox:
        assert message.recipients() == ["s@example.org"]
        assert "Bcc" not in message.message()


@pytest.mark.parametrize(
    "email",
    [
        "s@example.org\nBcc: b@example.org",
        "s@example.org\r\nX: y",
        "s@example.org\u2028b@example.org",
        "s@example.org,b@example.org",
        "s@example.org b@example.org",
        '"s@example.org\n"@example.org',
    ],
)
def test_two_addresses_are_none(send, person, email):
    assert "email" in errors(send(person, email=email))
    assert not mail.outbox


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"homepage": "https://spam.example"}, "verstecktes Feld"),
        ({"geoeffnet": stamp(1)}, "sehr schnell"),
        ({"geoeffnet": "gefälscht"}, "sehr lange offen"),
        ({"message": "https://a.example " * 4}, "Links"),
        ({"subject": "www.example.org"}, "Links"),
        ({"message": "x" * (MESSAGE_MAX + 1)}, "zu lang"),
    ],
)
def test_traps_say_what_to_do(send, person, values, word):
    if values.get("geoeffnet", "").count(":") == 2:
        values = {"geoeffnet": stamp(1)}
    response = send(person, **values)
    assert response.status_code == 200
    assert word in response.content.decode()
    assert not ContactRequest.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("text", ["\x00", "🙂" * 50, "\u202eabc", "'; DROP --", " "])
def test_odd_text_is_never_an_error_page(send, person, text):
    response = send(person, subject=text, message=text, name=text, topic=text)
    assert response.status_code in (200, 303)


def test_html_stays_text_everywhere(send, client, person):
    send(person, subject="<script>alert(1)</script>")
    url = re.search(r"http\S+", mail.outbox[0].body).group()
    page = client.get(re.sub(r"^https?://[^/]+", "", url)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_limits_by_visitor_and_by_address(send, person):
    limits = {"contact": (2, 3600), "contact_sender": (99, 86_400)}
    with override_settings(HUB_RATE_LIMITS=limits):
        for number in range(2):
            assert send(person, message=f"Frage {number}").status_code == 303
        response = send(person, message="Frage drei")
    assert response.status_code == 429
    assert "Frage drei" in response.content.decode()
    assert ContactRequest.objects.count() == 2


def test_nobody_floods_somebody_elses_mailbox(client, person, send):
    limits = {"contact": (99, 3600), "contact_sender": (2, 86_400)}
    with override_settings(HUB_RATE_LIMITS=limits):
        codes = [
            send(person, message=f"Nr. {n}", email="Opfer@example.org").status_code
            for n in range(5)
        ]
    assert codes == [303, 303, 429, 429, 429]
    assert len(mail.outbox) == 2


def test_sent_twice_is_kept_once(send, person):
    opened = stamp(60)
    send(person, geoeffnet=opened)
    send(person, geoeffnet=opened)
    assert ContactRequest.objects.count() == 1
    assert len(mail.outbox) == 1


def test_csrf_is_checked(person):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(contact_path(person, "de"), typed()).status_code == 403
    assert not ContactRequest.objects.exists()


# ---- nobody learns what is not theirs ----------------------------------------------------------


def test_who_cannot_be_reached_looks_the_same_whatever_the_reason(client, network, ask):
    """No consent, no address, a pause, a full week: one page."""
    own = {"is_demo": False, "private_email": PRIVATE}
    reasons = [
        things.person("beispielperson-1", groups=REACHABLE[:1], **own),
        things.person("beispielperson-2", groups=REACHABLE, is_demo=False),
        things.person("beispielperson-3", groups=REACHABLE, **own),
        things.person("beispielperson-4", groups=REACHABLE, **own),
    ]
    ContactPreference.objects.create(person=reasons[2], paused_until=date.today())
    ContactPreference.objects.create(person=reasons[3], weekly_maximum=0)

    def page(person):
        html = client.get(contact_path(person, "de")).content.decode()
        html = re.sub(r'nonce="[^"]*"', "", html)
        return re.sub(r"(?i)beispielperson[- %20]*[1-4]", "X", html)

    pages = {page(person) for person in reasons}
    assert len(pages) == 1
    assert "wir vermitteln" in pages.pop()


def test_addresses_are_in_no_file_and_no_index(person):
    organisation = things.organisation("ma-20", mailbox="ma20@example.org")
    assert "private_email" not in exchange.get("people").columns("")
    for record, kind in ((person, "person"), (organisation, "organisation")):
        documents = list(search.source(kind).documents(record))
        assert documents
        assert "@example.org" not in repr(documents)


def test_hidden_people_are_not_there(client, network, ask):
    hidden = things.person(groups=(FieldGroup.CONTACT,), private_email=PRIVATE)
    assert client.get(contact_path(hidden, "de")).status_code == 404
    assert client.post(contact_path(hidden, "de"), typed()).status_code == 404


def test_old_addresses_lead_on(client, person):
    person.slug_de = "neu"
    person.save()
    response = client.get("/de/netzwerk/personen/beispielperson-a/kontakt/")
    assert response.status_code in (301, 404)
    multiplier = things.multiplier("jugendzentren", mailbox="j@example.org")
    response = client.get("/de/netzwerk/dienststellen/jugendzentren/kontakt/")
    assert response.status_code == 301
    assert response["Location"] == contact_path(multiplier, "de")


def test_a_blocked_sender_sees_the_same(send, client, person):
    block("S@Example.org", person)
    response = send(person)
    assert response.status_code == 303
    assert response["Location"].endswith("/kontakt/danke/sent/")
    assert [m.to for m in mail.outbox] == [["s@example.org"]]
