"""What profiles show of documented work: both ways, counted honestly, never of the hidden."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from network.choices import Basis, FieldGroup
from network.models import Consent, Involvement
from tests.factories import casestudies as cases
from tests.factories import hub as hub_things
from tests.factories import methods as method_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

MA_18 = "/de/netzwerk/dienststellen/ma-18/"
PERSON = "/de/netzwerk/personen/beispielperson-a/"


@pytest.fixture
def roots(network):
    return cases.case_section(), method_things.method_section()


def section(response, name: str):
    return next((s for s in response.context["profile_sections"] if s.id == name), None)


def text_of(response) -> str:
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_work_stands_by_year_newest_first_and_duty_apart(client, roots):
    office = things.organisation("ma-18")
    for slug, year in (("alt", 2019), ("neu", 2024), ("auch-neu", 2024)):
        things.involvement(cases.case(roots[0], slug), office, year_from=year)
    undated = cases.case(roots[0], "undatiert")
    things.involvement(undated, office, year_from=None)
    duty = cases.case(roots[0], "zustaendig")
    things.involvement(duty, office, role="", basis=Basis.RESPONSIBILITY)
    response = client.get(MA_18)
    years = response.context["timeline"]
    assert [year.label for year in years] == ["2024", "2019", "ohne Jahr"]
    assert [len(year.entries) for year in years] == [2, 1, 1]
    shown = {entry.source_page_id for year in years for entry in year.entries}
    assert duty.pk not in shown
    assert "Zuständig für" in text_of(response)


def test_source_of_a_claim_is_one_click_away(client, roots):
    office = things.organisation("ma-18")
    url = "https://example.org/bericht"
    things.involvement(cases.case(roots[0], "fall"), office, source_url=url)
    assert url in text_of(client.get(MA_18))


def test_topics_count_documented_works_only(client, roots):
    topic = hub_things.topic()
    office = things.organisation("ma-18")
    for slug, basis in (
        ("beleg", Basis.SOURCE),
        ("bestaetigt", Basis.CONFIRMED),
        ("selbst", Basis.SELF),
        ("redaktionell", Basis.EDITORIAL),
    ):
        page = cases.case(roots[0], slug, topics=[topic])
        things.involvement(page, office, basis=basis)
    hidden = cases.case(roots[0], "verborgen", topics=[topic], live=False)
    things.involvement(hidden, office)
    (counted,) = section(client.get(MA_18), "arbeitsthemen").data["topics"]
    assert (counted.title, counted.count) == (str(topic), 2)


def test_the_other_language_tells_the_same_in_its_words(client, roots):
    topic = hub_things.topic("mobility", "Mobilität", "Mobility")
    things.city("cascais").method_links.create(
        method=(method := method_things.method(roots[1], "werkstatt"))
    )
    for party in (
        things.organisation("ma-18", topics=[topic]),
        things.person("beispielperson-a"),
        other := things.organisation("ma-28"),
    ):
        case = cases.case(roots[0], f"fall-{party.slug_de}", topics=[topic])
        cases.use(case, method)
        things.involvement(case, party, role="moderated")
        things.involvement(case, other, role="led") if party != other else None
    for url in (
        "/en/network/departments/ma-18-en/",
        "/en/network/people/beispielperson-a-en/",
    ):
        response = client.get(url)
        (counted,) = section(response, "arbeitsthemen").data["topics"]
        assert counted.title == "Mobility"
        assert counted.works[0].url.startswith("/en/")
        assert section(response, "angewandt").data["methods"][0].url.startswith("/en/")
    assert client.get("/en/network/departments/ma-18-en/").context["graph"]
    assert section(client.get("/en/network/partner-cities/cascais-en/"), "faelle")


def test_methods_of_works_one_paid_for_are_not_applied(client, roots):
    office, payer = things.organisation("ma-18"), things.organisation("ma-5")
    case = cases.case(roots[0], "fall")
    method = method_things.method(roots[1], "werkstatt")
    inherited = method_things.method(roots[1], "aus-der-runde")
    cases.use(case, method)
    cases.use(case, inherited, is_inherited=True)
    things.involvement(case, office, role="moderated")
    things.involvement(case, payer, role="funded")
    (applied,) = section(client.get(MA_18), "angewandt").data["methods"]
    assert applied.title == method.title
    assert [work.title for work in applied.works] == [case.title]
    other = client.get("/de/netzwerk/dienststellen/ma-5/")
    assert section(other, "angewandt") is None


# Together ----------------------------------------------------------------------------


def test_partners_as_drawing_and_as_the_same_list(client, roots):
    office = things.organisation("ma-18")
    often, once = things.organisation("ma-28"), things.organisation("ma-42")
    for number in range(2):
        page = cases.case(roots[0], f"fall-{number}")
        things.involvement(page, office)
        things.involvement(page, often)
    things.involvement(page, once)
    charge = things.organisation("ma-48")
    things.involvement(page, charge, role="", basis=Basis.RESPONSIBILITY)
    response = client.get(MA_18)
    graph = response.context["graph"]
    assert [(p.party, p.count) for p in graph.partners] == [(often, 2), (once, 1)]
    assert [node.partner for node in graph.nodes] == graph.partners
    # The two shared a work with each other, too.
    assert sum(edge.is_between for edge in graph.edges) == 1
    html = text_of(response)
    drawn = set(re.findall(r'<a href="([^"]+)" class="ties-node"', html))
    listed = set(re.findall(r'<li><a href="([^"]+)"', html.split("ties-list")[1]))
    assert drawn
    assert drawn <= listed


def test_an_unpublished_partner_is_neither_drawn_nor_listed(client, roots):
    office = things.organisation("ma-18")
    page = cases.case(roots[0], "fall")
    things.involvement(page, office)
    things.involvement(page, things.organisation("geheim", live=False))
    response = client.get(MA_18)
    assert response.context["graph"] is None
    assert "GEHEIM" not in response.content.decode()


def test_of_people_only_who_chose_it(client, roots):
    one, other = things.person("beispielperson-a"), things.person("beispielperson-b")
    page = cases.case(roots[0], "fall")
    things.involvement(page, one)
    things.involvement(page, other)
    assert client.get(PERSON).context["graph"] is None
    things.consent(one, FieldGroup.TOGETHER)
    # The other did not choose it: nobody is told with whom they work.
    assert client.get(PERSON).context["graph"] is None
    things.consent(other, FieldGroup.TOGETHER)
    (partner,) = client.get(PERSON).context["graph"].partners
    assert partner.party == other
    Consent.objects.filter(person=other, field_group=FieldGroup.FUNCTION).delete()
    response = client.get(PERSON)
    assert response.context["graph"] is None
    assert other.name not in response.content.decode()


def test_own_description_of_methods_takes_a_consent_documented_work_does_not(
    client, roots
):
    person = things.person("beispielperson-a")
    case = cases.case(roots[0], "fall")
    cases.use(case, method_things.method(roots[1], "werkstatt"))
    things.involvement(case, person, role="moderated")
    named = method_things.method(roots[1], "planspiel")
    person.method_links.create(method=named)
    response = client.get(PERSON)
    assert section(response, "angewandt")
    assert section(response, "methoden") is None
    things.consent(person, FieldGroup.PROFILE)
    assert section(client.get(PERSON), "methoden")


# The same number of queries, however much there is --------------------------------------


def _fill(roots, office, person, city, district, numbers) -> None:
    group = hub_things.target_group(f"group-{numbers[0]}")
    for number in numbers:
        topic = hub_things.topic(f"topic-{number}")
        case = cases.case(
            roots[0], f"fall-{number}", topics=[topic], districts=[district]
        )
        method = method_things.method(roots[1], f"methode-{number}", topics=[topic])
        cases.use(case, method)
        city.method_links.create(method=method)
        other = things.organisation(f"stelle-{number}", parent=office)
        friend = things.person(
            f"beispielperson-x{number}", ("function", "together", "profile")
        )
        things.membership(friend, office)
        things.multiplier(
            f"verein-{number}",
            target_groups=[group],
            districts=[district],
            coverage="districts",
        )
        for party in (office, person, other, friend):
            things.involvement(case, party, role="moderated")
            things.involvement(method, party, role="applied")


def test_queries_of_a_profile_are_few_and_constant(client, roots):
    groups = tuple(group.value for group in FieldGroup if group != FieldGroup.PHOTO)
    office = things.organisation("ma-18")
    person = things.person("beispielperson-a", groups)
    things.membership(person, office)
    city, district = things.city("cascais"), things.district(10, "Favoriten")
    pages = [
        MA_18,
        PERSON,
        "/de/netzwerk/partnerstaedte/cascais/",
        "/de/netzwerk/bezirke/bezirk-10/",
        "/de/netzwerk/multiplikatorinnen/verein-0/",
    ]

    def counts() -> dict[str, int]:
        found = {}
        for url in pages:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found[url] = sum(
                query["sql"].startswith("SELECT") for query in queries.captured_queries
            )
        return found

    _fill(roots, office, person, city, district, range(2))
    few = counts()
    _fill(roots, office, person, city, district, range(2, 14))
    many = counts()
    assert few == many
    assert max(many.values()) <= 25, many


def test_a_row_is_one_for_both_sides(client, roots):
    office = things.organisation("ma-18")
    case = cases.case(roots[0], "fall")
    row = things.involvement(case, office)
    assert case.title in text_of(client.get(MA_18))
    assert "MA-18" in text_of(client.get("/de/fallbeispiele/fall/"))
    row.delete()
    assert not Involvement.objects.exists()
    assert case.title not in text_of(client.get(MA_18))
    assert "MA-18" not in text_of(client.get("/de/fallbeispiele/fall/"))
