"""Generations of an index on disk: build beside, swap, one writer in all processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ..analysis import ANALYSIS_VERSION
from ..indexed import SCHEMA_VERSION
from .base import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)

_POINTER, _LOCK = "current.json", "write.lock"


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete index and the versions it was built with."""

    path: Path
    versions: str


def versions() -> str:
    """What an index must have been built with to be read by this code."""
    return f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}"


class Generations:
    """The folder of one language: generations, a pointer to one of them, a lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Generation:
        """The generation to read from, of the right version."""
        generation = self.pointed()
        if generation.versions != versions():
            raise IndexOutdatedError(
                f"Index {self.folder.name} has version {generation.versions}, "
                f"needed is {versions()}."
            )
        return generation

    def pointed(self) -> Generation:
        """The generation the pointer names, whatever its version."""
        try:
            pointer = json.loads((self.folder / _POINTER).read_text())
            path = self.folder / pointer["generation"]
            found = Generation(path, str(pointer["versions"]))
        except FileNotFoundError as error:
            raise IndexMissingError(f"No index {self.folder.name} yet.") from error
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise IndexDamagedError(
                f"Pointer of {self.folder.name}: {error}"
            ) from error
        if not path.is_dir():
            raise IndexDamagedError(f"Index {self.folder.name} lost its folder.")
        return found

    def named(self) -> str:
        """What the pointer says, to see whether it moved on."""
        try:
            return (self.folder / _POINTER).read_text()
        except (OSError, ValueError):
            return ""

    @contextmanager
    def create(self) -> Iterator[Path]:
        """A new, empty folder that nobody reads yet; gone again after an error. What
        somebody left half built, killed in the middle, goes as well."""
        self._drop_others(self._pointed_path())
        path = self.folder / f"{int(time.time())}-{uuid4().hex[:8]}"
        path.mkdir(parents=True)
        try:
            yield path
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise

    def activate(self, path: Path) -> None:
        """Point to a finished generation, in one step, and drop the others."""
        pointer = {"generation": path.name, "versions": versions()}
        temporary = self.folder / f"{_POINTER}.{os.getpid()}"
        temporary.write_text(json.dumps(pointer))
        temporary.replace(self.folder / _POINTER)
        self._drop_others(path)

    def forget(self) -> None:
        """Point to nothing."""
        (self.folder / _POINTER).unlink(missing_ok=True)

    def _pointed_path(self) -> Path | None:
        try:
            return self.pointed().path
        except (IndexMissingError, IndexDamagedError):
            return None

    def _drop_others(self, kept: Path | None) -> None:
        for other in self.folder.iterdir():
            if other.is_dir() and other != kept:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def lock(self, timeout: float) -> Iterator[None]:
        """Be the only writer of this language in all processes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as handle:
            _acquire(handle.fileno(), timeout, self.folder.name)
            try:
                yield
            finally:
                fcntl.flock(handle, fcntl.LOCK_UN)


def _acquire(descriptor: int, timeout: float, name: str) -> None:
    deadline = time.monotonic() + timeout
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if time.monotonic() >= deadline:
                raise IndexBusyError(f"Index {name} is being written.") from error
            time.sleep(0.02)
