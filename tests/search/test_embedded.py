"""The embedded engine: the contract, and what only files on disk can do wrong."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from pathlib import Path

import pytest

from search.engines.base import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)
from search.engines.embedded import EmbeddedEngine
from search.engines.generations import Generations

from .contract import CORPUS, doc
from .contract_writing import EngineContract


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make(cls, tmp_path_factory):
        return lambda: EmbeddedEngine(tmp_path_factory.mktemp("index"), 0.1)

    def test_index_of_another_version_is_refused(self, filled):
        pointer = filled.folder / "de" / "current.json"
        content = json.loads(pointer.read_text()) | {"versions": "0.old"}
        pointer.write_text(json.dumps(content))
        with pytest.raises(IndexOutdatedError, match=r"0\.old"):
            filled.reader("de")
        filled.rebuild("de", CORPUS)
        assert self.keys(filled, "Schulhof")

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"generation": 3}'])
    def test_damaged_pointer_says_so(self, filled, content):
        (filled.folder / "de" / "current.json").write_text(content)
        with pytest.raises(IndexDamagedError):
            filled.reader("de")

    @pytest.mark.parametrize("damage", ["meta", "all", "folder"])
    def test_damaged_files_say_so(self, filled, damage):
        path = Generations(filled.folder / "de").current().path
        _damage(path, damage)
        filled.close()
        with pytest.raises(IndexDamagedError):
            list(filled.reader("de").digests())
        filled.rebuild("de", CORPUS)
        assert self.keys(filled, "Schulhof")

    def test_rebuild_leaves_one_generation(self, filled):
        filled.rebuild("de", CORPUS[:2])
        folders = [p for p in (filled.folder / "de").iterdir() if p.is_dir()]
        assert len(folders) == 1
        assert len(list(filled.reader("de").digests())) == 2

    def test_other_process_sees_a_rebuild(self, filled):
        other = EmbeddedEngine(filled.folder)
        assert self.keys(other, "Schulhof")
        filled.rebuild("de", CORPUS[:1])
        assert self.keys(other, "Schulhof ") == []

    def test_reader_follows_a_swap_behind_its_back(self, filled, monkeypatch):
        real = Generations.current

        def slow(self):
            """Between reading the pointer and opening, another process rebuilds."""
            monkeypatch.setattr(Generations, "current", real)
            found = real(self)
            EmbeddedEngine(filled.folder).rebuild("de", CORPUS)
            return found

        filled.close()
        monkeypatch.setattr(Generations, "current", slow)
        assert self.keys(filled, "Schulhof") == ["case:4:de"]

    def test_one_writer_in_all_processes(self, filled):
        context = multiprocessing.get_context("fork")
        held, done = context.Event(), context.Event()
        process = context.Process(
            target=_hold_lock, args=(filled.folder / "de", held, done)
        )
        process.start()
        try:
            assert held.wait(10)
            with pytest.raises(IndexBusyError):
                filled.apply("de", [doc(7, "Neu")])
        finally:
            done.set()
            process.join()
        filled.apply("de", [doc(7, "Neu")])
        assert self.keys(filled, "Neu")[:1] == ["method:7:de"]

    def test_missing_folder_is_a_missing_index(self, filled):
        shutil.rmtree(filled.folder / "de")
        with pytest.raises(IndexMissingError):
            filled.reader("de")


def _damage(path: Path, how: str) -> None:
    if how == "folder":
        shutil.rmtree(path)
    for file in path.glob("meta.json" if how == "meta" else "*"):
        file.write_bytes(b"nonsense")


def _hold_lock(folder, held, done):
    with Generations(folder).lock(1.0):
        held.set()
        done.wait(10)
