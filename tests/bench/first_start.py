"""From a bare clone to the first page: ``python -m tests.bench.first_start``.

Clones the repository into an empty folder, runs ``make run`` with an empty pip cache and
prints as JSON: seconds to the first page, megabytes installed, seconds of a second start,
of ``load_starter`` alone and of an index rebuild. Stops everything it started.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 900


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _start(folder: Path, env: dict[str, str]) -> float:
    """Run ``make run`` until the first page answers; seconds it took."""
    port = _free_port()
    begin = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/de/"):
            if process.poll() is not None or time.monotonic() - begin > LIMIT:
                raise SystemExit("make run did not answer")
            time.sleep(0.1)
        return time.monotonic() - begin
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _command(folder: Path, env: dict[str, str], *arguments: str) -> float:
    begin = time.monotonic()
    subprocess.run(
        [".venv/bin/python", "manage.py", *arguments],
        cwd=folder,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.monotonic() - begin


def _megabytes(folder: Path) -> float:
    files = (f for f in folder.rglob("*") if f.is_file() and not f.is_symlink())
    return sum(f.stat().st_size for f in files) / 1_000_000


def measure() -> dict[str, float]:
    """Clone, start twice, time the parts."""
    base = Path(tempfile.mkdtemp(prefix="drehscheibe-first-"))
    clone = base / "clone"
    env = {k: v for k, v in os.environ.items() if not k.startswith("HUB_")}
    env["PIP_CACHE_DIR"] = str(base / "pip-cache")
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        first = _start(clone, env)
        second = _start(clone, env)
        fresh = env | {"HUB_VAR_DIR": str(base / "var")}
        _command(clone, fresh, "migrate", "--verbosity=0")
        return {
            "first_page_seconds": round(first, 1),
            "installed_megabytes": round(_megabytes(clone / ".venv")),
            "second_start_seconds": round(second, 1),
            "load_starter_seconds": round(_command(clone, fresh, "load_starter"), 1),
            "rebuild_seconds": round(
                _command(clone, fresh, "search_index", "rebuild"), 1
            ),
        }
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
