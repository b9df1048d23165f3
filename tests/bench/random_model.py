"""A model whose questions are real and whose passages are not: to measure times, it does
not matter where passages lie, and reading a hundred thousand of them takes hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from search.meaning.nano import NanoEmbedder
from search.meaning.packing import Floats

NAME = "tests.bench.random_model.RandomEmbedder"


class RandomEmbedder(NanoEmbedder):
    """Random unit vectors for passages."""

    name: ClassVar[str] = "random"

    def __init__(self) -> None:
        super().__init__()
        self._chance = np.random.default_rng(20_261_130)

    def passages(self, texts: Sequence[str]) -> Floats:
        made = self._chance.normal(size=(len(texts), self.dimension))
        found: Floats = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(
            np.float32
        )
        return found
