"""Methods side by side: what is said, what is left out, and what it costs."""

import html as html_entities
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import PageViewRestriction

import pytest

from methods.addresses import compare_address
from tests.factories.casestudies import case, case_section, use
from tests.factories.hub import easy_text, locales, target_group
from tests.factories.methods import method, method_section

pytestmark = pytest.mark.django_db

URL = "/de/methoden/vergleich/"
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def root():
    return method_section()


@pytest.fixture
def two(root):
    cafe = method(
        root, "world-cafe", goals=(), target_groups=[target_group()], cost_eur_min=100,
        cost_eur_max=200, when_to_use="<p>Wenn viele <a href='x'>reden</a>.</p>",
    )  # fmt: skip
    jury = method(
        root, "buergerrat", levels=["empower"], group_size_min=100, group_size_max=None,
        lead_time_weeks_min=20, lead_time_weeks_max=30, is_standing=True,
        cost_eur_min=1000, cost_eur_max=2000,
        target_groups=[target_group(), target_group("women", "Frauen")],
    )  # fmt: skip
    return cafe, jury


def address(*methods, language="de", **more):
    return compare_address([page.pk for page in methods], language, **more)


def get(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def words(part):
    text = html_entities.unescape(TAGS.sub(" ", part)).replace("\xad", "")
    return " ".join(text.split())


def table(html):
    """Rows by their first word, each as texts of its cells; the head under ""."""
    found = {}
    for row in re.findall(r"<tr.*?</tr>", html, re.S):
        parts = re.split(r"(?=<t[hd][ >])", row)[1:]
        cells = [
            words(re.sub(r'<span class="compare-of".*?</span>', "", part, flags=re.S))
            for part in parts
        ]
        found[cells[0] if len(found) else ""] = cells[1:]
    return found


def row(html, label):
    head = next(key for key in table(html) if key.startswith(label))
    return head.removeprefix(label).strip(), table(html)[head]


# Addresses ---------------------------------------------------------------------------


def test_address_is_the_same_comparison_in_both_languages(two):
    cafe, jury = two
    query = f"?m=method-{cafe.pk}&m=method-{jury.pk}"
    assert address(cafe, jury) == f"/de/methoden/vergleich/{query}"
    assert address(cafe, jury, language="en") == f"/en/methods/compare/{query}"
    with translation.override("en"):
        assert address(cafe, language="de").startswith("/de/methoden/vergleich/")


def test_without_a_section_there_is_no_address(db):
    assert compare_address([1]) == ""


def test_language_switch_leads_to_the_same_comparison(client, two):
    html = get(client, address(*two, nur="unterschiede"))
    english = address(*two, language="en", nur="unterschiede").replace("&", "&amp;")
    assert f'href="{english}" lang="en"' in html


def test_combinations_are_not_for_search_engines(client, two):
    html = get(client, address(*two))
    assert 'content="noindex, follow"' in html
    assert f'<link rel="canonical" href="http://testserver{URL}">' in html
    assert "noindex" not in get(client)


# The table ---------------------------------------------------------------------------


def test_columns_and_rows_have_heads(client, two):
    html = get(client, address(*two))
    assert table(html)[""] == [
        "World Cafe Entfernen : World Cafe",
        "Buergerrat Entfernen : Buergerrat",
    ]
    assert html.count('scope="col"') == 3
    assert html.count('scope="rowgroup"') == 5
    assert row(html, "Kurz gesagt") == (
        "",
        ["Kurztext world-cafe.", "Kurztext buergerrat."],
    )


def test_differences_stand_in_words(client, two):
    html = get(client, address(*two))
    assert row(html, "Vorlauf") == (
        "Richtwert verschieden",
        ["4–8 Wochen weniger Vorlauf", "20–30 Wochen mehr Vorlauf rund 5–7 Monate"],
    )
    assert row(html, "Gruppengröße") == (
        "Richtwert verschieden",
        ["10–40 Personen kleinere Gruppen", "ab 100 Personen größere Gruppen"],
    )
    assert row(html, "Format") == ("gleich", ["vor Ort", "vor Ort"])
    assert row(html, "Zielgruppen") == (
        "verschieden",
        ["Jugendliche", "Jugendliche nur hier: Frauen"],
    )
    level = "Wie weit Menschen mitentscheiden"
    verdict, cells = row(html, level)
    assert verdict == "verschieden"
    assert cells[1] == "Ermächtigen geht weiter Stufe 5 von 5"


def test_a_year_is_not_compared_with_a_run(client, two):
    verdict, cells = row(get(client, address(*two)), "Externe Kosten")
    assert verdict.startswith("Richtwert verschieden Ein Jahr und ein Durchgang")
    assert cells == [
        "100–200 Euro für einen Durchgang",
        "1.000–2.000 Euro für ein Jahr",
    ]


def test_among_three_the_extremes_are_named(client, root, two):
    third = method(root, "umfrage", lead_time_weeks_min=5, lead_time_weeks_max=12)
    _verdict, cells = row(get(client, address(*two, third)), "Vorlauf")
    assert cells[0] == "4–8 Wochen am wenigsten Vorlauf"
    assert "am meisten Vorlauf" in cells[1]
    assert cells[2] == "5–12 Wochen"


def test_what_is_missing_is_said(client, root, two):
    unknown = method(
        root, "unbekannt", effort="", levels=[], formats=[], summary="",
        group_size_min=None, group_size_max=None,
    )  # fmt: skip
    html = get(client, address(two[0], unknown))
    for label in ("Gruppengröße", "Aufwand", "Format", "Wie weit Menschen"):
        verdict, cells = row(html, label)
        assert cells[1] == "keine Angabe"
        assert verdict.endswith("nicht bei allen bekannt")
    assert row(html, "Verträgt Konflikt")[0] == "bei keiner bekannt"
    assert all(cells for key, row in table(html).items() for cells in row)


def test_no_links_of_texts_and_their_words_stay(client, two):
    html = get(client, address(*two))
    assert row(html, "Geeignet")[1] == ["Wenn viele reden.", "keine Angabe"]
    assert "href='x'" not in html


def test_cases_are_counted_and_linked(client, two):
    cases = case_section()
    use(case(cases, "eins"), two[0])
    use(case(cases, "geerbt"), two[1], is_inherited=True)
    html = get(client, address(*two))
    assert row(html, "Fälle in Wien") == (
        "verschieden",
        ["1 Fallbeispiel mehr Erfahrung", "noch keines"],
    )
    assert 'href="/de/methoden/world-cafe/#praxis"' in html


def test_easy_texts_are_linked_where_there_are_any(client, two):
    assert "Einfacher Text" not in get(client, address(*two))
    easy_text(two[0])
    html = get(client, address(*two))
    assert row(html, "Einfacher Text")[1] == ["Einfach erklärt", "gibt es noch nicht"]
    assert 'href="/de/methoden/world-cafe/leicht-lesen/"' in html


def test_only_differences_on_request(client, root, two):
    method(root, "umfrage")
    html = get(client, address(*two, nur="unterschiede"))
    assert not any(key.endswith("gleich") for key in table(html))
    assert any(key.startswith("Vorlauf") for key in table(html))
    assert any(key.startswith("Geeignet") for key in table(html))
    assert "Was gleich ist, ist ausgeblendet." in html
    assert 'name="nur" value="unterschiede"' in html
    everything = get(client, address(*two, nur="x"))
    assert any(key.endswith("gleich") for key in table(everything))


def test_english_comparison_is_english(client, two):
    html = get(client, address(*two, language="en"))
    body = html.split("<main", 1)[1].split("</main>", 1)[0]
    for word in ("verschieden", "Richtwert", "Wochen", "Vorlauf", "Angabe", "Zeigen"):
        assert word not in body
    assert row(html, "Lead time")[1][0] == "4–8 weeks less lead time"


def test_a_method_without_translation_is_marked(client, root, two):
    from methods.models import MethodPage

    german = MethodPage(
        title="Nur deutsch", slug="nur-deutsch", locale=root["de"].locale, summary="Ja."
    )
    root["de"].add_child(instance=german)
    german.copy_for_translation(locales()["en"], alias=True)
    html = get(client, address(two[0], german, language="en"))
    assert re.search(r'<a href="[^"]+" lang="de">Nur deutsch</a>', html)
    assert '<span lang="de">Ja.</span>' in html


# Choosing ----------------------------------------------------------------------------


def test_each_column_can_be_removed(client, two):
    cafe, jury = two
    html = get(client, address(cafe, jury))
    assert f'href="{address(jury)}">Entfernen' in html
    assert f'href="{address(cafe)}">Entfernen' in html
    assert f'href="{URL}">Entfernen' in get(client, address(cafe))


def test_the_form_keeps_what_is_there_and_offers_the_others_by_name(client, root, two):
    method(root, "aktivierende-befragung")
    html = get(client, address(*two))
    form = html.split('class="compare-add', 1)[1].split("</form>", 1)[0]
    kept = re.findall(r'type="hidden" name="m" value="([^"]+)"', form)
    assert kept == [f"method-{page.pk}" for page in two]
    assert re.findall(r"<option value=\"method[^>]*>([^<]+)", form) == [
        "Aktivierende Befragung"
    ]


def test_without_a_choice_two_fields_are_offered(client, two):
    html = get(client)
    assert "Erste Methode" in html
    assert "Zweite Methode" in html
    assert "<table" not in html
    # What the form sends when nothing was chosen is no mistake.
    assert "verfügbar" not in get(client, f"{URL}?m=&m=")


def test_one_alone_asks_for_another(client, two):
    html = get(client, address(two[0]))
    assert "Nehmen Sie eine zweite dazu." in html
    assert "Zweite Methode" in html
    assert "Erste Methode" not in html
    for word in ('class="tag', "compare-mark", "nur hier:", "Welche Zeilen"):
        assert word not in html


def test_four_are_full(client, root, two):
    more = [method(root, f"methode-{number}") for number in range(3)]
    html = get(client, address(*two, *more[:2]))
    assert "mehr Platz ist nicht" in html
    assert "<select" not in html
    html = get(client, address(*two, *more))
    assert len(table(html)[""]) == 4
    assert "Eine weitere ist weggelassen." in html
    assert table(html)[""][0].startswith("World Cafe")


def test_without_any_method_the_page_says_so(client, root):
    html = get(client, f"{URL}?m=method-1")
    assert "Noch gibt es keine Methode zum Vergleichen." in html
    assert "<select" not in html


def test_what_may_not_be_seen_is_left_out_without_its_content(client, root, two):
    private, hidden = method(root, "privat"), method(root, "entwurf")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hidden.unpublish()
    html = get(client, address(two[0], private, hidden))
    assert "2 Methoden aus der Adresse sind nicht (mehr) verfügbar." in html
    for word in ("Privat", "privat", "Entwurf", "entwurf"):
        assert word not in html


@pytest.mark.parametrize(
    "query",
    [
        "m=method--1",
        "m=method-0",
        "m=method-999999999999999999",
        "m=method-99999999999999999999999",
        "m=case-1",
        "m=person-1",
        "m=%00",
        "m=method-1%00",
        "m=%3Cscript%3Ealert(1)%3C/script%3E",
        "m=" + "9" * 5000,
        "m[]=method-1&nur=%00&seite=-1",
        "&".join(f"m=method-{number}" for number in range(100_000, 100_300)),
    ],
)
def test_nothing_in_the_address_breaks_the_page(client, two, query):
    html = get(client, f"{address(two[0])}&{query}")
    assert "World Cafe" in table(html)[""][0]
    assert "<script>alert" not in html


def test_repeated_and_unreadable_are_said(client, two):
    cafe = f"m=method-{two[0].pk}"
    html = get(client, f"{URL}?{cafe}&{cafe}&m=x&m=method-987654321")
    assert "Mehrfach genannte Methoden stehen hier nur einmal." in html
    assert "2 Methoden aus der Adresse sind nicht (mehr) verfügbar." in html
    assert len(table(html)[""]) == 1


# Ways to it --------------------------------------------------------------------------


def test_the_list_has_a_box_for_each_method(client, two):
    html = get(client, "/de/methoden/")
    form = html.split('class="picks"', 1)[1].split("</form>", 1)[0]
    assert f'action="{URL}"' in form
    chosen = re.findall(r'name="m" value="([^"]+)"', form)
    assert sorted(chosen) == sorted(f"method-{page.pk}" for page in two)
    english = get(client, "/en/methods/")
    assert sorted(re.findall(r'name="m" value="([^"]+)"', english)) == sorted(chosen)


def test_a_method_leads_to_its_comparison(client, two):
    cafe, jury = two
    html = get(client, "/de/methoden/world-cafe/")
    assert f'href="{address(cafe)}"' in html
    assert "Mit verwandten Methoden vergleichen" not in html
    cafe.related_methods.add(jury)
    cafe.save()
    html = get(client, "/de/methoden/world-cafe/")
    assert f'href="{address(cafe, jury).replace("&", "&amp;")}"' in html
    english = get(client, "/en/methods/world-cafe-en/")
    assert f'href="{address(cafe, language="en")}"' in english


# Cost --------------------------------------------------------------------------------


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_number_of_queries_does_not_grow(client, root):
    groups = [target_group(f"g-{number}", f"Gruppe {number}") for number in range(4)]
    methods = [
        method(
            root, f"methode-{number}", target_groups=groups,
            when_to_use='<p>Siehe <a linktype="page" id="1">dort</a>.</p>',
        )
        for number in range(10)
    ]  # fmt: skip
    for page in methods[:4]:
        easy_text(page)
    few = queries(client, address(*methods[:2]))
    assert queries(client, address(*methods[:4])) == few
    for number in range(10, 50):
        method(root, f"methode-{number}")
    assert queries(client, address(*methods[:4])) == few
    assert few <= 25
