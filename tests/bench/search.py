"""How fast the search is: ``python -m tests.bench.search`` (``make bench``).

Fills a database of its own with real cases, indexes them with each engine, serves the
site with gunicorn and measures; see ``hub/docs/benchmarks.md``, which it writes. It may
be stopped and started again at any time. Everything it starts, it ends.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import signal
import sys
import time
from http.client import HTTPException
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import search_load as load
from tests.bench import search_report as report
from tests.bench.search_places import Bench, Server

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 5_000, 20_000, 100_000)
#: Wagtail's own search is measured up to this size: above, it needs minutes.
BASELINE_LIMIT = 20_000
#: Seconds of each measurement of one run.
SECONDS = {"queries": 4.0, "page": 4.0, "rate": 4.0, "suggest": 2.0, "typos": 2.0}


def measure(bench: Bench, options: argparse.Namespace) -> dict[str, Any]:
    """Everything, size by size."""
    bench.prepare()
    if not options.again:
        bench.work("clear")
    rows: list[dict[str, Any]] = []
    baseline: list[dict[str, Any]] = []
    before = 0
    for size in sorted(options.sizes):
        if not options.again:
            bench.work("fill", begin=before, end=size)
            made = bench.work("documents", begin=before, end=size)
            speed = made["documents"] / made["seconds"]
            _say(f"{size}: filled, {speed:.0f} documents/s")
        before = size
        for engine in options.engines:
            rows.append(_engine(bench, engine, size, options.runs))
            _keep(bench, rows, baseline)
            _say(f"{size} {engine}: {rows[-1]['page']['p95']:.1f} ms p95")
        if size <= BASELINE_LIMIT:
            baseline.append(_baseline(bench, size, options.runs))
            _keep(bench, rows, baseline)
            _say(f"{size} Wagtail: {baseline[-1]['page']['p95']:.1f} ms p95")
    return {"rows": rows, "baseline": baseline}


def _keep(bench: Bench, rows: list[Any], baseline: list[Any]) -> None:
    """What was measured so far stays, whatever happens to the rest."""
    found = {"rows": rows, "baseline": baseline}
    (bench.folder / "measured.json").write_text(json.dumps(found, indent=1))


def _engine(bench: Bench, engine: str, size: int, runs: int) -> dict[str, Any]:
    """One engine with the corpus of one size."""
    built = bench.work("index", engine, end=size)
    beats = [load.beat()]
    asked = [
        bench.work("queries", engine, queries=bench.queries, seconds=SECONDS["queries"])
        for _ in range(runs)
    ]
    with Server(bench, engine) as server:
        measured = [_pages(server.port, bench, "/de/suche/") for _ in range(runs)]
        memory = server.memory()
    beats.append(load.beat())
    return {
        "engine": engine,
        "size": size,
        "built": built,
        "disk": bench.disk(engine),
        "memory": memory,
        "server_memory": bench.server_memory(engine),
        "query": _medians(asked),
        "page": _medians([run["page"] for run in measured]),
        "typos": _medians([run["typos"] for run in measured]),
        "suggest": _medians([run["suggest"] for run in measured]),
        "rate": median(run["rate"] for run in measured),
        "beat": max(beats),
    }


def _baseline(bench: Bench, size: int, runs: int) -> dict[str, Any]:
    """The same page from Wagtail's own search."""
    built = bench.work("baseline")
    with Server(bench, "embedded://") as server:
        paths = bench.paths(bench.texts, "/de/wagtail-suche/")
        try:
            measured = _baseline_pages(server.port, paths, runs)
        except (OSError, HTTPException, load.FailedError) as error:
            _say(f"{size} Wagtail does not answer: {error}")
            never = {"p50": math.inf, "p95": math.inf}
            measured = [{"page": never, "rate": 0.0}]
    return {
        "size": size,
        "built": built,
        "page": _medians([run["page"] for run in measured]),
        "rate": median(run["rate"] for run in measured),
    }


def _baseline_pages(port: int, paths: list[str], runs: int) -> list[dict[str, Any]]:
    """Runs over HTTP; gunicorn gives up a page after half a minute."""
    load.times(port, paths[:6], SECONDS["page"])
    return [
        {
            "page": _shares(load.times(port, paths, SECONDS["page"])),
            "rate": load.rate(port, paths, SECONDS["rate"]),
        }
        for _ in range(runs)
    ]


def _pages(port: int, bench: Bench, address: str) -> dict[str, Any]:
    """One run over HTTP."""
    paths = bench.paths(bench.texts, address)
    typos = bench.paths(bench.misspelt, address)
    beginnings = bench.paths(bench.beginnings, f"{address}vorschlaege/")
    load.times(port, paths[:12], SECONDS["page"])  # both workers are awake
    return {
        "page": _shares(load.times(port, paths, SECONDS["page"])),
        "typos": _shares(load.times(port, typos, SECONDS["typos"])),
        "suggest": _shares(load.times(port, beginnings, SECONDS["suggest"])),
        "rate": load.rate(port, paths, SECONDS["rate"]),
    }


def _shares(values: list[float]) -> dict[str, float]:
    return {"p50": load.percentile(values, 0.5), "p95": load.percentile(values, 0.95)}


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """Of each figure the middle one of the runs."""
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _say(text: str) -> None:
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _sizes(text: str) -> list[int]:
    return [int(part) for part in _list(text)]


def _engines(text: str) -> list[str]:
    return ["embedded://" if part == "embedded" else part for part in _list(text)]


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    elastic = os.environ.get("HUB_TEST_ELASTIC_URL", "")
    engines = ",".join(filter(None, ["embedded", elastic]))
    var = Path(os.environ.get("HUB_VAR_DIR", ROOT / "var"))
    parser.add_argument("--sizes", type=_sizes, default=list(SIZES))
    parser.add_argument("--engines", type=_engines, default=_engines(engines))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--again", action="store_true", help="with the content of an earlier run"
    )
    parser.add_argument("--out", type=Path)
    parser.add_argument("--port", type=int, default=8115)
    parser.add_argument("--folder", type=Path, default=var / "bench")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval")
    return parser.parse_args()


def main() -> None:
    chosen = options()
    # Asked to stop, it ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    begin = time.monotonic()
    bench = Bench(chosen.folder.resolve(), chosen.data.resolve(), chosen.port)
    found = measure(bench, chosen) | report.machine(bench)
    found |= {"runs": chosen.runs, "minutes": (time.monotonic() - begin) / 60}
    text = report.tables(found)
    print(text)
    if chosen.out:
        report.write(chosen.out, text)


if __name__ == "__main__":
    main()
