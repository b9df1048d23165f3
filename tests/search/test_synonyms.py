"""Synonyms: which words also mean others, and where their hits stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.models import Topic
from hub.synonyms import groups_of
from search import lists, maintenance, service, synonyms
from search.analysis import get_analyser
from search.documents import SearchDocument
from search.engines import get_engine
from search.engines.base import Request
from search.ladder import build
from search.models import SynonymSet
from search.parsing import parse
from search.state import State
from search.synonyms import MAX_ALL, MAX_PER_PLACE, Group, Shape, Synonyms
from search.typed import content_tokens
from tests.factories import hub as things
from tests.factories import methods


def meant(found: Synonyms, text: str) -> list[str]:
    tokens = get_analyser(found.language).query_tokens(text)
    return [expansion.term for expansion in found.expand(tokens)]


def group(*terms: str, **options) -> Group:
    return Group(terms, **options)


# The words ---------------------------------------------------------------------------------


def test_each_term_means_each_whatever_its_form():
    found = Synonyms([group("Anrainer*in", "Anwohner*in", "Nachbar*in")], "de")
    for text in ("Anrainer", "Anrainerinnen", "Anrainer:innen", "ANRAINERN"):
        assert meant(found, text) == ["Anwohner*in", "Nachbar*in"]
    assert meant(found, "Stadt") == []


def test_terms_of_several_words_on_both_sides():
    found = Synonyms([group("participatory budget", "Bürgerbudget")], "de")
    assert meant(found, "Bürgerbudgets") == ["participatory budget"]
    tokens = get_analyser("de").query_tokens("ein participatory budget planen")
    (expansion,) = found.expand(tokens)
    assert (expansion.term, expansion.start, expansion.end) == ("Bürgerbudget", 1, 3)
    assert meant(found, "budget participatory") == []


def test_the_longest_term_wins():
    found = Synonyms(
        [group("ältere Menschen", "Senior*innen"), group("Menschen", "Leute")], "de"
    )
    assert meant(found, "ältere Menschen") == ["Senior*innen"]
    assert meant(found, "Menschen") == ["Leute"]


def test_one_hop_and_no_further():
    found = Synonyms([group("Amt", "Behörde"), group("Behörde", "Gericht")], "de")
    assert meant(found, "Amt") == ["Behörde"]
    assert meant(found, "Behörde") == ["Amt", "Gericht"]


def test_cycles_self_synonyms_and_empty_terms_are_harmless():
    odd = group("Park", "Park", "Parks", "", " ", "x", "-", "und", "der die das")
    found = Synonyms([odd, group("A", "B"), group()], "de")
    assert len(found) == 0
    circle = [group("Amt", "Büro"), group("Büro", "Stelle"), group("Stelle", "Amt")]
    assert meant(Synonyms(circle, "de"), "Amt") == ["Büro", "Stelle"]


def test_a_name_of_people_is_not_meant_by_a_shorter_word_of_the_same_stem():
    found = Synonyms([group("Planer*innen", "Fachleute")], "de")
    assert meant(found, "Plan planen") == []
    assert meant(found, "Planerinnen") == ["Fachleute"]


def test_shapes_of_groups():
    star = Group(("blind", "gehörlos"), shape=Shape.STAR, head="Behinderung")
    found = Synonyms([star], "de")
    assert meant(found, "blind") == ["Behinderung"]
    assert meant(found, "Behinderungen") == ["blind", "gehörlos"]
    towards = Group(("Brunnen",), shape=Shape.TOWARDS, head="Wasser")
    found = Synonyms([towards], "de")
    assert meant(found, "Brunnen") == ["Wasser"]
    assert meant(found, "Wasser") == []


def test_a_group_counts_in_its_languages_only():
    found = Group(("pavement", "sidewalk"), languages=("en",))
    assert meant(Synonyms([found], "de"), "sidewalk") == []
    assert meant(Synonyms([found], "en"), "sidewalks") == ["pavement"]


words = st.text(alphabet="aäbrtß*: -_ui\n", max_size=14)


@given(st.lists(st.lists(words, max_size=6), max_size=6), words)
def test_whatever_is_written_expansions_stay_in_bounds(groups, text):
    found = Synonyms([Group(tuple(terms)) for terms in groups], "de")
    tokens = content_tokens(text, "de")
    expansions = found.expand(tokens)
    assert len(expansions) <= MAX_ALL
    for expansion in expansions:
        assert 0 <= expansion.start < expansion.end <= len(tokens)
        place = tokens[expansion.start : expansion.end]
        own = [token.stem for token in place if not token.is_stop]
        assert own != [token.stem for token in expansion.content]
        assert expansion.content
    plan = build(parse(text), "de", (), expansions)
    assert plan.steps


def test_one_place_has_few_expansions():
    many = group("Amt", *(f"Wort{chr(97 + n)}{chr(97 + n)}" for n in range(25)))
    assert len(meant(Synonyms([many], "de"), "Amt")) == MAX_PER_PLACE


# The shipped list --------------------------------------------------------------------------


def test_shipped_list_is_large_and_every_group_says_something(settings):
    rows = json.loads(settings.SEARCH["SYNONYMS"].read_text("utf-8"))["rows"]
    by_language = dict.fromkeys(("de", "en", "both"), 0)
    for row in rows:
        language = row.get("language", "de")  # the default is not written
        by_language[language] += 1
        for code in synonyms.languages_of(language):
            assert len(synonyms.from_rows([row], code)) > 1, row["id"]
    assert by_language["de"] >= 150
    assert by_language["en"] >= 60
    assert by_language["both"] >= 60


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Trottoir", "Gehsteig"),
        ("de", "Januar", "Jänner"),
        ("de", "Öffis", "öffentlicher Verkehr"),
        ("de", "participatory budget", "Bürger*innenbudget"),
        ("en", "sidewalk", "pavement"),
        ("en", "Gehsteig", "pavement"),
    ],
)
def test_shipped_words(language, text, expected):
    assert expected in meant(synonyms.shipped(language), text)


@pytest.mark.parametrize("text", ["Bezirk", "Bürger", "Tauben", "Jahr", "Wien"])
def test_shipped_list_leaves_alone_what_means_one_thing(text):
    assert meant(synonyms.shipped("de"), text) == []


def test_words_of_records_lead_to_the_name_in_the_language_of_the_search():
    topic = Topic(
        name_de="Wasser",
        name_en="Water",
        synonyms_de="Brunnen",
        synonyms_en="fountains\nrent",
    )
    groups = list(groups_of(topic, "name", "topic", Shape.TOWARDS))
    german, english = Synonyms(groups, "de"), Synonyms(groups, "en")
    assert meant(german, "Brunnen") == ["Wasser"]
    assert meant(german, "fountains") == ["Wasser"]
    assert meant(german, "Rente") == []  # "rent" would be the same stem
    assert meant(english, "fountain") == ["Water"]
    assert meant(english, "Brunnen") == ["Water"]


# In the index ------------------------------------------------------------------------------


def document(number, **values):
    return SearchDocument("method", number, "de", **{"title": "x", "url": "/"} | values)


@pytest.fixture
def towns(empty_index):
    """An index without a site."""

    def fill(*documents):
        get_engine().rebuild("de", documents)

    def ask(text, *groups):
        found = Synonyms(groups, "de")
        expansions = found.expand(content_tokens(text, "de"))
        plan = build(parse(text), "de", (), expansions)
        return get_engine().search(Request("de", plan.steps)).hits

    return fill, ask


def test_own_words_stand_above_synonyms(towns):
    fill, ask = towns
    fill(
        document(1, title="Straßenbahn Straßenbahn", summary="Straßenbahn"),
        document(2, title="Anderes", body=f"Die Bim fährt. {'Viel Text. ' * 80}"),
    )
    hits = ask("Bim", group("Bim", "Straßenbahn"))
    assert [hit.object_id for hit in hits] == [2, 1]
    assert not any(hit.is_near for hit in hits)
    assert [hit.object_id for hit in ask("Bim")] == [2]


def test_some_words_may_be_synonyms(towns):
    fill, ask = towns
    fill(
        document(1, body="Die Straßenbahn und eine Befragung."),
        document(2, body="Nur die Straßenbahn."),
        document(3, body="Die Bim und eine Umfrage."),
    )
    groups = (group("Bim", "Straßenbahn"), group("Umfrage", "Befragung"))
    hits = ask("Bim Umfrage", *groups)
    assert [hit.object_id for hit in hits] == [3, 1, 2]


def test_several_words_must_stand_together(towns):
    fill, ask = towns
    fill(
        document(1, title="Öffentlicher Verkehr", body="x"),
        document(2, body="Es gibt öffentlicher Verkehr hier."),
        document(3, body="Verkehr auf der Straße. Eine öffentliche Sitzung."),
    )
    hits = ask("Öffis", group("Öffis", "öffentlicher Verkehr"))
    assert {hit.object_id for hit in hits} == {1, 2}
    marked = {hit.object_id: hit.snippet for hit in hits}
    assert "<mark>öffentlicher Verkehr</mark>" in marked[2]


def test_exclusion_and_quotes_mean_what_is_typed(towns):
    fill, ask = towns
    fill(document(1, body="Straßenbahn"), document(2, body="Bim"))
    groups = (group("Bim", "Straßenbahn"),)
    assert [hit.object_id for hit in ask('"Bim"', *groups)] == [2]
    assert [hit.object_id for hit in ask("Bim -Straßenbahn", *groups)] == [2]


# On the site -------------------------------------------------------------------------------


@pytest.fixture
def small_site(empty_index):
    root = methods.method_section()
    methods.method(
        root, "befragung", title="Befragung", how_it_works="<p>Menschen antworten.</p>"
    )
    maintenance.rebuild()
    return root


def test_editors_words_count_at_once_and_end_with_them(small_site):
    def hits():
        return service.run(State(query="Fragerei"), "de")

    assert hits().total == 0
    row = SynonymSet.objects.create(terms="Fragerei\nBefragung")
    results = hits()
    assert [hit.title for hit in results.hits] == ["Befragung"]
    assert results.also == ("Befragung",)
    assert results.spelling == ""
    assert not results.hits[0].is_near
    row.is_active = False
    row.save()
    assert hits().total == 0
    row.is_active = True
    row.save()
    assert hits().total == 1
    row.delete()
    assert hits().total == 0


def test_what_the_index_does_not_have_is_neither_asked_nor_named(small_site):
    SynonymSet.objects.create(terms="Befragung\nHausbesuch")
    assert service.run(State(query="Befragung"), "de").also == ()


def test_words_of_another_language_are_asked_and_not_named(small_site):
    page = small_site["de"].get_children().get().specific
    page.how_it_works = "<p>Auch: survey, ältere Menschen.</p>"
    page.save_revision().publish()
    maintenance.rebuild()
    SynonymSet.objects.create(
        terms="Fragerei\nsurvey\nältere Menschen", language="both"
    )
    results = service.run(State(query="Fragerei"), "de")
    assert results.total == 1
    assert results.also == ("ältere Menschen",)


@pytest.mark.parametrize(
    ("language", "named"), [("de", ["Jugend"]), ("en", ["young people"])]
)
def test_a_list_for_both_languages_names_each_its_own(language, named):
    group = Group(("Jugend", "young people"), languages=("de", "en"))
    assert [t for t in group.terms if not group.is_foreign(t, language)] == named


def test_names_in_the_other_language_are_foreign(small_site):
    things.term("befragung", term_de="Befragung", term_en="survey of residents")
    found = lists.synonyms("de").expand(content_tokens("Befragung", "de"))
    assert {e.term: e.is_foreign for e in found}["survey of residents"]


def test_another_process_learns_of_a_change(small_site, monkeypatch):
    """What this process did not hear of is seen by the stamp in the database."""
    assert service.run(State(query="Fragerei"), "de").total == 0
    SynonymSet.objects.bulk_create([SynonymSet(terms="Fragerei\nBefragung")])
    assert service.run(State(query="Fragerei"), "de").total == 0
    lists.touch(lists.SYNONYMS)
    assert service.run(State(query="Fragerei"), "de").total == 1


def test_glossary_terms_bring_their_synonyms(small_site):
    term = things.term("befragung", synonyms_de="Erkundigung", synonyms_en="enquiring")
    assert "Befragung" in meant(lists.synonyms("de"), "Erkundigungen")
    assert "Befragung" in meant(lists.synonyms("de"), "enquiring")
    term.live = False
    term.save()
    assert meant(lists.synonyms("de"), "Erkundigungen") == []


def test_a_search_reads_the_lists_once_they_changed_only(
    small_site, settings, django_assert_num_queries
):
    settings.SEARCH = {**settings.SEARCH, "STAMP_SECONDS": 60}
    SynonymSet.objects.create(terms="Fragerei\nBefragung")
    lists.synonyms("de")
    with django_assert_num_queries(0):
        assert meant(lists.synonyms("de"), "Fragerei") == ["Befragung"]


def test_the_page_names_what_it_also_looked_for(client, small_site):
    SynonymSet.objects.create(terms="Fragerei\nBefragung\n<b>Befragung</b> x")
    page = client.get("/de/suche/", {"q": "Fragerei"}).content.decode()
    assert "Auch gesucht: Befragung" in page
    assert "<b>Befragung" not in page
    assert "Warum diese Treffer?" not in page
