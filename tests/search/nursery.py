"""Processes that can be killed: indexers, writers and rebuilds on a database of files.

``World`` starts one process that has everything imported and nothing open; it forks a
child for each job, in milliseconds. Jobs are functions of ``jobs.py``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class World:
    """A database, an index, and processes at work on them."""

    def __init__(self, folder: Path, database_url: str, search_url: str) -> None:
        self.folder = folder
        self._running: set[int] = set()
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.search.nursery"],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "hub.settings.test",
                "HUB_DATABASE_URL": database_url,
                "HUB_SEARCH_URL": search_url,
                "HUB_SEARCH_DRAIN": "worker",
                "NURSERY": str(folder),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def start(self, job: str, **arguments: Any) -> int:
        """Start a job; returns the number of its process."""
        pid = self._ask({"start": job, "arguments": arguments})
        self._running.add(pid)
        return pid

    def join(self, pid: int) -> Any:
        """Wait for a job and return its result; a job that failed fails the test."""
        status, result = self._ask({"join": pid})
        self._running.discard(pid)
        assert status == 0, f"{result}\n{self.log()}"
        return result

    def run(self, job: str, **arguments: Any) -> Any:
        """A job from start to end."""
        return self.join(self.start(job, **arguments))

    def kill(self, pid: int) -> None:
        """What a machine does when its power goes, or its memory."""
        os.kill(pid, signal.SIGKILL)
        self._ask({"join": pid})
        self._running.discard(pid)

    def end(self, pid: int) -> None:
        """Tell a job to finish, and wait until it has."""
        os.kill(pid, signal.SIGTERM)
        self.join(pid)

    def wait_for(self, sign: str, seconds: float = 120.0) -> None:
        """Until a job has left a file of this name."""
        deadline = time.monotonic() + seconds
        while not (self.folder / sign).exists():
            assert time.monotonic() < deadline, f"No {sign}.\n{self.log()}"
            time.sleep(0.005)

    def log(self) -> str:
        """The last lines that all processes wrote."""
        return (self.folder / "log").read_text()[-6000:]

    def close(self) -> None:
        """End everything that a test has left running, then what forks."""
        for pid in list(self._running):
            self.kill(pid)
        self._process.communicate(timeout=20)
        self._log.close()

    def _ask(self, order: dict[str, Any]) -> Any:
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, self.log()
        return json.loads(answer)


def main() -> None:
    """Fork a child for every order that comes in."""
    import django

    django.setup()
    from tests.search import jobs

    jobs.prepare(Path(os.environ["NURSERY"]))
    for line in sys.stdin:
        order = json.loads(line)
        answer = _join(order["join"]) if "join" in order else _start(jobs, order)
        print(json.dumps(answer), flush=True)


def _start(jobs: Any, order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        result = getattr(jobs, order["start"])(**order["arguments"])
        _result(os.getpid()).write_text(json.dumps(result))
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)  # what the parent has open is not the child's to close


def _join(pid: int) -> tuple[int, Any]:
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    result = _result(pid)
    return status, json.loads(result.read_text()) if result.exists() else None


def _result(pid: int) -> Path:
    return Path(os.environ["NURSERY"]) / f"result-{pid}"


if __name__ == "__main__":
    main()
