"""What people take along: cards, calendars, codes on paper, feeds. People never in bulk."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

import pytest
import vobject
from icalendar import Calendar

from network import office_hours, vcard
from network.choices import FieldGroup
from network.models import OfficeHours, Organisation, Person
from tests.factories import casestudies as cases
from tests.factories import hub as make
from tests.factories import network as things

pytestmark = pytest.mark.django_db

ALL = tuple(FieldGroup.values)


def get(path: str, **data):
    return Client().get(path, data)


# Cards -----------------------------------------------------------------------------------


@pytest.fixture
def person(network) -> Person:
    organisation = things.organisation("ma-18")
    found = things.person(
        name="Beispielperson Ährenfeld; Junior",
        degrees="Dr.",
        groups=ALL,
        website="https://beispiel.example/ich",
        languages=["de", "tr"],
        bio_de="Geheimes Kurzprofil",
        availability_de="Dienstag",
    )
    things.membership(found, organisation, "Moderation, Leitung")
    return found


def card_of(person: Person, language: str = "de") -> str:
    url = person.get_url(language)
    page = get(url).content.decode()
    address = re.search(r'href="([^"]+)" download type="text/vcard"', page)
    assert address, "the page offers no card"
    response = get(address[1])
    assert response.status_code == 200
    return response.content.decode()


def test_a_card_holds_what_the_person_agreed_to(person):
    text = card_of(person)
    card = vobject.readOne(text)
    assert card.fn.value == "Dr. Beispielperson Ährenfeld; Junior"
    assert card.title.value == "Moderation, Leitung"
    assert card.org.value == [Organisation.objects.get().label]
    urls = [line.value for line in card.url_list]
    assert urls == [person.get_full_url("de"), "https://beispiel.example/ich"]
    assert "Türkisch" in card.note.value
    assert "erfunden" in card.note.value
    assert "\r\n" in text
    for name in vcard.LEFT_OUT:
        assert not re.search(rf"^{name}[;:]", text, re.MULTILINE)
    assert "Geheimes" not in text


@pytest.mark.parametrize(
    ("missing", "trace"),
    [(FieldGroup.WEBSITE, "beispiel.example"), (FieldGroup.LANGUAGES, "Türkisch")],
)
def test_nothing_without_consent_is_on_it(person, missing, trace):
    assert trace in card_of(person)
    person.consents.filter(field_group=missing).update(withdrawn_on=date.today())
    assert trace not in card_of(person)


@pytest.mark.parametrize("how", ["withdrawn", "expired", "never", "unpublished"])
def test_no_card_without_a_basis(person, how):
    url = person.get_url("de")
    consents = person.consents.filter(field_group=FieldGroup.FUNCTION)
    yesterday = date.today() - timedelta(days=1)
    if how == "withdrawn":
        consents.update(withdrawn_on=yesterday)
    elif how == "expired":
        consents.update(expires_on=yesterday)
    elif how == "never":
        person.consents.all().delete()
    else:
        Person.objects.update(live=False)
    response = get(f"{url}visitenkarte/")
    assert response.status_code == 404
    assert "Ährenfeld" not in response.content.decode()


def test_names_cannot_add_lines(network):
    found = things.person(name="Beispielperson\r\nTEL:123\nEMAIL:x@y.at")
    text = card_of(found)
    assert not re.search(r"^(TEL|EMAIL)", text, re.MULTILINE)


def test_a_card_is_kept_by_no_cache_and_no_search_engine(person):
    response = get(f"{person.get_url('de')}visitenkarte/")
    assert response["Content-Type"].startswith("text/vcard")
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Content-Disposition"].endswith('.vcf"')


def test_cards_are_handed_out_one_by_one_and_not_for_ever(person, settings):
    times, _seconds = settings.HUB_RATE_LIMITS["vcard"]
    address = f"{person.get_url('de')}visitenkarte/"
    client = Client()
    for _time in range(times):
        assert client.get(address).status_code == 200
    assert client.get(address).status_code == 429


@pytest.mark.parametrize("form", ["csv", "json", "feed"])
def test_the_list_of_people_has_no_other_form(network, person, form):
    response = get(f"{network['de'].url}personen/", als=form)
    assert response["Content-Type"].startswith("text/html")


def test_english_card(person):
    text = card_of(person, "en")
    assert person.get_full_url("en") in text.replace("\r\n ", "")
    assert "Turkish" in text


# Calendars -------------------------------------------------------------------------------


@pytest.fixture
def stelle(network) -> Organisation:
    found = things.organisation("ma-20", phone="+43 1 4000")
    OfficeHours.objects.create(
        organisation=found, weekday=1, starts=time(9), ends=time(12), way="phone"
    )
    OfficeHours.objects.create(
        organisation=found,
        weekday=3,
        starts=time(14, 30),
        ends=time(16),
        valid_from=date(2026, 6, 3),
        valid_until=date(2099, 7, 31),
    )
    return found


def test_hours_stand_on_the_page_and_in_the_calendar(stelle):
    body = get(stelle.get_url("de")).content.decode()
    assert "Dienstag" in body
    assert "14:30" in body
    address = re.search(r'href="([^"]+)" download type="text/calendar"', body)
    response = get(address[1])
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == [
        "Europe/Vienna"
    ]
    first, second = calendar.walk("VEVENT")
    assert first["RRULE"]["FREQ"] == ["WEEKLY"]
    assert first["RRULE"]["BYDAY"] == ["TU"]
    assert "UNTIL" not in first["RRULE"]
    start = first.decoded("DTSTART")
    assert (start.weekday(), start.hour, start.utcoffset()) == (
        1,
        9,
        timezone.localtime(start).utcoffset(),
    )
    assert str(first["LOCATION"]) == "+43 1 4000"
    # The first Thursday on or after the day the hours begin.
    assert second.decoded("DTSTART").date() == date(2026, 6, 4)
    assert second["RRULE"]["UNTIL"][0].year == 2099
    assert first["UID"] != second["UID"]


def test_the_same_hours_are_the_same_event(stelle):
    rows = list(OfficeHours.objects.all())
    url = stelle.get_full_url("de")
    uids = {
        str(event["UID"])
        for _time in range(2)
        for event in Calendar.from_ical(office_hours.calendar(stelle, rows, url)).walk(
            "VEVENT"
        )
    }
    assert len(uids) == 2


def test_hours_keep_their_time_in_winter_and_summer(stelle):
    row = OfficeHours.objects.get(weekday=1)
    body = office_hours.calendar(stelle, [row], stelle.get_full_url("de")).decode()
    assert re.search(r"DTSTART;TZID=Europe/Vienna:\d{8}T090000\r\n", body)


def test_past_hours_and_hidden_organisations_have_no_calendar(stelle):
    url = stelle.get_url("de")
    assert get(f"{url}sprechzeiten/").status_code == 200
    OfficeHours.objects.update(valid_from=None, valid_until=date(2020, 1, 1))
    assert get(f"{url}sprechzeiten/").status_code == 404
    assert "Sprechzeiten" not in get(url).content.decode()
    OfficeHours.objects.update(valid_until=None)
    Organisation.objects.update(live=False)
    assert get(f"{url}sprechzeiten/").status_code == 404


def test_hours_that_end_before_they_begin_are_refused(stelle):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHours.objects.create(
            organisation=stelle, weekday=0, starts=time(12), ends=time(9)
        )


def test_names_cannot_add_lines_to_a_calendar(stelle):
    stelle.name_de = "Stelle\r\nATTENDEE:mailto:x@y.at"
    body = office_hours.calendar(
        stelle, OfficeHours.objects.all(), "https://x.example/"
    ).decode()
    assert not re.search(r"^ATTENDEE", body, re.MULTILINE)


# Codes on paper --------------------------------------------------------------------------


def test_the_printed_page_has_a_code_and_asks_nobody_for_it(stelle):
    body = get(stelle.get_url("de")).content.decode()
    info = body.split("print-info", 1)[1].split("</aside>", 1)[0]
    assert '<svg aria-hidden="true"' in info
    assert "style=" not in info
    assert "<img" not in info
    assert "http" not in info.split("</svg>")[0].split("<svg", 1)[1]


def test_the_code_says_the_address():
    import segno

    from hub.templatetags.qr_tags import MASK, qr

    url = "https://drehscheibe.example/de/netzwerk/dienststellen/ma-20/"
    path = segno.make(url, error="m", micro=False, mask=MASK).svg_inline(
        border=2, omitsize=True
    )
    drawn = re.search(r' d="([^"]+)"', path)[1]
    assert drawn in qr(url)
    assert qr("") == qr("https://x.example/" + "a" * 400) == ""


# Feeds -----------------------------------------------------------------------------------


@pytest.fixture
def index(network) -> dict:
    return cases.case_section()


def test_new_cases_by_topic_district_and_organisation(index, stelle):
    topic, district = make.topic(), things.district()
    ours = cases.case(index, "unser", topics=[topic], districts=[district])
    cases.case(index, "anderer")
    things.involvement(ours, stelle)
    other = things.organisation("ma-28")
    url = index["de"].url
    for filters in (
        {"thema": topic.code},
        {"bezirk": district.number},
        {"beteiligt": stelle.slug_de},
    ):
        body = get(url, als="feed", **filters).content.decode()
        assert body.count("<entry>") == 1, filters
        assert ours.title in body
    assert (
        "<entry>" not in get(url, als="feed", beteiligt=other.slug_de).content.decode()
    )
    page = get(url, beteiligt=stelle.slug_de).content.decode()
    assert stelle.label in page
    assert f"beteiligt={stelle.slug_de}&amp;als=feed" in page


def test_feeds_are_offered_where_they_belong(index, stelle):
    district = things.district()
    ours = cases.case(index, "unser", districts=[district])
    things.involvement(ours, stelle)
    for record, query in (
        (stelle, f"beteiligt={stelle.slug_de}"),
        (district, f"bezirk={district.number}"),
    ):
        body = get(record.get_url("de")).content.decode()
        address = re.search(rf'href="([^"]*{query}&amp;als=feed)"', body)
        assert address, record
        feed = get(address[1].replace("&amp;", "&"))
        assert feed["Content-Type"].startswith("application/atom+xml")
        assert ours.title in feed.content.decode()


def test_what_is_invented_has_no_feed(index, network):
    invented = things.organisation("beispielstelle", is_demo=True)
    assert "als=feed" not in get(invented.get_url("de")).content.decode()


def test_a_feed_names_no_organisation_nobody_may_see(index, stelle):
    ours = cases.case(index, "unser")
    things.involvement(ours, stelle)
    Organisation.objects.update(live=False)
    response = get(index["de"].url, beteiligt=stelle.slug_de)
    assert stelle.label not in response.content.decode()
    # Unknown values are ignored: the whole list.
    assert ours.title in response.content.decode()


def test_being_in_charge_is_no_participation(index, stelle):
    ours = cases.case(index, "unser")
    things.involvement(ours, stelle, basis="responsibility", role="")
    body = get(index["de"].url, als="feed", beteiligt=stelle.slug_de).content.decode()
    assert "<entry>" not in body


def test_a_day_has_one_first_weekday():
    row = OfficeHours(weekday=0, starts=time(9), ends=time(10))
    assert office_hours._first_day(row).weekday() == 0
    row.valid_from = datetime(2026, 1, 1).date()  # a Thursday
    assert office_hours._first_day(row) == date(2026, 1, 5)


# Every list ------------------------------------------------------------------------------


def test_every_list_has_a_table_and_data(network):
    """Methods, cases and the lists of the network have theirs; these are short lists."""
    from methods.models import GuidePage, GuidesPage

    glossary, easy = make.glossary_section(), make.easy_section()
    make.term("beirat")
    stelle = things.organisation()
    make.easy_text(stelle)
    guides = make.section(GuidesPage, ("Leitfäden", "leitfaeden"), ("Guides", "guides"))
    guides["de"].add_child(instance=GuidePage(title="Kurzer Weg", slug="kurzer-weg"))
    for page, word in (
        (glossary["de"], "Beirat"),
        (easy["de"], "Einfach gesagt"),
        (guides["de"], "Kurzer Weg"),
    ):
        table = get(page.url, als="csv")
        assert table["Content-Type"].startswith("text/csv")
        assert word in table.content.decode()
        (item,) = get(page.url, als="json").json()["items"]
        assert word in item.values()
        assert item["url"].startswith("http")
        assert "als=csv" in get(page.url).content.decode()
        # What is no form of this list is the page.
        assert get(page.url, als="feed")["Content-Type"].startswith("text/html")
