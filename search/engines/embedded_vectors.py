"""Vectors beside an embedded index: one matrix in a file, mapped into memory, so that all
processes share it. With ``search/meaning`` the only user of numpy.

Comparing a question with everything is exact and takes milliseconds for tens of thousands
of passages. So there is no index of vectors to build: a change writes the file anew and
swaps. Whoever still reads the old one goes on reading it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from ..indexed import Reading, number_of
from ..meaning.packing import Bytes, Floats, matrix, scales
from .asking import Near

_POINTER = "current.json"
_NUMBERS, _PLACES, _IDS, _KEYS = "numbers.npy", "places.npy", "ids.npy", "keys.json"
#: Whole numbers in a row.
Numbers: TypeAlias = npt.NDArray[np.int64]

#: Rows that are turned into larger numbers at once: they stay in the processor's cache.
_BLOCK = 2048
#: A file may be swapped while it is opened, again and again only by ill luck.
_SWAPS = 5


@dataclass(frozen=True)
class Nearest:
    """Documents and how near their best passage is, and where that stands."""

    keys: list[str]
    #: What stands for the keys.
    ids: Numbers
    similarity: Floats
    places: npt.NDArray[np.int32]

    @cached_property
    def order(self) -> Numbers:
        """Places of the documents, the nearest first."""
        return np.argsort(-self.similarity, kind="stable")

    def first(self, number: int) -> frozenset[str]:
        """Keys of the nearest."""
        return frozenset(self.keys[at] for at in self.order[:number].tolist())

    def among(self, ids: Sequence[int], limit: int) -> list[Near]:
        """The nearest of those that these numbers stand for."""
        fits = np.isin(self.ids[self.order], np.array(ids, np.int64))
        return [self.at(at) for at in self.order[fits][:limit].tolist()]

    def at(self, place: int) -> Near:
        """One of them."""
        start, end = self.places[place].tolist()
        return Near(self.keys[place], float(self.similarity[place]), start, end)


@dataclass(frozen=True)
class Vectors:
    """All passages of an index, those of a document one after the other."""

    model: str
    keys: list[str]
    #: What stands for the keys.
    ids: Numbers
    #: First row of each document.
    starts: Numbers
    numbers: Bytes
    scales: Floats
    #: Stretch of the document's text, by row.
    places: npt.NDArray[np.int32]

    def nearest(self, question: Floats) -> Nearest:
        """How near each document is: by its best passage, in the order of the keys."""
        if not self.keys:
            nothing = np.zeros(0, np.float32)
            return Nearest([], self.ids, nothing, np.zeros((0, 2), np.int32))
        near = _products(self.numbers, question) * self.scales
        best = np.maximum.reduceat(near, self.starts)
        rows = self._first_rows(near, best)
        return Nearest(self.keys, self.ids, best, self.places[rows])

    def _first_rows(self, near: Floats, best: Floats) -> Numbers:
        """The first row of each document that is as near as its best one."""
        counts = np.diff(self.starts, append=len(near))
        hits = np.flatnonzero(near == np.repeat(best, counts))
        found: Numbers = hits[np.searchsorted(hits, self.starts)]
        return found

    def rows(self) -> Iterator[tuple[str, list[Reading]]]:
        """Documents with their passages, as they were written."""
        ends = [*self.starts[1:].tolist(), len(self.numbers)]
        for key, start, end in zip(self.keys, self.starts.tolist(), ends, strict=True):
            places = self.places[start:end].tolist()
            numbers = self.numbers[start:end]
            yield (
                key,
                [
                    Reading(a, b, row.tobytes())
                    for (a, b), row in zip(places, numbers, strict=True)
                ],
            )


def _products(numbers: Bytes, question: Floats) -> Floats:
    products = np.empty(len(numbers), np.float32)
    buffer = np.empty((min(_BLOCK, len(numbers)), numbers.shape[1]), np.float32)
    for start in range(0, len(numbers), _BLOCK):
        end = min(start + _BLOCK, len(numbers))
        block = buffer[: end - start]
        np.copyto(block, numbers[start:end])
        np.dot(block, question, out=products[start:end])
    return products


class VectorFile:
    """The vectors of one generation of an index; kept open until they change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._named = ""
        self._open: Vectors | None = None

    def read(self) -> Vectors | None:
        """The vectors as they are now; none when there are none that can be read."""
        for _ in range(_SWAPS):
            named = self._pointer()
            if named == self._named:
                return self._open
            try:
                self._open = self._load(json.loads(named)) if named else None
            except (OSError, ValueError, KeyError):
                if self._pointer() == named:  # damaged: as good as none
                    self._open = None
                    return None
                continue
            self._named = named
            return self._open
        return None

    def _pointer(self) -> str:
        try:
            return (self.folder / _POINTER).read_text()
        except OSError:
            return ""

    def _load(self, pointer: Mapping[str, Any]) -> Vectors:
        path = self.folder / pointer["name"]
        kept = json.loads((path / _KEYS).read_text())
        numbers = np.load(path / _NUMBERS, mmap_mode="r")
        counts = np.array(kept["counts"], np.int64)
        starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
        ids = np.load(path / _IDS)
        if counts.sum() != len(numbers) or not len(counts) == len(ids) == len(
            kept["keys"]
        ):
            raise ValueError("The files of the vectors do not belong together.")
        return Vectors(
            model=pointer["model"],
            keys=kept["keys"],
            ids=ids,
            starts=starts if len(counts) else starts[:0],
            numbers=numbers,
            scales=scales(numbers),
            places=np.load(path / _PLACES),
        )

    def change(
        self,
        model: str,
        documents: Mapping[str, Sequence[Reading]],
        removals: Collection[str] = (),
    ) -> None:
        """Write the passages of documents and forget those of others. Vectors of another
        model are of no use beside new ones."""
        before = self.read()
        rows = dict(before.rows()) if before else {}
        touched = rows.keys() & {*documents, *removals}
        given = {key: list(some) for key, some in documents.items() if some}
        if not touched and not given:
            return
        if before and model and before.model != model:
            rows = {}
        for key in touched:
            rows.pop(key, None)
        self.write(model or (before.model if before else ""), rows | given)

    def write(self, model: str, rows: Mapping[str, Sequence[Reading]]) -> None:
        """Write everything anew and swap."""
        name = uuid4().hex[:12]
        path = self.folder / name
        path.mkdir(parents=True)
        passages = [reading for some in rows.values() for reading in some]
        counts = [len(some) for some in rows.values()]
        np.save(path / _NUMBERS, matrix([reading.vector for reading in passages]))
        places = [(reading.start, reading.end) for reading in passages]
        np.save(path / _PLACES, np.array(places, np.int32).reshape(-1, 2))
        np.save(path / _IDS, np.array([number_of(key) for key in rows], np.int64))
        (path / _KEYS).write_text(json.dumps({"keys": list(rows), "counts": counts}))
        pointer = self.folder / f"{_POINTER}.{name}"
        pointer.write_text(json.dumps({"name": name, "model": model}))
        pointer.replace(self.folder / _POINTER)
        for other in self.folder.iterdir():
            if other.is_dir() and other != path:
                shutil.rmtree(other, ignore_errors=True)
