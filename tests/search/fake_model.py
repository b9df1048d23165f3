"""A model for tests: it knows what a few words mean, in two languages.

Words of one line mean the same; every other word has a direction of its own. So what is
near is known beforehand, and reading costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import ClassVar

import numpy as np

from search.meaning.embedder import Embedder, EmbedderError
from search.meaning.packing import Floats

NAME = "tests.search.fake_model.FakeEmbedder"
BROKEN = "tests.search.fake_model.BrokenEmbedder"

_MEANINGS = (
    "teenager jugendliche jugendlichen kids youngsters teenagers",
    "zettel losen ausgewählte zufällig lots drawn random",
    "hitze backofen schatten kühle heat shade",
    "boot boote kahn vessel vessels ships",
    "rückmeldung antwort antworten became feedback",
)
_WORD = re.compile(r"\w+")
_STOP = frozenset(
    {"die", "der", "das", "und", "in", "im", "ist", "es", "the", "of", "a"}
)
_AXES = {word: at for at, line in enumerate(_MEANINGS) for word in line.split()}

#: Turns all vectors alike: an engine that keeps them in few bits expects numbers that are
#: spread, as those of a real model are.
_TURNED = np.linalg.qr(np.random.default_rng(7).normal(size=(64, 64)))[0].astype(
    np.float32
)


class FakeEmbedder(Embedder):
    """Says where words lie; counts how many passages it was given."""

    name: ClassVar[str] = "fake"
    version: ClassVar[str] = "1"
    dimension: ClassVar[int] = len(_TURNED)
    max_chars: ClassVar[int] = 1_500
    read: ClassVar[list[str]] = []

    def passages(self, texts: Sequence[str]) -> Floats:
        type(self).read += texts
        return np.stack([_vector(text) for text in texts])

    def query(self, text: str) -> Floats:
        return _vector(text)


class OtherEmbedder(FakeEmbedder):
    """The next version of it."""

    version: ClassVar[str] = "2"


class BrokenEmbedder(FakeEmbedder):
    """Not usable here."""

    def __init__(self) -> None:
        raise EmbedderError("The model is missing: install it.")


def _vector(text: str) -> Floats:
    vector = np.zeros(FakeEmbedder.dimension, np.float32)
    for word in _WORD.findall(text.casefold()):
        if word not in _STOP:
            known = _AXES.get(word)
            vector[_axis(word) if known is None else known] += (
                0.2 if known is None else 1
            )
    length = np.linalg.norm(vector)
    return _TURNED @ (vector / length) if length else vector


def _axis(word: str) -> int:
    number = int.from_bytes(blake2b(word.encode(), digest_size=4).digest())
    return len(_MEANINGS) + number % (FakeEmbedder.dimension - len(_MEANINGS))
