"""Where the search benchmark works: its folder and database, its processes, its server."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
SEED = 20_261_125
EMBEDDED = "embedded://"
#: Name of the benchmark's own indexes on a server.
PREFIX = "drehscheibe-bench"
WORKERS = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Bench:
    """One folder with a database, indexes and questions."""

    def __init__(self, folder: Path, data: Path, port: int) -> None:
        self.folder = folder
        self.data = data
        self.port = port
        #: The model of the search by meaning.
        self.meaning = "off"
        self.queries = folder / "queries.txt"
        lines = (data / "laws_dev_queries.tsv").read_text().splitlines()
        chance = random.Random(SEED)
        self.texts = [line.split("\t")[1] for line in lines]
        chance.shuffle(self.texts)
        self.misspelt = [_misspelt(text, chance) for text in self.texts]
        self.beginnings = [text[: chance.randint(2, 12)] for text in self.texts]

    def environment(self, engine: str = EMBEDDED) -> dict[str, str]:
        """For a process of the benchmark."""
        return os.environ | {
            "HUB_VAR_DIR": str(self.folder),
            "HUB_SEARCH_URL": engine,
            "HUB_SEARCH_PREFIX": PREFIX,
            "HUB_SEARCH_FALLBACK": "",
            "HUB_SEARCH_MEANING": self.meaning,
            "HUB_SEARCH_DRAIN": "worker",
            "DJANGO_SETTINGS_MODULE": "tests.bench.search_settings",
        }

    def prepare(self) -> None:
        """A database with the starter content; made once and kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.queries.write_text("\n".join(self.texts))
        self._manage("migrate", "--verbosity=0")
        self._manage("collectstatic", "--noinput", "--verbosity=0")
        mark = self.folder / "starter"
        if not mark.exists():
            self._manage("load_starter")
            mark.touch()

    def _manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment() | {"BENCH_CACHE": "1"}
        subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )

    def work(self, part: str, engine: str = EMBEDDED, **values: Any) -> dict[str, Any]:
        """One part of ``search_work`` in a process of its own."""
        values |= {"folder": self.folder, "data": self.data}
        arguments = [f"--{name}={value}" for name, value in values.items()]
        environment = self.environment(engine)
        if part != "queries":
            environment["BENCH_CACHE"] = "1"
        command = [sys.executable, "-m", "tests.bench.search_work", part, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
        )
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def paths(self, texts: Sequence[str], address: str) -> list[str]:
        """Addresses that ask for texts."""
        return [f"{address}?{urlencode({'q': text})}" for text in texts]

    def disk(self, engine: str) -> float:
        """Megabytes of an engine's indexes."""
        if engine == EMBEDDED:
            files = (self.folder / "index").rglob("*")
            return sum(f.stat().st_size for f in files if f.is_file()) / 1e6
        stats = _ask(engine, f"/{PREFIX}_*/_stats/store")
        return stats["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6

    def server_memory(self, engine: str) -> float:
        """Megabytes that a search server on this machine takes; 0 for none."""
        if engine == EMBEDDED:
            return 0.0
        nodes = _ask(engine, "/_nodes/process")["nodes"].values()
        return sum(_resident(node["process"]["id"]) for node in nodes)


def _ask(url: str, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url.rstrip('/')}{path}", timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def _misspelt(text: str, chance: random.Random) -> str:
    """A text with one letter of its longest word exchanged, never the first."""
    longest = max(text.split(), key=len)
    if len(longest) < 5:
        return text
    at = chance.randrange(1, len(longest))
    wrong = longest[:at] + chance.choice(_LETTERS) + longest[at + 1 :]
    return text.replace(longest, wrong)


class Server:
    """The site as in production: gunicorn with two processes."""

    def __init__(self, bench: Bench, engine: str) -> None:
        self.port = bench.port
        self._log = bench.folder / "gunicorn.log"
        self._environment = bench.environment(engine)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        command = [
            *(sys.executable, "-m", "gunicorn", "hub.wsgi"),
            f"--bind=127.0.0.1:{self.port}",
            f"--workers={WORKERS}",
            "--limit-request-line=0",
        ]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _wait(self) -> None:
        url = f"http://127.0.0.1:{self.port}/healthz"
        for _ in range(300):
            if self._process is None or self._process.poll() is not None:
                raise SystemExit(f"gunicorn did not start; see {self._log}")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url, timeout=30).close()
                return
            time.sleep(0.1)
        raise SystemExit("gunicorn does not answer")

    def memory(self) -> float:
        """Megabytes of all its processes, shared pages counted once."""
        if self._process is None:
            return 0.0
        own = self._process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return sum(_proportional(pid) for pid in [own, *map(int, children)])

    def memory_of_one(self) -> dict[str, float]:
        """Megabytes of the largest process that answers: its share of what is shared, and
        all that it touches."""
        if self._process is None:
            return {}
        own = self._process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return {
            "proportional": round(max(_proportional(int(pid)) for pid in children), 1),
            "resident": round(max(_resident(int(pid)) for pid in children), 1),
        }

    def stop(self) -> None:
        """End it and what it started."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _resident(pid: int) -> float:
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmRSS") / 1024


def _proportional(pid: int) -> float:
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss") / 1024


def _kilobytes(path: Path, name: str) -> int:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return 0
    return next((int(x.split()[1]) for x in lines if x.startswith(f"{name}:")), 0)
