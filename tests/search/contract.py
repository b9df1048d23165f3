"""What every engine must do. One class of tests; each engine adds a subclass that
says how it is made."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, datetime

import pytest

from search.documents import SearchDocument, make_key
from search.engines.base import (
    Capability,
    Engine,
    IndexMissingError,
    Request,
    Sort,
)
from search.ladder import build
from search.parsing import parse


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
    ),
    doc(
        5,
        "Beispielperson Aurelia",
        kind="person",
        is_person=True,
        summary="Moderiert mit Jugendlichen.",
        facets={"thema": ("green",)},
    ),
]


class EngineContract:
    """Tests for one engine."""

    @pytest.fixture
    def engine(self, tmp_path) -> Engine:
        raise NotImplementedError

    @pytest.fixture
    def filled(self, engine) -> Engine:
        engine.rebuild("de", CORPUS)
        return engine

    def request(self, text: str, language: str = "de", **values) -> Request:
        return Request(language, build(parse(text), language).steps, **values)

    def keys(self, engine: Engine, text: str, **values) -> list[str]:
        answer = engine.search(self.request(text, **values))
        return [hit.key for hit in answer.hits]

    # -- finding ---------------------------------------------------------------

    def test_finds_words_in_every_form(self, filled):
        for text in ("Bürgerinnenrat", "bürgerrat", "BÜRGERRAT", "Buergerrat"):
            assert self.keys(filled, text)[0] == "method:1:de", text

    def test_title_stands_above_body(self, filled):
        assert self.keys(filled, "Werkstatt")[:2] == ["method:2:de", "method:3:de"]

    def test_all_words_stand_above_some_words(self, filled):
        assert self.keys(filled, "Menschen beraten")[0] == "method:1:de"

    def test_exact_stands_above_fuzzy(self, engine):
        exact = doc(1, "Etwas anderes", body="Hier steht das Wort Garten ganz hinten.")
        near = [doc(n, "Garden Garden", weight=1.1) for n in (2, 3)]
        engine.rebuild("de", [*near, exact])
        assert self.keys(engine, "Garten ")[0] == "method:1:de"

    def test_part_of_a_compound_is_found(self, filled):
        assert "method:2:de" in self.keys(filled, "Beteiligung")

    def test_misspelt_word_is_found_and_marked_as_near(self, filled):
        answer = filled.search(self.request("Jugentliche "))
        assert "method:2:de" in [hit.key for hit in answer.hits]
        assert all(hit.is_near for hit in answer.hits)

    def test_beginning_of_the_last_word_is_found(self, filled):
        assert "case:4:de" in self.keys(filled, "Schul")
        assert filled.search(self.request("Schul")).step.name == "all"

    def test_code_is_found_in_all_spellings(self, filled):
        for text in ("MA 18", "MA18", "ma-18"):
            assert "case:4:de" in self.keys(filled, text), text

    def test_phrase_must_stand_as_typed(self, filled):
        assert self.keys(filled, '"neuer schulhof"') == ["case:4:de"]
        assert self.keys(filled, '"schulhof neuer"') == []

    def test_excluded_word_excludes(self, filled):
        assert "method:3:de" not in self.keys(filled, "Menschen -Park")
        assert "method:3:de" in self.keys(filled, "Menschen")

    def test_only_exclusions_leave_the_rest(self, filled):
        assert set(self.keys(filled, "-Park")) == {
            "method:1:de",
            "case:4:de",
            "person:5:de",
        }

    def test_stop_words_do_not_hinder(self, filled):
        assert self.keys(filled, "der die das Schulhof")[0] == "case:4:de"

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
            "kind:",
            "art:nix -",
            "(a OR b) AND NOT c~2^5 [1 TO 2] title:x",
        ],
    )
    def test_any_text_gets_an_answer(self, filled, text):
        answer = filled.search(self.request(text))
        assert answer.total >= len(answer.hits)

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

    # -- facets, filters, visibility ---------------------------------------------

    def test_facet_counts(self, filled):
        facets = filled.search(self.request("")).facets
        assert facets["thema"] == {"climate": 3, "green": 3, "mobility": 1}
        assert facets["kind"] == {"method": 3, "case": 1, "person": 1}

    def test_or_within_and_across_facets(self, filled):
        both = self.keys(filled, "", filters={"thema": ("mobility", "green")})
        assert set(both) == {"method:1:de", "method:2:de", "case:4:de", "person:5:de"}
        narrowed = {"thema": ("mobility", "green"), "form": ("outreach",)}
        assert self.keys(filled, "", filters=narrowed) == ["method:2:de"]

    def test_counts_of_a_facet_ignore_its_own_selection(self, filled):
        filters = {"form": ("online",)}
        facets = filled.search(self.request("", filters=filters)).facets
        assert facets["form"] == {"in_person": 2, "outreach": 1, "online": 1}
        assert facets["thema"] == {"climate": 1}

    def test_scope_limits_kinds(self, filled):
        assert self.keys(filled, "Jugendliche", scope=("person",)) == ["person:5:de"]

    def test_hidden_keys_neither_show_nor_count(self, filled):
        hidden = frozenset({"method:1:de"})
        answer = filled.search(self.request("", hidden=hidden))
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

    def test_pages(self, engine):
        engine.rebuild("de", [doc(n, "Park") for n in range(25)])
        pages = [
            self.keys(engine, "Park", offset=offset, limit=10) for offset in (0, 10, 20)
        ]
        assert [len(page) for page in pages] == [10, 10, 5]
        assert len({key for page in pages for key in page}) == 25

    def test_page_far_out_is_empty_and_costs_nothing(self, filled):
        for sort in Sort:
            answer = filled.search(self.request("", offset=10**9, limit=10, sort=sort))
            assert answer.hits == ()
            assert answer.total == len(CORPUS)

    # -- writing ---------------------------------------------------------------

    def test_languages_are_apart(self, filled):
        filled.rebuild("en", [doc(1, "Citizens' council", language="en")])
        assert self.keys(filled, "council", language="en") == ["method:1:en"]
        assert self.keys(filled, "Werkstatt", language="en") == []

    def test_apply_replaces_adds_and_removes(self, filled):
        changed = dataclasses.replace(CORPUS[0], title="Losrat", names=(), summary="")
        filled.apply("de", [changed, doc(9, "Neu")], ["method:2:de"])
        assert self.keys(filled, "Losrat") == ["method:1:de"]
        assert self.keys(filled, "Bürgerinnenrat ") == []
        assert self.keys(filled, "Neu")[:1] == ["method:9:de"]
        assert "method:2:de" not in self.keys(filled, "")

    def test_doing_it_twice_changes_nothing(self, filled):
        before = sorted(filled.reader("de").digests())
        for _ in range(2):
            filled.apply("de", CORPUS, [make_key("method", 99, "de")])
        assert sorted(filled.reader("de").digests()) == before

    def test_failed_batch_leaves_the_index_as_it_was(self, filled):
        def broken():
            yield doc(7, "Halb")
            raise RuntimeError("source failed")

        with pytest.raises(RuntimeError):
            filled.apply("de", broken(), ["method:1:de"])
        assert len(list(filled.reader("de").digests())) == len(CORPUS)
        filled.apply("de", [doc(7, "Ganz")])
        assert self.keys(filled, "Ganz") == ["method:7:de"]

    def test_missing_index_says_so(self, engine):
        with pytest.raises(IndexMissingError, match="de"):
            engine.search(self.request("Park"))
        assert "rebuild" in IndexMissingError.hint

    def test_readers_in_threads(self, filled):
        wrong: list[object] = []

        def ask():
            for _ in range(20):
                found = self.keys(filled, "Schulhof")
                if found[:1] != ["case:4:de"]:
                    wrong.append(found)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong

    # -- words -----------------------------------------------------------------

    def test_known_stems(self, filled):
        from search.analysis import get_analyser

        token = get_analyser("de").query_tokens("Schulhof")[0]
        assert filled.reader("de").known([token.stem, "gibtsnicht"]) == {token.stem}

    def test_vocabulary_has_words_but_no_names_of_people(self, filled):
        if Capability.SPELLING not in filled.capabilities:
            pytest.skip("no spelling")
        words = dict(filled.reader("de").vocabulary("jug"))
        assert words == {"jugendliche": 1}
        assert not filled.reader("de").vocabulary("aurel")
