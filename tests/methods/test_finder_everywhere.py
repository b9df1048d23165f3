"""The finder from everywhere: plans in words, the search, methods, cases."""

from urllib.parse import parse_qs, urlsplit

import pytest

from hub.models import Goal, InclusionMeasure
from methods.finder.answers import Answers, Criterion
from methods.finder.loading import candidate
from methods.finder.reading import read_plan, sounds_like_a_plan
from methods.finder.scoring import Group, assess
from methods.finder.suits import fitting
from tests.factories.casestudies import case, case_section
from tests.factories.hub import target_group
from tests.factories.methods import method, method_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    """A few entries of the vocabularies with their synonyms."""
    target_group("everyone", "Alle Menschen im Gebiet")
    for code, name, synonyms, en, also in (
        ("children", "Kinder", "Volksschulkinder", "Children", "pupils"),
        ("neighbourhood", "Nachbarschaften", "Anrainer*innen", "Neighbourhoods", ""),
        (
            "youth",
            "Jugendliche und junge Erwachsene",
            "Jugendliche",
            "Young people",
            "",
        ),
    ):
        entry = target_group(code, name)
        entry.synonyms_de, entry.name_en, entry.synonyms_en = synonyms, en, also
        entry.save()
    Goal.objects.create(
        code="resolve_conflict", name_de="Konflikte bearbeiten", synonyms_de="Streit",
        name_en="Work on conflicts", synonyms_en="dispute",
    )  # fmt: skip
    Goal.objects.create(code="decide", name_de="Entscheiden", name_en="Decide")


PLANS = [
    (
        "de",
        "Schulvorplatz mit Volksschulkindern, 6 Wochen, 3.000 Euro",
        {
            "goals": ("explore_needs",),
            "groups": ("children",),
            "weeks": 6,
            "budget": 3000,
        },
    ),
    (
        "de",
        "verhärteter Streit um Parkplätze, 40 Anrainer*innen",
        {
            "goals": ("resolve_conflict",),
            "groups": ("neighbourhood",),
            "people": 40,
            "conflict": "entrenched",
        },
    ),
    (
        "de",
        "Bezirksbudget mit geloster Gruppe",
        {"goals": ("decide",), "invitation": "random"},
    ),
    (
        "de",
        "Wir gestalten einen Platz um und wollen Jugendliche hören. In drei Wochen.",
        {"goals": ("explore_needs",), "groups": ("youth",), "weeks": 3},
    ),
    (
        "de",
        "Wir planen etwas mit 3 Leuten im Team und 120 Bewohner*innen, zwei Stunden",
        {"people": 120, "minutes": 120},
    ),
    (
        "en",
        "Square in front of a school with children, 6 weeks, €3,000",
        {
            "goals": ("explore_needs",),
            "groups": ("children",),
            "weeks": 6,
            "budget": 3000,
        },
    ),
    (
        "en",
        "entrenched dispute about parking, 40 residents",
        {"goals": ("resolve_conflict",), "people": 40, "conflict": "entrenched"},
    ),
    (
        "en",
        "district budget with a randomly selected group",
        {"goals": ("decide",), "invitation": "random"},
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), PLANS)
def test_a_plan_in_words_is_read_as_answers(words, language, text, expected):
    found = read_plan(text, language)
    assert found == Answers(**expected)
    assert sounds_like_a_plan(text, found, language)


@pytest.mark.parametrize(
    "text",
    ["Jugendliche im Park", "Radweg", "MA 18", "Klimateam 2023", "Kinder", "", "3.000",
     "Projekt 2024", "€", "999999999999999999999 Euro"],
)  # fmt: skip
def test_a_search_for_words_is_no_plan(words, text):
    assert not sounds_like_a_plan(text, read_plan(text, "de"), "de")


def test_new_words_of_editors_are_read(words):
    assert not read_plan("Wir planen mit Lehrlingen", "de")
    target_group("apprentices", "Lehrlinge")
    assert read_plan("Wir planen mit Lehrlingen", "de").groups == ("apprentices",)


def test_the_finder_reads_a_plan_and_shows_what_it_read(client, words):
    method(method_section())
    response = client.get(
        "/de/methoden/finder/", {"vorhaben": PLANS[0][1]}, follow=True
    )
    html = response.content.decode()
    assert "6 Wochen" in html
    assert "Gelesen aus: „Schulvorplatz mit Volksschulkindern" in html
    empty = client.get("/de/methoden/finder/", {"vorhaben": "<b>irgendwas"})
    html = empty.content.decode()
    assert "Daraus konnten wir keine Antwort ablesen" in html
    assert 'value="&lt;b&gt;irgendwas"' in html


def test_a_method_says_under_which_answers_it_fits(client, words):
    root = method_section()
    goal = Goal.objects.get(code="decide")
    page = method(root, goals=[goal], cost_eur_min=0, cost_eur_max=500)
    html = client.get(page.url).content.decode()
    suits = html.split("im Finder</summary>", 1)[1].split("</details>", 1)[0]
    for text in ("Entscheiden", "ab 4\xa0Wochen, mit Abstrichen ab 3", "auch ohne"):
        assert text in suits
    assert "10–40\xa0Personen, in Gruppen bis 120" in suits
    found = candidate(page.pk)
    assert assess(fitting(found), found).group is Group.FITS


def test_a_case_leads_to_the_finder_with_its_conditions(client, words):
    method_section()
    root = case_section()
    page = case(root, participants=40, cost_eur=0, phase_levels=[])
    page.target_groups.set([target_group("women", "Frauen")])
    page.inclusion_measures.set(
        [InclusionMeasure.objects.create(code="childcare", name_de="Kinderbetreuung")]
    )
    page.save()
    html = client.get(page.url).content.decode()
    address = html.split('href="/de/methoden/finder/?', 1)[1].split('"', 1)[0]
    assert parse_qs(address.replace("&amp;", "&")) == {
        "zielgruppe": ["women"], "huerde": ["childcare"], "gruppe": ["40"],
        "budget": ["0"],
    }  # fmt: skip
    bare = case(root, "ohne-angaben")
    assert "/finder/?" not in client.get(bare.url).content.decode()


def test_a_search_that_reads_like_a_plan_offers_the_finder(words):
    from search.registry import registry

    assert registry.planner_url(PLANS[0][1], "de") == ""
    method_section()
    address = registry.planner_url(PLANS[0][1], "de")
    query = parse_qs(urlsplit(address).query)
    assert address.startswith("/de/methoden/finder/?")
    assert query["wochen"] == ["6"]
    assert query["vorhaben"] == [PLANS[0][1]]
    assert registry.planner_url("Radweg", "de") == ""


def test_criteria_are_named_like_fields():
    assert [str(one) for one in Criterion] == list(Answers.__dataclass_fields__)
