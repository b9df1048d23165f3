"""Numbers, ranges, durations and texts as readers see them, in both languages."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.template import Context, Template
from django.utils import translation

import pytest

from hub import formats
from hub.templatetags import hub_tags


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


def render(source, **context):
    return Template("{% load hub_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "german_text", "english_text"),
    [(1000, "1.000", "1,000"), (1.5, "1,5", "1.5"), (20, "20", "20"), (None, "", "")],
)
def test_number(value, german_text, english_text):
    assert formats.number(value) == german_text
    with translation.override("en"):
        assert formats.number(value) == english_text


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (20, 25, "20–25"),
        (20, 20, "20"),
        (50, None, "ab 50"),
        (None, 40, "bis 40"),
        (None, None, ""),
        (30, 1000, "30–1.000"),
    ],
)
def test_range_says_what_is_known_and_no_more(low, high, expected):
    assert formats.range_text(low, high) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (45, 90, "45–90 Minuten"),
        (120, 180, "2–3 Stunden"),
        (10, 120, "10 Minuten bis 2 Stunden"),
        (60, 120, "1–2 Stunden"),
        (900, 1020, "15–17 Stunden"),
        (90, 210, "1,5–3,5 Stunden"),
        (None, 720, "bis 12 Stunden"),
        (1, 1, "1 Minute"),
        (None, None, ""),
    ],
)
def test_minutes_become_hours_when_people_would_say_hours(low, high, expected):
    assert formats.minutes_text(low, high).replace("\xa0", " ") == expected


def test_euros_in_both_languages():
    assert formats.euros_text(8000, 15000) == "8.000–15.000\xa0Euro"
    assert formats.euros_text(0, 0) == "keine externen Kosten"
    assert formats.euros_text(0, 500) == "bis 500\xa0Euro"
    assert formats.euros_text(None, None) == ""
    with translation.override("en"):
        assert formats.euros_text(8000, 15000) == "€8,000–15,000"


def test_dates_keep_day_and_month_together():
    assert formats.long_date(date(2026, 11, 14)) == "14.\xa0November 2026"
    with translation.override("en"):
        assert formats.long_date(date(2026, 11, 14)) == "14\xa0November 2026"


def test_moment_counts_in_vienna():
    moment = datetime(2026, 11, 14, 23, 30, tzinfo=UTC)
    assert formats.long_date(moment) == "15.\xa0November 2026"


def test_scale_lies_on_a_logarithmic_line():
    assert formats.scale_bar(10, 100) == {"x": "50.0", "width": "46.0", "open": False}
    assert formats.scale_bar(50, None)["open"] is True
    assert formats.scale_bar(None, None) is None
    assert "<rect" in render("{% scale 10 100 %}")


def test_icon_is_decoration_from_the_sprite():
    html = render('{% icon "method" %}')
    assert 'aria-hidden="true"' in html
    assert "icons.svg#i-method" in html


def test_paragraphs_escape_and_split():
    html = hub_tags.paragraphs("Eins <b>\n\n\nZwei\r\n\r\nDrei")
    assert html == "<p>Eins &lt;b&gt;</p>\n<p>Zwei</p>\n<p>Drei</p>"
    assert hub_tags.paragraphs(None) == ""


def test_text_comes_with_its_language():
    record = SimpleNamespace(name_de="Bezirk", name_en="", note_de=None, note_en="x")
    assert hub_tags.text_in_language(record, "name") == ("Bezirk", "")
    with translation.override("en"):
        assert hub_tags.text_in_language(record, "name") == ("Bezirk", "de")
        assert hub_tags.text_in_language(record, "note") == ("x", "")
    assert hub_tags.text_in_language(record, "missing") == ("", "")


def test_soft_hyphens_only_in_long_compounds_and_never_in_markup():
    assert hub_tags.shy("Bezirksvorstehung") == "Bezirks\u00advorstehung"
    assert hub_tags.shy("Katastrophenschutz") == "Katastrophen\u00adschutz"
    assert hub_tags.shy("Koordinationsstelle") == "Koordinations\u00adstelle"
    assert hub_tags.shy("Prozessbegleitungen") == "Prozessbegleitungen"
    assert hub_tags.shy("Parkraumbewirtschaftung") == "Parkraumbewirtschaftung"
    assert hub_tags.shy("Werkstatt") == "Werkstatt"
    assert hub_tags.shy("<b>") == "&lt;b&gt;"
    assert hub_tags.plain("Bezirks\u00advorstehung") == "Bezirksvorstehung"


def test_language_switch_leads_to_the_same_page_or_says_so():
    alternates = [{"language": "de", "url": "/de/a/", "translated": True}]
    german_link, english = hub_tags.language_links(alternates, {"en": "/en/"})
    assert german_link.current
    assert german_link.same_page
    assert english.url == "/en/"
    assert not english.same_page


def test_alias_is_marked_as_not_translated():
    alternates = [{"language": "en", "url": "/en/a/", "translated": False}]
    english = hub_tags.language_links(alternates, {})[1]
    assert english.same_page
    assert not english.translated


def test_json_ld_cannot_close_its_block():
    html = render("{% json_ld data %}", data={"name": "</script><b>&"})
    assert "</script><b>" not in html
    assert html.count("</script>") == 1
    assert render("{% json_ld data %}", data=None) == ""


def test_initials():
    assert hub_tags.initials("Beispielperson Ada Muster") == "BM"
    assert hub_tags.initials("Ada") == "A"
    assert hub_tags.initials("") == ""


def test_smallest_components_escape_what_they_show():
    words = "<b>&'"
    for shown in (
        hub_tags.kind("method", words),
        hub_tags.tag(words, variant="line"),
        hub_tags.level(2, words),
        hub_tags.meta_line([{"text": words, "icon": "pin"}]),
        hub_tags.meta_line([{"text": words, "level": 3}]),
    ):
        assert "&lt;b&gt;&amp;&#x27;" in shown
        assert "<b>&" not in shown
