"""What searching by meaning costs: ``python -m tests.bench.meaning``.

Fills a database of its own (``--folder``, kept for the next time; that of
``tests.bench.search`` will do) with so many cases (``--size``), indexes them with random
vectors for all passages, serves the site with gunicorn as in production but without
caches, and asks the search page, first by words alone, then by words and meaning, each
question real and new. Prints as JSON: milliseconds of half and of 95 % of the pages for
one client, requests a second for four, megabytes, and how fast the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import search_load as load
from tests.bench.random_model import NAME
from tests.bench.search_places import EMBEDDED, Bench, Server

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 8.0


def main() -> None:
    options = _options()
    bench = Bench(options.folder.resolve(), options.data.resolve(), options.port)
    bench.prepare()
    if not options.again:
        bench.work("clear")
        bench.work("fill", begin=0, end=options.size)
        bench.work("documents", begin=0, end=options.size)
    engine = EMBEDDED if options.engine == "embedded" else options.engine
    found: dict[str, Any] = {"engine": options.engine, "size": options.size}
    for name, model in (("words", "off"), ("words and meaning", NAME)):
        bench.meaning = model
        built = bench.work("index", engine, end=options.size)
        found[name] = {"passages": built["passages"]} | _measure(
            bench, engine, options.runs
        )
    on, off = found["words and meaning"]["memory"], found["words"]["memory"]
    found["megabytes more for each process"] = {
        name: round(on[name] - off[name], 1) for name in on
    }
    print(json.dumps(found, indent=1))


def _options() -> argparse.Namespace:
    var = Path(os.environ.get("HUB_VAR_DIR", ROOT / "var"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench.meaning")
    parser.add_argument("--engine", default="embedded", help="embedded or an address")
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--again", action="store_true", help="keep what is filled in")
    parser.add_argument("--folder", type=Path, default=var / "bench")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--port", type=int, default=8118)
    return parser.parse_args()


def _measure(bench: Bench, engine: str, runs: int) -> dict[str, Any]:
    """Several runs; no question comes twice to the same server in one measurement."""
    paths = bench.paths(bench.texts, "/de/suche/")
    beats, pages, rates = [load.beat()], [], []
    with Server(bench, engine) as server:
        for run in range(runs):
            own = paths[run * 20 :] + paths[: run * 20]
            load.times(server.port, own[-12:], SECONDS)  # both workers are awake
            values = load.times(server.port, own, SECONDS)
            pages.append((load.percentile(values, 0.5), load.percentile(values, 0.95)))
            rates.append(load.rate(server.port, own, SECONDS))
            beats.append(load.beat())
        memory = server.memory_of_one()
    return {
        "page p50 ms": [round(p50, 1) for p50, _ in pages],
        "page p95 ms": [round(p95, 1) for _, p95 in pages],
        "median p95 ms": round(median(p95 for _, p95 in pages), 1),
        "requests/s, 4 clients": [round(rate, 1) for rate in rates],
        "memory": memory,
        "1 M additions ms": [round(beat, 1) for beat in beats],
    }


if __name__ == "__main__":
    main()
