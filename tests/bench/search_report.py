"""The tables of the search benchmark, and the machine they were measured on."""

from __future__ import annotations

import math
import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.search_places import EMBEDDED, WORKERS, Bench

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def machine(bench: Bench) -> dict[str, Any]:
    """What the figures depend on."""
    cpu = _line("/proc/cpuinfo", "model name") or platform.processor()
    memory = int((_line("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 1024**2
    packages = ("django", "wagtail", "tantivy", "elasticsearch", "gunicorn")
    url = os.environ.get("HUB_DATABASE_URL", "")
    database = url.partition(":")[0] if url else f"SQLite {sqlite3.sqlite_version}"
    return {
        "cpu": f"{os.cpu_count()} × {cpu}",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in packages),
        "database": database,
        "load": " ".join(f"{value:.1f}" for value in os.getloadavg()),
        "day": datetime.now(UTC).date().isoformat(),
    }


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(found, "")


def tables(found: dict[str, Any]) -> str:
    """All figures as Markdown."""
    return "\n\n".join(
        [
            _conditions(found),
            "### Pages over HTTP\n\n" + _pages(found),
            "### Engine alone\n\n" + _queries(found["rows"]),
            "### Building an index\n\n" + _building(found),
        ]
    )


def _conditions(found: dict[str, Any]) -> str:
    return (
        f"Measured on {found['day']} in {found['minutes']:.0f} minutes: {found['cpu']}, "
        f"{found['memory']}, {found['system']}, Python {found['python']}, "
        f"{found['packages']}. Database: {found['database']}. "
        f"gunicorn with {WORKERS} workers; 10 hits a page, facets on, caches off. "
        f"Median of {found['runs']} runs. Load of the machine at the end (1, 5, 15 "
        f"minutes, ours included): {found['load']}."
    )


def _pages(found: dict[str, Any]) -> str:
    head = (
        *("documents", "search", "page p50 ms", "page p95 ms"),
        *("misspelt p95 ms", "suggestions p95 ms", "requests/s, 4 clients"),
        "1 M additions ms",
    )
    rows = [
        (
            _number(row["size"]),
            _name(row["engine"]),
            *_ms(row["page"]["p50"], row["page"]["p95"]),
            *_ms(row["typos"]["p95"], row["suggest"]["p95"]),
            f"{row['rate']:.0f}",
            f"{row['beat']:.0f}",
        )
        for row in found["rows"]
    ]
    rows += [
        (
            _number(row["size"]),
            "Wagtail's own, no facets",
            *_ms(row["page"]["p50"], row["page"]["p95"]),
            *("", ""),
            f"{row['rate']:.1f}",
            "",
        )
        for row in found["baseline"]
    ]
    return _table(head, rows)


def _queries(rows: Iterable[dict[str, Any]]) -> str:
    head = ("documents", "engine", "p50 ms", "p95 ms", "p99 ms")
    return _table(
        head,
        [
            (
                _number(row["size"]),
                _name(row["engine"]),
                *_ms(*(row["query"][share] for share in ("p50", "p95", "p99"))),
            )
            for row in rows
        ],
    )


def _building(found: dict[str, Any]) -> str:
    head = (
        *("documents", "engine", "documents/s", "MB/s", "disk MB"),
        *("memory while building MB", "memory of the site MB", "of the server MB"),
    )
    rows = [
        (
            _number(row["size"]),
            _name(row["engine"]),
            f"{row['built']['documents'] / row['built']['seconds']:.0f}",
            f"{row['built']['bytes'] / 1e6 / row['built']['seconds']:.2f}",
            f"{row['disk']:.0f}",
            f"{row['built']['peak']:.0f}",
            f"{row['memory']:.0f}",
            f"{row['server_memory']:.0f}" if row["server_memory"] else "none",
        )
        for row in found["rows"]
    ]
    return _table(head, rows)


def _name(engine: str) -> str:
    return "embedded" if engine == EMBEDDED else "Elasticsearch"


def _number(value: int) -> str:
    return f"{value:,}"


def _ms(*values: float) -> list[str]:
    return [_time(value) for value in values]


def _time(value: float) -> str:
    if math.isinf(value):
        return "over 30 s"
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(path: Path, text: str) -> None:
    """Put the tables between their marks in a document; the words around them stay."""
    old = path.read_text() if path.exists() else f"# Benchmarks\n\n{BEGIN}\n{END}\n"
    before, _, rest = old.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
