"""What every engine must do with what a model read: find the nearest, within what is
asked, and make one list of words and meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from search import fields
from search.engines.asking import Fusion, Meant, limited
from search.engines.base import Engine, Near, Sort
from search.ladder import build
from search.meaning.readings import read_at_once
from search.parsing import parse
from search.query import All, Everything, Filter, Keys
from search.results import Hit

from .contract import CORPUS, ContractBase, doc
from .fake_model import FakeEmbedder

MODEL = FakeEmbedder()
read = read_at_once(MODEL)
TEENAGER = "teenager"  # stands in no document


EVERYTHING = Everything()


def meant(text: str, limit: int = 10, within=EVERYTHING, model=MODEL.model) -> Meant:
    return Meant(MODEL.query(text), model, All((within,)), limit)


class MeaningContract(ContractBase):
    """Near in meaning, and both lists as one."""

    @pytest.fixture(scope="class")
    @classmethod
    def understood(cls, make) -> Engine:
        """The corpus, read by the model, in an engine that no test changes."""
        engine = make()
        engine.rebuild("de", CORPUS, read)
        return engine

    def near(self, engine: Engine, text: str, **values) -> list[Near]:
        return engine.reader("de").nearest(meant(text, **values))

    # -- the nearest -----------------------------------------------------------

    def test_the_nearest_stand_first(self, understood):
        found = self.near(understood, TEENAGER)
        assert {one.key for one in found[:2]} == {"method:2:de", "person:5:de"}
        assert len(found) == len(CORPUS)
        similarity = [one.similarity for one in found]
        assert similarity == sorted(similarity, reverse=True)
        assert similarity[0] > 0.5 > similarity[2]

    def test_the_best_passage_says_where_it_stands(self, understood):
        document = CORPUS[1]
        [found] = self.near(
            understood, TEENAGER, within=Filter(fields.KIND, ("method",))
        )[:1]
        text = f"{document.summary}\n\n{document.body}"
        assert "Jugendliche reden mit." in text[found.start : found.end]

    def test_no_more_than_asked(self, understood):
        assert len(self.near(understood, TEENAGER, limit=2)) == 2

    def test_filters_hold_before_the_nearest_are_chosen(self, understood):
        within = Filter("thema", ("climate",))
        found = self.near(understood, TEENAGER, limit=2, within=within)
        assert len(found) == 2
        assert {one.key for one in found} <= {"method:1:de", "method:3:de", "case:4:de"}

    def test_nothing_that_may_not_be_seen(self, make):
        engine = make()
        past, future = (
            datetime(2020, 1, 1, tzinfo=UTC),
            datetime(2100, 1, 1, tzinfo=UTC),
        )
        hidden = doc(1, "Jugendliche", visible_until=past)
        later = doc(2, "Kids", visible_from=future)
        engine.rebuild("de", [hidden, later, doc(3, "Teenager reden")], read)
        request = self.request("", now=1_700_000_000)
        found = self.near(engine, TEENAGER, within=limited(Everything(), request))
        assert [one.key for one in found] == ["method:3:de"]
        hidden_too = replace(request, hidden=frozenset({"method:3:de"}))
        assert not self.near(engine, TEENAGER, within=limited(Everything(), hidden_too))

    def test_many_that_do_not_fit_are_passed_over(self, make):
        engine = make()
        many = [doc(n, f"Jugendliche {n}") for n in range(2, 300)]
        other = doc(1, "Kids anderswo", facets={"thema": ("green",)})
        engine.rebuild("de", [*many, other], read)
        found = self.near(engine, TEENAGER, limit=5, within=Filter("thema", ("green",)))
        assert [one.key for one in found] == ["method:1:de"]

    def test_another_model_finds_nothing(self, understood):
        assert self.near(understood, TEENAGER, model="other-1") == []

    def test_where_nothing_was_read_nothing_is_near(self, shared):
        assert self.near(shared, TEENAGER) == []

    def test_an_empty_index_has_nothing_near(self, make):
        engine = make()
        engine.rebuild("de", [], read)
        assert self.near(engine, TEENAGER) == []

    # -- writing ---------------------------------------------------------------

    def test_vectors_come_change_and_go_with_documents(self, make):
        engine = make()
        engine.rebuild("de", CORPUS)
        engine.apply("de", [CORPUS[1]], (), read)
        assert [one.key for one in self.near(engine, TEENAGER)] == ["method:2:de"]
        changed = replace(CORPUS[1], summary="", body="Es geht um Hitze.")
        engine.apply("de", [changed], (), read)
        [left] = self.near(engine, TEENAGER)
        assert left.similarity < 0.3
        assert self.near(engine, "Schatten")[0].similarity > 0.5
        engine.apply("de", [], ["method:2:de"])
        assert self.near(engine, "Schatten") == []

    def test_a_document_written_without_vectors_has_none(self, make):
        engine = make()
        engine.rebuild("de", CORPUS, read)
        engine.apply("de", [CORPUS[1]])
        assert "method:2:de" not in {one.key for one in self.near(engine, TEENAGER)}

    def test_a_reader_finds_what_was_written_after_another_was_opened(self, make):
        engine = make()
        engine.rebuild("de", CORPUS[:1], read)
        assert len(self.near(engine, TEENAGER)) == 1
        engine.apply("de", CORPUS[1:2], (), read)
        assert self.near(engine, TEENAGER)[0].key == "method:2:de"

    # -- words and meaning as one list -----------------------------------------

    def fused(self, engine: Engine, text: str, words: str = "", **values):
        plan = build(parse(words or text), "de")
        near = tuple(self.near(engine, text, limit=values.pop("nearest", 3)))
        above = values.pop("above", None)
        request = self.request(words or text, **values)
        fusion = Fusion(near, plan.points, above and plan.steps[0].query)
        return engine.search(replace(request, fusion=fusion))

    def titles(self, hits: Sequence[Hit]) -> list[str]:
        return [hit.title for hit in hits]

    def test_what_only_means_the_same_joins_the_list_and_says_so(self, understood):
        answer = self.fused(understood, "Teenager Bäumen ", nearest=2)
        assert answer.total == 3
        by_key = {hit.key: hit for hit in answer.hits}
        assert not by_key["case:4:de"].is_meant
        assert by_key["method:2:de"].is_meant
        assert "Jugendliche reden mit" in by_key["method:2:de"].snippet
        assert by_key["method:2:de"].similarity > 0.5

    def test_total_pages_and_facets_are_those_of_one_list(self, understood):
        answer = self.fused(understood, "Teenager Bäumen ", nearest=2, limit=2)
        rest = self.fused(understood, "Teenager Bäumen ", nearest=2, limit=2, offset=2)
        assert answer.total == rest.total == 3
        keys = [hit.key for hit in (*answer.hits, *rest.hits)]
        assert sorted(keys) == ["case:4:de", "method:2:de", "person:5:de"]
        assert answer.facets["thema"] == {"climate": 1, "green": 3}
        assert sum(answer.facets[fields.KIND].values()) == 3

    def test_what_has_the_words_and_the_meaning_stands_first(self, understood):
        answer = self.fused(understood, "Jugendliche Park ", nearest=3)
        assert answer.hits[0].key == "method:2:de"
        assert answer.hits[0].score > answer.hits[1].score

    def test_a_named_one_stays_above_what_means_the_same(self, understood):
        answer = self.fused(understood, "Teenager", words="Neuer Schulhof", above=True)
        assert answer.hits[0].key == "case:4:de"

    def test_far_pages_follow_without_gaps_or_repetitions(self, make):
        engine = make()
        words = [doc(n, f"Park {n:03}") for n in range(10, 250)]
        near = [doc(n, f"Kids {n}", body="Etwas.") for n in range(2)]
        both = [doc(5, "Kids im Park")]
        engine.rebuild("de", [*words, *near, *both], read)
        seen: list[str] = []
        totals = set()  # an engine that guesses a little may find one near more or less
        for offset in range(0, 250, 50):
            answer = self.fused(
                engine, "Teenager Park ", words="Park ", offset=offset, limit=50
            )
            totals.add(answer.total)
            seen += [hit.key for hit in answer.hits]
        [total] = totals
        assert 241 <= total <= 243
        assert len(seen) == len(set(seen)) == total
        last = self.fused(
            engine, "Teenager Park ", words="Park ", offset=9_999, limit=5
        )
        assert (last.hits, last.total) == ((), total)

    def test_a_list_of_what_is_near_alone(self, understood):
        near = tuple(self.near(understood, TEENAGER, limit=2))
        request = self.request("", limit=2)
        nothing = replace(request.steps[0], query=Keys(frozenset()))
        fusion = Fusion(near, Keys(frozenset()))
        answer = understood.search(replace(request, steps=(nothing,), fusion=fusion))
        assert [hit.key for hit in answer.hits] == [one.key for one in near]
        assert all(hit.is_meant and not hit.is_near for hit in answer.hits)

    def test_parties_come_with_what_is_near(self, understood):
        answer = self.fused(
            understood, "Schatten Zebra ", nearest=1, limit=0, with_parties=True
        )
        assert any("person:5" in match.parties for match in answer.matches)
        assert answer.is_fused

    def test_several_lists_at_once(self, understood):
        one = replace(
            self.request("Teenager Bäumen "),
            fusion=Fusion((), build(parse("Teenager Bäumen "), "de").points),
        )
        plain = self.request("Park", sort=Sort.TITLE)
        both = understood.search_many([one, plain])
        assert both == [understood.search(one), understood.search(plain)]
