"""What every engine must do when it is written to, also while it is read."""

from __future__ import annotations

import dataclasses
import threading

import pytest

from search.documents import make_key
from search.engines.base import IndexMissingError, SearchUnavailableError

from .contract import CORPUS, ContractBase, FindingContract, ListContract, doc
from .contract_meaning import MeaningContract


class WritingContract(ContractBase):
    """Changes, new generations, readers meanwhile."""

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

    def test_removing_what_is_not_there(self, filled):
        filled.apply("de", [], [make_key("method", 99, "de")] * 2)
        assert len(list(filled.reader("de").digests())) == len(CORPUS)

    def test_a_document_may_be_removed_and_written_at_once(self, filled):
        filled.apply("de", [CORPUS[0]], [CORPUS[0].key])
        assert self.keys(filled, "Bürgerinnenrat")[0] == "method:1:de"

    def test_writing_needs_an_index(self, engine):
        with pytest.raises(IndexMissingError):
            engine.apply("de", CORPUS)
        with pytest.raises(SearchUnavailableError):
            engine.verify("de")

    def test_rebuild_replaces_everything(self, filled):
        filled.rebuild("de", CORPUS[:2])
        assert dict(filled.reader("de").digests()).keys() == {
            "method:1:de",
            "method:2:de",
        }
        filled.verify("de")

    def test_failed_rebuild_keeps_the_old_index(self, filled):
        def broken():
            yield doc(7, "Halb")
            raise RuntimeError("source failed")

        with pytest.raises(RuntimeError):
            filled.rebuild("de", broken())
        assert len(list(filled.reader("de").digests())) == len(CORPUS)

    def test_fingerprints_of_some(self, filled):
        reader = filled.reader("de")
        everything = dict(reader.digests())
        wanted = {"method:1:de", "case:4:de"}
        found = reader.digests_of({*wanted, "method:99:de"})
        assert found == {key: everything[key] for key in wanted}

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
        assert wrong == []

    def test_generations_swap_while_reading(self, filled):
        wrong: list[object] = []
        done = threading.Event()

        def ask():
            while not done.is_set():
                try:
                    found = self.keys(filled, "Schulhof")
                except Exception as error:
                    wrong.append(error)
                    return
                if found[:1] != ["case:4:de"]:
                    wrong.append(found)

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for _ in range(4):
            filled.rebuild("de", CORPUS)
        done.set()
        for thread in threads:
            thread.join()
        assert wrong == []


class EngineContract(FindingContract, ListContract, WritingContract, MeaningContract):
    """All of it."""
