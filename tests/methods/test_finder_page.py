"""The finder as readers meet it: questions, results, bad input, what it costs."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hub.models import Goal
from methods.finder.addresses import finder_address
from methods.finder.answers import Answers
from methods.finder.asking import parameters, read
from methods.models import GuidePage, GuidesPage, MethodPage
from tests.factories.casestudies import case, case_section, use
from tests.factories.hub import section, target_group
from tests.factories.methods import method, method_section

pytestmark = pytest.mark.django_db

FINDER = "/de/methoden/finder/"


def get(client, query="", url=FINDER):
    response = client.get(f"{url}?{query}" if query else url)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def group(html, name):
    """The part of the page that shows one group."""
    return html.split(f'id="{name}"', 1)[1].split("</section>", 1)[0]


@pytest.fixture
def root():
    return method_section()


@pytest.fixture
def three(root):
    method(root, "umfrage", cost_eur_min=0, cost_eur_max=1000)
    method(
        root, "spaziergang", cost_eur_min=0, cost_eur_max=500,
        lead_time_weeks_min=2, lead_time_weeks_max=3,
        when_not_to_use="<p>Nicht bei heftigem Streit.</p>", staff="<p>Zwei Personen.</p>",
    )  # fmt: skip
    method(root, "rat", cost_eur_min=20_000, cost_eur_max=40_000)
    return root


def test_nine_questions_none_required(client, three):
    html = get(client)
    assert html.count('class="qn"') == 9
    assert "required" not in html
    assert html.count("weiß ich noch nicht") >= 9
    assert "Planen" in html.split("Hauptnavigation", 1)[1].split("</nav>", 1)[0]


def test_results_come_in_three_groups_each_with_its_reasons(client, three):
    html = get(client, "wochen=3&budget=3000")
    assert "Spaziergang" in group(html, "passt")
    assert "2–3 Wochen Vorlauf, Sie haben 3 Wochen" in text_of(group(html, "passt"))
    assert "kostet bis 500 Euro, Sie haben 3.000 Euro" in text_of(group(html, "passt"))
    partly = text_of(group(html, "abstriche"))
    assert "Umfrage" in partly
    assert "mindestens 4 Wochen Vorlauf, Sie haben 3 Wochen: knapp" in partly
    broken = text_of(group(html, "nicht"))
    assert "Rat" in broken
    assert "kostet mindestens 20.000 Euro, Sie haben 3.000 Euro" in broken
    assert "ohne die Antwort zu „Budget“" in html


def test_what_speaks_against_a_method_comes_before_what_fits(client, three):
    fits = text_of(group(get(client, "wochen=3"), "passt"))
    assert fits.index("Nicht bei heftigem Streit") < fits.index("Wochen Vorlauf")
    assert "Zwei Personen." in fits


def test_english_reckons_alike_in_english_words(client, three):
    html = get(client, "wochen=3&budget=3000", "/en/methods/finder/")
    assert "costs at least €20,000, you have €3,000" in text_of(html)
    assert "Spaziergang EN" in group(html, "passt")
    assert "knapp" not in html


def test_the_language_switch_keeps_the_answers(client, three):
    html = get(client, "wochen=3&budget=3000")
    assert 'href="/en/methods/finder/?wochen=3&amp;budget=3000"' in html


def test_short_notice_stands_first(client, three):
    guides = section(GuidesPage, ("Leitfäden", "leitfaeden"), ("Guides", "guides"))
    guides["de"].add_child(
        instance=GuidePage(
            title="Es eilt", slug="es-eilt", summary="Kurz.", locale=guides["de"].locale,
            is_for_short_notice=True,
        )
    )  # fmt: skip
    html = get(client, "wochen=3")
    assert html.index("Was geht in 3 Wochen noch?") < html.index('id="passt"')
    for words in ("Verschieben", "Nur informieren", "Es eilt", "Versprechen Sie nicht"):
        assert words in html
    assert f'href="{FINDER}?wochen=6"' in html
    assert "noch?" not in get(client, "wochen=6")


def test_never_zero(client, three):
    html = get(client, "budget=0&wochen=0&gruppe=3000000")
    assert "Am nächsten kommen" in html
    assert group(html, "naechste").count("<article") == 3


def test_no_methods_at_all(client, root):
    assert "Noch gibt es keine Methoden." in get(client, "wochen=6")


def test_hidden_methods_are_not_assessed(client, three):
    page = MethodPage.objects.get(slug="spaziergang")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    html = get(client, "wochen=3")
    assert "Spaziergang" not in html
    assert "2 Methoden bewertet" in text_of(html)


def test_cases_under_like_conditions_are_named_with_what_is_alike(client, three):
    children = target_group("children", "Kinder")
    page = MethodPage.objects.get(slug="spaziergang")
    page.target_groups.set([children])
    page.save()
    cases = case_section()
    alike = case(cases, "schulhof", participants=30)
    alike.target_groups.set([children])
    alike.save()
    use(alike, page)
    use(case(cases, "anders", participants=900), page)
    html = get(client, "wochen=3&zielgruppe=children&gruppe=40")
    fits = text_of(group(html, "passt"))
    assert "In Wien so gemacht: Schulhof ( auch: Kinder, 30 Personen )" in fits.replace(
        "(auch", "( auch"
    ).replace("Personen)", "Personen )")
    assert "Anders" not in fits


def test_the_page_explains_how_it_reckons(client, three):
    html = get(client, url=f"{FINDER}so-rechnet-der-finder/")
    assert html.count('<th scope="row">') == 12
    assert "Budget" in html
    english = get(client, url="/en/methods/finder/how-the-finder-works/")
    assert "per cent" in english


# Bad input -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("wochen=-3", "„-3“ ist keine ganze Zahl"),
        ("wochen=bald", "„bald“ ist keine ganze Zahl"),
        ("wochen=99999999999999999999999", "Möglich sind 0 bis 520"),
        ("gruppe=0", "Möglich sind 1 bis 3.000.000"),
        ("wochen=3&wochen=5", "mehrere Antworten"),
        ("wochen=3&offen=wochen", "Die Frage gilt als offen"),
        ("stufe=alles", "„alles“ steht nicht zur Wahl"),
        ("ziel=%3Cscript%3Ealert(1)%3C/script%3E", "steht nicht zur Wahl"),
        ("zeit=1.5", "„1.5“ ist keine ganze Zahl"),
        ("budget=%00", "ist keine ganze Zahl"),
    ],
)
def test_what_cannot_be_read_counts_as_open_and_says_so(client, three, query, remark):
    html = get(client, query)
    assert remark in text_of(html).replace("&lt;", "<")
    assert "<script>alert" not in html
    answered = get(client, f"{query}&budget=3000" if "budget" not in query else query)
    assert remark in text_of(answered).replace("&lt;", "<")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3000", 3000), ("3.000", 3000), ("3 000 Euro", 3000), ("€ 3.000", 3000),
        ("3.000,-", 3000), ("3’000", 3000), ("ca. 3000", 3000), ("3,000 euros", 3000),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed, number):
    params = QueryDict(mutable=True)
    params["budget"] = typed
    codes = dict.fromkeys(Answers().__slots__, ())
    asked = read(params, codes)
    assert asked.answers.budget == number
    assert not asked.remarks


def test_a_word_with_a_star_is_a_unit(client, three):
    html = get(client, "gruppe=40+Anrainer*innen")
    assert "40 Personen" in text_of(html)


class Anything(TestCase):
    """Whatever stands in the address, the page answers."""

    names = (
        "ziel", "stufe", "zielgruppe", "huerde", "einladung", "gruppe", "zeit", "wochen",
        "budget", "stunden", "konflikt", "form", "offen", "seite", "m",
    )  # fmt: skip
    values = st.one_of(
        st.text(max_size=30),
        st.integers().map(str),
        st.sampled_from(["youth", "random", "open", "calm", "budget", "-1", "1e9"]),
    )

    def setUp(self):
        cache.clear()
        method(method_section())

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(names), values), max_size=12))
    def test_the_page_answers(self, pairs):
        response = self.client.get(FINDER, pairs_to_dict(pairs))
        assert response.status_code == 200


def pairs_to_dict(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


# What it costs -----------------------------------------------------------------------


def test_answers_survive_their_address(three):
    answers = Answers(goals=("a", "b"), level="inform", people=3, weeks=0, budget=0)
    query = parse_qs(urlsplit(finder_address(answers, "de")).query)
    assert query == {
        "ziel": ["a", "b"], "stufe": ["inform"], "gruppe": ["3"], "wochen": ["0"],
        "budget": ["0"],
    }  # fmt: skip
    assert len(parameters(answers)) == 6


def count(client, query):
    client.get(f"{FINDER}?{query}")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        get(client, query)
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_the_number_of_methods(client, three):
    goal = Goal.objects.create(code="ideas", name_de="Ideen sammeln", name_en="Ideas")
    query = "wochen=3&budget=3000&gruppe=40&ziel=ideas"
    few = count(client, query)
    for number in range(30):
        method(three, f"weitere-{number}", goals=[goal], cost_eur_min=0)
    assert count(client, query) == few
    assert few <= 25
