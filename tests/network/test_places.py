"""Bodies and what became of them, multipliers, districts, cities, tiles that filter."""

from __future__ import annotations

import pytest

from network.choices import Basis
from tests.factories import casestudies as cases
from tests.factories import hub as hub_things
from tests.factories import methods as method_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

DEPARTMENTS = "/de/netzwerk/dienststellen/"
MULTIPLIERS = "/de/netzwerk/multiplikatorinnen/"


def main_of(response) -> str:
    return response.content.decode().split("<main")[1].split("</main>")[0]


# Bodies ------------------------------------------------------------------------------


def test_a_merged_body_keeps_its_address_and_points_to_what_it_is_today(
    client, network
):
    today = things.organisation("ma-c")
    between = things.organisation("ma-b", successor=today)
    things.organisation("ma-a", successor=between)
    response = client.get(f"{DEPARTMENTS}ma-a/")
    assert response.status_code == 200
    assert response.context["successor"] == today
    assert today.get_url("de") in main_of(response)
    listed = client.get(f"{DEPARTMENTS}?art=department")
    assert [entry.record for entry in listed.context["entries"]] == [today]
    assert client.get(f"{DEPARTMENTS}ma-c/").context["predecessors"] == [between]


def test_a_successor_nobody_may_see_is_not_named(client, network):
    hidden = things.organisation("geheim", live=False)
    things.organisation("ma-a", successor=hidden)
    response = client.get(f"{DEPARTMENTS}ma-a/")
    assert "GEHEIM" not in response.content.decode()
    assert "geheim" not in main_of(response)
    assert "gibt es so nicht mehr" in main_of(response)


def test_a_circle_of_mergers_ends(client, network):
    one = things.organisation("ma-a")
    two = things.organisation("ma-b", successor=one)
    type(one).objects.filter(pk=one.pk).update(successor=two)
    assert client.get(f"{DEPARTMENTS}ma-a/").status_code == 200


def test_a_renamed_body_answers_at_its_old_address(client, network):
    office = things.organisation("ma-alt")
    office.slug_de = "ma-neu"
    office.save()
    response = client.get(f"{DEPARTMENTS}ma-alt/")
    assert response.status_code == 301
    assert response["Location"].endswith("/ma-neu/")


def test_functions_instead_of_names_without_hinting_at_anybody(client, network):
    office = things.organisation("ma-18", contact_function_de="Referat Beteiligung")
    plain = main_of(client.get(f"{DEPARTMENTS}ma-18/"))
    assert "Abteilungsleitung" in plain
    assert "Referat Beteiligung" in plain
    head = things.person("beispielperson-a", groups=())
    row = things.membership(head, office, "Abteilungsleitung")
    row.is_lead = True
    row.save()
    # A hidden head changes nothing on the page.
    assert main_of(client.get(f"{DEPARTMENTS}ma-18/")) == plain
    things.consent(head, "function")
    shown = client.get(f"{DEPARTMENTS}ma-18/")
    assert head.name in main_of(shown)
    assert shown.context["functions"].head == ""


def test_in_charge_of_topics_and_phrases_is_told_apart_from_work(client, network):
    topic = hub_things.topic()
    things.organisation("ma-18", topics=[topic], responsibilities_de="Gehsteig\nRadweg")
    response = client.get(f"{DEPARTMENTS}ma-18/")
    (duty,) = response.context["duty_topics"]
    assert duty["url"] == f"{DEPARTMENTS}?thema=mobility"
    html = main_of(response)
    assert html.index('id="aufgaben"') < html.index("Gehsteig")
    assert 'id="mitwirkung"' not in html
    # Topics of others are what they work on, and no duty.
    things.multiplier("verein", topics=[topic])
    assert client.get(f"{MULTIPLIERS}verein/").context["duty_topics"] == []


def test_only_documented_parts_count_as_documented(client, network):
    root, office = cases.case_section(), things.organisation("ma-18")
    for slug, basis in (("a", Basis.SOURCE), ("b", Basis.SELF), ("c", "editorial")):
        things.involvement(cases.case(root, slug), office, basis=basis)
    (entry,) = client.get(f"{DEPARTMENTS}?art=department").context["entries"]
    assert entry.cases == 1


# Multipliers and districts -------------------------------------------------------------


def test_a_multiplier_says_whom_it_reaches_and_how_to_work_with_it(client, network):
    district = things.district(10, "Favoriten")
    things.multiplier(
        "verein",
        target_groups=[hub_things.target_group()],
        districts=[district],
        coverage="districts",
        languages=["de", "tr"],
        cooperation_de="Zwei Monate vorher anrufen.",
        expectations_de="Ein Honorar für die Zeit.",
    )
    response = client.get(f"{MULTIPLIERS}verein/")
    html = main_of(response)
    section = html.split('id="erreicht"')[1].split("<h2")[0]
    assert "Jugendliche" in section
    assert "Türkisch" in section
    assert "Deutsch" not in section.replace("neben Deutsch", "")
    assert district.get_url("de") in section
    assert "Zwei Monate vorher anrufen." in html
    assert "Ein Honorar für die Zeit." in html


def test_a_district_says_who_reaches_whom(client, network):
    district = things.district(10, "Favoriten")
    youth = hub_things.target_group()
    women = hub_things.target_group("women", "Frauen")
    here = things.multiplier(
        "hier", target_groups=[youth], districts=[district], coverage="districts"
    )
    things.multiplier("ueberall", target_groups=[youth, women], coverage="city")
    things.multiplier("erfunden", target_groups=[women], is_demo=True)
    things.multiplier("verborgen", target_groups=[women], live=False)
    body = things.organisation(
        "bv-10", kind="district_body", districts=[district], coverage="districts"
    )
    other = things.organisation("vor-ort", districts=[district], coverage="districts")
    response = client.get("/de/netzwerk/bezirke/bezirk-10/")
    context = response.context
    assert [m.record for m in context["multipliers"]] == [here]
    assert context["bodies"] == [body]
    assert context["organisations"] == [other]
    rows = {row.group: row for row in context["reached"]}
    assert [m.record for m in rows[youth].here] == [here]
    assert (rows[youth].citywide, rows[women].citywide) == (1, 1)
    assert rows[women].here == []
    followed = client.get(rows[youth].url)
    found = {entry.record.slug_de for entry in followed.context["entries"]}
    assert found == {"hier", "ueberall"}


# Cities ---------------------------------------------------------------------------------


def test_a_city_names_cases_that_used_its_methods(client, network):
    root, methods = cases.case_section(), method_things.method_section()
    method, other = (
        method_things.method(methods, "planspiel"),
        method_things.method(methods, "umfrage"),
    )
    city = things.city("cascais")
    city.method_links.create(method=method)
    used = cases.case(root, "mit")
    cases.use(used, method)
    cases.use(cases.case(root, "ohne"), other)
    cases.use(cases.case(root, "erfunden", is_demo=True), method)
    cases.use(cases.case(root, "entwurf", live=False), method)
    response = client.get("/de/netzwerk/partnerstaedte/cascais/")
    section = next(s for s in response.context["profile_sections"] if s.id == "faelle")
    assert [case["title"] for case in section.data["cases"]] == [used.title]
    assert section.data["cases"][0]["text"] == method.title


# Tiles ----------------------------------------------------------------------------------


def test_tiles_filter_like_their_twin_in_words(client, network):
    districts = [things.district(n, f"Bezirk {n}") for n in range(1, 24)]
    things.multiplier("a", districts=districts[9:10], coverage="districts")
    things.multiplier("b", districts=districts[9:11], coverage="districts")
    response = client.get(MULTIPLIERS)
    tiles = {tile.number: tile for tile in response.context["tiles"]}
    assert len(tiles) == 23
    assert (tiles[10].count, tiles[11].count, tiles[1].count) == (2, 1, 0)
    assert tiles[1].url == ""
    facet = response.context["listing"].facet("gebiet")
    twins = {option.code: option for option in facet.options}
    for number in (10, 11):
        assert tiles[number].url == twins[str(number)].url_toggle
        assert tiles[number].count == twins[str(number)].count
    chosen = client.get(MULTIPLIERS + tiles[11].url)
    assert [e.record.slug_de for e in chosen.context["entries"]] == ["b"]
    tile = next(t for t in chosen.context["tiles"] if t.number == 11)
    assert tile.is_chosen
    assert "gebiet=11" not in tile.url
    html = main_of(chosen)
    assert html.count('aria-current="true"') == 1
    assert '<details class="fold tile-filter" open>' in html


def test_tiles_stand_over_the_cases_too(client, network):
    district = things.district(10, "Favoriten")
    cases.case(cases.case_section(), "fall", districts=[district])
    response = client.get("/de/fallbeispiele/")
    (tile,) = response.context["tiles"]
    assert (tile.number, tile.count, tile.heat) == (10, 1, 1)
    assert client.get(f"/de/fallbeispiele/{tile.url}").context["total"] == 1
