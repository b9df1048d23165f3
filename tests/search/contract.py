"""What every engine must do. One class of tests; each engine adds a subclass that
says how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from search.documents import Part, SearchDocument
from search.engines.base import (
    Capability,
    Engine,
    Request,
    Sort,
    counting,
)
from search.ladder import build
from search.parsing import parse
from search.parties import unpack


def doc(number: int, title: str, **values) -> SearchDocument:
    """A document with sensible defaults."""
    defaults = {"kind": "method", "language": "de", "url": f"/{number}/"}
    return SearchDocument(object_id=number, title=title, **(defaults | values))


CORPUS = [
    doc(
        1,
        "Bürgerinnenrat",
        summary="Zufällig ausgewählte Menschen beraten ein Wochenende lang.",
        names=("Bürgerrat", "Citizens' council"),
        facets={"thema": ("climate", "mobility"), "form": ("in_person",)},
    ),
    doc(
        2,
        "Werkstatt im Park",
        summary="Ein Team arbeitet dort, wo Menschen schon sind.",
        body="Jugendliche reden mit. Das Beteiligungsverfahren dauert einen Tag.",
        facets={"thema": ("green",), "form": ("in_person", "outreach")},
    ),
    doc(
        3,
        "Online-Umfrage",
        body="Viele Menschen antworten im Netz. Kein Park, keine Werkstatt.",
        facets={"thema": ("climate",), "form": ("online",)},
    ),
    doc(
        4,
        "Neuer Schulhof in Favoriten",
        kind="case",
        summary="Kinder planen Schatten gegen die Hitze.",
        body="Die MA 18 half. Am Ende stand ein neuer Schulhof mit Bäumen.",
        facets={"thema": ("climate", "green")},
        parties=(
            Part("person:5", "moderated", 2024, "source"),
            Part("organisation:9", "", 2024, "source", True),
        ),
    ),
    doc(
        5,
        "Beispielperson Aurelia",
        kind="person",
        is_person=True,
        summary="Moderiert mit Jugendlichen.",
        facets={"thema": ("green",)},
        parties=(Part("person:5", "profile", None, "self"),),
    ),
]


class ContractBase:
    """What every part of the contract starts from; an engine's class says ``make``."""

    @pytest.fixture(scope="class")
    @classmethod
    def make(cls, tmp_path_factory) -> Callable[[], Engine]:
        """Makes an engine without any index."""
        raise NotImplementedError

    @pytest.fixture
    def engine(self, make) -> Engine:
        """An engine of this test alone."""
        return make()

    @pytest.fixture
    def filled(self, engine) -> Engine:
        """The corpus in an engine that the test may change."""
        engine.rebuild("de", CORPUS)
        return engine

    @pytest.fixture(scope="class")
    @classmethod
    def shared(cls, make) -> Engine:
        """The corpus in an engine that no test changes."""
        engine = make()
        engine.rebuild("de", CORPUS)
        return engine

    def request(self, text: str, language: str = "de", **values) -> Request:
        return Request(language, build(parse(text), language).steps, **values)

    def keys(self, engine: Engine, text: str, **values) -> list[str]:
        answer = engine.search(self.request(text, **values))
        return [hit.key for hit in answer.hits]


class FindingContract(ContractBase):
    """What is found, and what is shown of it."""

    # -- finding ---------------------------------------------------------------

    def test_finds_words_in_every_form(self, shared):
        for text in ("Bürgerinnenrat", "bürgerrat", "BÜRGERRAT", "Buergerrat"):
            assert self.keys(shared, text)[0] == "method:1:de", text

    def test_title_stands_above_body(self, shared):
        assert self.keys(shared, "Werkstatt")[:2] == ["method:2:de", "method:3:de"]

    def test_all_words_stand_above_some_words(self, shared):
        assert self.keys(shared, "Menschen beraten")[0] == "method:1:de"

    def test_exact_stands_above_fuzzy(self, engine):
        exact = doc(1, "Etwas anderes", body="Hier steht das Wort Garten ganz hinten.")
        near = [doc(n, "Garden Garden", weight=1.1) for n in (2, 3)]
        engine.rebuild("de", [*near, exact])
        assert self.keys(engine, "Garten ")[0] == "method:1:de"

    def test_part_of_a_compound_is_found(self, shared):
        assert "method:2:de" in self.keys(shared, "Beteiligung")

    def test_misspelt_word_is_found_and_marked_as_near(self, shared):
        answer = shared.search(self.request("Jugentliche "))
        assert "method:2:de" in [hit.key for hit in answer.hits]
        assert all(hit.is_near for hit in answer.hits)

    def test_beginning_of_the_last_word_is_found(self, shared):
        assert "case:4:de" in self.keys(shared, "Schul")
        assert shared.search(self.request("Schul")).step.name == "all"

    def test_code_is_found_in_all_spellings(self, shared):
        for text in ("MA 18", "MA18", "ma-18"):
            assert "case:4:de" in self.keys(shared, text), text

    def test_phrase_must_stand_as_typed(self, shared):
        assert self.keys(shared, '"neuer schulhof"') == ["case:4:de"]
        assert self.keys(shared, '"schulhof neuer"') == []

    def test_excluded_word_excludes(self, shared):
        assert "method:3:de" not in self.keys(shared, "Menschen -Park")
        assert "method:3:de" in self.keys(shared, "Menschen")

    def test_only_exclusions_leave_the_rest(self, shared):
        assert set(self.keys(shared, "-Park")) == {
            "method:1:de",
            "case:4:de",
            "person:5:de",
        }

    def test_stop_words_do_not_hinder(self, shared):
        assert self.keys(shared, "der die das Schulhof")[0] == "case:4:de"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            '"',
            '""""',
            "*",
            "-",
            "-- - -",
            "'; DROP TABLE search; --",
            "<script>alert(1)</script>",
            "a\x00b",
            "\ud800 halb",
            "🌳" * 50,
            "مشاركة \u202e",
            "x" * 10_000,
            "wort " * 2_000,
            " ".join(f"beteiligungsverfahren{'x' * n}schulhof" for n in range(30)),
            '"' + "schulhof park " * 100 + '" ' + "-wiese " * 100,
            "kind:",
            "art:nix -",
            "(a OR b) AND NOT c~2^5 [1 TO 2] title:x",
        ],
    )
    def test_any_text_gets_an_answer(self, shared, text):
        answer = shared.search(self.request(text))
        assert answer.total >= len(answer.hits)

    # -- who took part -----------------------------------------------------------

    def test_best_matches_come_with_who_took_part(self, shared):
        asked = self.request("Schulhof ", limit=0, with_facets=False, with_parties=True)
        answer = shared.search(asked)
        works = [unpack(match.parties) for match in answer.matches if match.parties]
        assert [work.key for work in works] == ["case:4:de"]
        assert works[0].title == "Neuer Schulhof in Favoriten"
        assert works[0].url == "/4/"
        assert works[0].parts == CORPUS[3].parties

    def test_matches_without_parties_are_empty(self, shared):
        answer = shared.search(self.request("Werkstatt", with_parties=True))
        assert [match.parties for match in answer.matches] == ["", ""]
        assert shared.search(self.request("Schulhof ")).matches == ()

    def test_the_parties_of_a_person_hold_no_name(self, shared):
        answer = shared.search(self.request("Aurelia", with_parties=True))
        assert unpack(answer.matches[0].parties).key == "person:5:de"
        assert "Aurelia" not in answer.matches[0].parties

    def test_a_change_of_who_took_part_is_read_anew(self, filled):
        asked = self.request("Schulhof ", with_parties=True)
        filled.search(asked)
        changed = replace(CORPUS[3], parties=(Part("organisation:9", "led"),))
        filled.apply("de", [changed])
        [match] = filled.search(asked).matches
        assert unpack(match.parties).parts == changed.parties

    # -- showing ---------------------------------------------------------------

    def test_hit_carries_all_that_a_result_shows(self, engine):
        engine.rebuild(
            "de",
            [doc(1, "Titel", details={"meta": [{"text": "1–40"}]}, summary="Kurz.")],
        )
        hit = engine.search(self.request("Titel")).hits[0]
        assert (hit.title, hit.url, hit.summary) == ("Titel", "/1/", "Kurz.")
        assert hit.details == {"meta": [{"text": "1–40"}]}
        assert (hit.kind, hit.object_id, hit.language) == ("method", 1, "de")

    def test_snippet_marks_whole_words_and_escapes(self, engine):
        engine.rebuild("de", [doc(1, "X", body='Ein <b>"Park"</b> & Parkbetreuung.')])
        snippet = engine.search(self.request("park")).hits[0].snippet
        assert "<mark>Park</mark>" in snippet
        assert "<mark>Parkbetreuung</mark>" in snippet
        assert "<b>" not in snippet
        assert "&amp;" in snippet

    # -- words -----------------------------------------------------------------

    def test_known_stems(self, shared):
        from search.analysis import get_analyser

        token = get_analyser("de").query_tokens("Schulhof")[0]
        assert shared.reader("de").known([token.stem, "gibtsnicht"]) == {token.stem}

    def test_vocabulary_has_words_but_no_names_of_people(self, shared):
        if Capability.SPELLING not in shared.capabilities:
            pytest.skip("no spelling")
        words = dict(shared.reader("de").vocabulary("jug"))
        assert words == {"jugendliche": 1}
        assert not shared.reader("de").vocabulary("aurel")

    def test_near_words_with_their_number_of_documents(self, shared):
        near = shared.reader("de").near("jugentliche", 1)
        assert near == {"jugendliche": 1}
        assert not shared.reader("de").near("aurelja", 2)

    def test_several_languages_are_asked_for_words_together(self, filled):
        filled.rebuild("en", [doc(1, "Park", language="en")])
        known = filled.known_many({"de": ["park", "nixda"], "en": ["park"]})
        assert known == {"de": {"park"}, "en": {"park"}}
        assert filled.known_many({"de": [], "en": [""]}) == {"de": set(), "en": set()}


class ListContract(ContractBase):
    """Facets, filters, visibility, order, pages."""

    def test_facet_counts(self, shared):
        facets = shared.search(self.request("")).facets
        assert facets["thema"] == {"climate": 3, "green": 3, "mobility": 1}
        assert facets["kind"] == {"method": 3, "case": 1, "person": 1}

    def test_or_within_and_across_facets(self, shared):
        both = self.keys(shared, "", filters={"thema": ("mobility", "green")})
        assert set(both) == {"method:1:de", "method:2:de", "case:4:de", "person:5:de"}
        narrowed = {"thema": ("mobility", "green"), "form": ("outreach",)}
        assert self.keys(shared, "", filters=narrowed) == ["method:2:de"]

    def test_counts_of_a_facet_ignore_its_own_selection(self, shared):
        filters = {"form": ("online",)}
        facets = shared.search(self.request("", filters=filters)).facets
        assert facets["form"] == {"in_person": 2, "outreach": 1, "online": 1}
        assert facets["thema"] == {"climate": 1}

    def test_scope_limits_kinds(self, shared):
        assert self.keys(shared, "Jugendliche", scope=("person",)) == ["person:5:de"]

    def test_hidden_keys_neither_show_nor_count(self, shared):
        hidden = frozenset({"method:1:de"})
        answer = shared.search(self.request("", hidden=hidden))
        assert "method:1:de" not in [hit.key for hit in answer.hits]
        assert answer.total == 4
        assert "mobility" not in answer.facets["thema"]

    def test_time_of_visibility(self, engine):
        def at(year: int) -> datetime:
            return datetime(year, 1, 1, tzinfo=UTC)

        engine.rebuild(
            "de",
            [
                doc(1, "Park", visible_from=at(2030)),
                doc(2, "Park", visible_until=at(2020)),
                doc(3, "Park", visible_from=at(2020), visible_until=at(2030)),
                doc(4, "Park"),
            ],
        )
        now = int(at(2025).timestamp())
        assert set(self.keys(engine, "Park", now=now)) == {"method:3:de", "method:4:de"}

    def test_newest_first(self, engine):
        dated = [
            doc(n, "Park", changed=datetime(2000 + n, 1, 1, tzinfo=UTC).date())
            for n in (1, 3, 2)
        ]
        engine.rebuild("de", [*dated, doc(4, "Park Park")])
        found = self.keys(engine, "Park", sort=Sort.NEWEST)
        assert found == ["method:3:de", "method:2:de", "method:1:de", "method:4:de"]

    def test_weight_decides_between_equals(self, engine):
        engine.rebuild("de", [doc(1, "Park", weight=0.9), doc(2, "Park", weight=1.05)])
        assert self.keys(engine, "Park") == ["method:2:de", "method:1:de"]

    def test_a_whole_title_stands_above_other_mentions(self, engine):
        often = "Bürgerrat neben Bürgerrat im Park beim Bürgerrat"
        documents = [
            doc(1, often, names=("Rat der Bürger*innen",), weight=1.05),
            doc(2, "Versammlung", names=("Bürgerrat", "Bürgerinnenrat")),
            doc(3, "Bürger*innenrat (Wisdom Council)"),
        ]
        engine.rebuild("de", documents)
        for text in ("Bürgerrat", "bürger:innenrat", "der Bürgerinnenrat"):
            assert self.keys(engine, text)[:2] == ["method:3:de", "method:2:de"], text

    def test_weight_decides_between_nearly_equals(self, engine):
        engine.rebuild(
            "de",
            [doc(1, "Park am Ufer", weight=0.75), doc(2, "Park am Ring", weight=1.05)],
        )
        assert self.keys(engine, "Park ") == ["method:2:de", "method:1:de"]

    def test_pages(self, engine):
        engine.rebuild("de", [doc(n, "Park") for n in range(25)])
        pages = [
            self.keys(engine, "Park", offset=offset, limit=10) for offset in (0, 10, 20)
        ]
        assert [len(page) for page in pages] == [10, 10, 5]
        assert len({key for page in pages for key in page}) == 25

    def test_page_far_out_is_empty_and_costs_nothing(self, shared):
        for sort in Sort:
            answer = shared.search(self.request("", offset=10**9, limit=10, sort=sort))
            assert answer.hits == ()
            assert answer.total == len(CORPUS)

    def test_selections_in_several_facets(self, shared):
        filters = {"thema": ("climate",), "form": ("in_person", "online"), "kind": ()}
        answer = shared.search(self.request("", filters=filters))
        assert {hit.key for hit in answer.hits} == {"method:1:de", "method:3:de"}
        assert answer.total == 2
        assert answer.facets["thema"] == {"climate": 2, "green": 1, "mobility": 1}
        assert answer.facets["form"] == {"in_person": 1, "online": 1}
        assert answer.facets["kind"] == {"method": 2}

    def test_facets_of_what_was_searched(self, shared):
        filters = {"form": ("in_person",)}
        answer = shared.search(self.request("Menschen", filters=filters))
        assert answer.total == 2
        assert answer.facets["form"] == {"in_person": 2, "outreach": 1, "online": 1}

    def test_values_are_compared_whole(self, engine):
        engine.rebuild("de", [doc(1, "A", facets={"x.y": ("a=b c", "Ä*")})])
        for value in ("a=b c", "Ä*"):
            answer = engine.search(self.request("", filters={"x.y": (value,)}))
            assert answer.total == 1
            assert answer.facets["x.y"] == {"a=b c": 1, "Ä*": 1}
        assert not self.keys(engine, "", filters={"x.y": ("a",)})

    def test_a_thousand_values_in_a_filter(self, shared):
        values = (*(f"value-{number}" for number in range(1_000)), "climate")
        answer = shared.search(self.request("Menschen", filters={"thema": values}))
        assert answer.total == 2
        assert answer.facets["thema"]["climate"] == 2

    @pytest.mark.parametrize("sort", Sort)
    def test_long_questions(self, shared, sort):
        known = ("Jugendliche", "reden", "Beteiligungsverfahren", "Werkstatt", "Park")
        text = " ".join([*known, "Nirgendwort", "Unbekanntes"] * 25)
        answer = shared.search(self.request(text, sort=sort))
        assert "method:2:de" in [hit.key for hit in answer.hits]

    def test_a_phrase_is_not_found_across_fields(self, engine):
        engine.rebuild("de", [doc(1, "Grüner Park", names=("Garten", "Wiese Baum"))])
        assert self.keys(engine, '"grüner park"')
        assert self.keys(engine, '"wiese baum"')
        assert not self.keys(engine, '"park garten"')

    def test_a_to_z(self, engine):
        titles = ("Zebra", "Ärger", "MA 18", "apfel", "MA 7", "Straße", "Strasse B")
        engine.rebuild("de", [doc(n, title) for n, title in enumerate(titles)])
        answer = engine.search(self.request("", sort=Sort.TITLE))
        found = [hit.title for hit in answer.hits]
        assert found == [
            "apfel",
            "Ärger",
            "MA 7",
            "MA 18",
            "Straße",
            "Strasse B",
            "Zebra",
        ]

    def test_without_words_weight_decides_then_a_to_z(self, engine):
        weights = {"C": 1.0, "B": 1.05, "A": 0.9, "D": 1.05}
        documents = [
            doc(n, title, weight=weight)
            for n, (title, weight) in enumerate(weights.items())
        ]
        engine.rebuild("de", documents)
        answer = engine.search(self.request(""))
        assert [hit.title for hit in answer.hits] == ["B", "D", "C", "A"]

    def test_equals_stand_a_to_z(self, engine):
        titles = ["Park Wien", "Park Linz", "Park Graz", "Park Bonn"]
        engine.rebuild("de", [doc(n, title) for n, title in enumerate(titles)])
        answer = engine.search(self.request("Park"))
        assert [hit.title for hit in answer.hits] == sorted(titles)

    def test_nothing_hidden_counts_in_facets_of_a_selection(self, shared):
        answer = shared.search(
            self.request(
                "",
                filters={"thema": ("climate",)},
                hidden=frozenset({"method:2:de", "case:4:de"}),
            )
        )
        assert answer.facets["thema"] == {"climate": 2, "green": 1, "mobility": 1}

    def test_pages_beyond_ten_thousand(self, make):
        engine = make()
        engine.rebuild("de", (doc(n, f"Park {n}") for n in range(10_200)))
        for sort in Sort:
            request = self.request("Park", sort=sort, offset=10_190, limit=20)
            answer = engine.search(request)
            assert (answer.total, len(answer.hits)) == (10_200, 10), sort
        last = engine.search(self.request("", sort=Sort.TITLE, offset=10_199))
        assert [hit.title for hit in last.hits] == ["Park 10199"]
        assert len(list(engine.reader("de").digests())) == 10_200

    def test_several_requests_get_the_answers_of_each(self, shared):
        requests = [
            self.request("Menschen beraten"),
            self.request("Jugentliche "),
            self.request("", filters={"form": ("online",)}),
            counting(self.request("Park")),
            self.request("nirgendwo "),
        ]
        together = shared.search_many(requests)
        assert together == [shared.search(request) for request in requests]
        assert [answer.total for answer in together][2:4] == [1, 2]
        assert together[3].hits == ()
