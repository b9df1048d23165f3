"""How fast the finder answers: ``python -m tests.bench.finder``.

Fills a database of its own (``--folder``, kept for the next time) with the starter content,
serves it with gunicorn as in production but without caches, and asks for the plans of the
judged situations, one after the other; then once more with so many methods (``--methods``),
made from those of the starter content. Prints as JSON: milliseconds of half and of 95 % of
the pages, bytes of the largest one, and queries.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

from methods.finder.asking import parameters
from tests.bench import search_load as load
from tests.bench.search_places import EMBEDDED, Bench, Server
from tests.methods import judge

ROOT = Path(__file__).resolve().parents[2]
SEED = 20_261_130
MADE = "methode-"
FINDER = "/de/methoden/finder/"


def main() -> None:
    options = _options()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder, options.data.resolve(), options.port)
    os.environ |= bench.environment()
    bench.prepare()
    django.setup()
    _fill(options.methods)
    found = {}
    for show_made in (False, True):
        _show(show_made)
        found[_count()] = _measure(bench, options.rounds)
    print(json.dumps(found, indent=1))


def _options() -> argparse.Namespace:
    var = Path(os.environ.get("HUB_VAR_DIR", ROOT / "var"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench.finder")
    parser.add_argument("--folder", type=Path, default=var / "bench-finder")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--methods", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--port", type=int, default=8117)
    return parser.parse_args()


def _count() -> int:
    from methods.models import MethodPage

    return int(MethodPage.objects.visible().in_language("de").count())


def _show(made: bool) -> None:
    """Show the methods that were made, or only those of the starter content."""
    from methods.models import MethodPage
    from search.held import LABELS, touch

    MethodPage.objects.filter(slug__startswith=MADE).update(live=made)
    touch(LABELS)


def _fill(count: int) -> None:
    """Methods with the numbers and codes of those that are there."""
    from methods.models import MethodIndexPage, MethodPage
    from search.bulk import bulk_change

    chance = random.Random(SEED)
    there = list(MethodPage.objects.sources())
    root = MethodIndexPage.objects.sources().get()
    with bulk_change():
        for number in range(len(there), count):
            model = chance.choice(there)
            page = MethodPage(title=f"Methode {number}", slug=f"{MADE}{number}")
            for field in MethodPage._meta.local_concrete_fields:
                if field.name not in ("page_ptr", "id"):
                    setattr(page, field.name, getattr(model, field.name))
            page.summary, page.locale = model.summary, model.locale
            root.add_child(instance=page)
            for name in ("goals", "target_groups", "inclusion_measures"):
                getattr(page, name).set(getattr(model, name).all())
            page.save()


def _measure(bench: Bench, rounds: int) -> dict[str, Any]:
    situations = json.loads(judge.DEVELOPMENT.read_text())
    paths = [
        f"{FINDER}?{urlencode(parameters(judge.read_answers(one['answers'])))}"
        for one in situations
    ]
    with Server(bench, EMBEDDED) as server:
        load.times(server.port, paths, 60)
        found = load.times(server.port, paths * rounds, 60)
        sizes = [_bytes(server.port, path) for path in paths]
    return {
        "page_ms_p50": round(load.percentile(found, 0.5), 1),
        "page_ms_p95": round(load.percentile(found, 0.95), 1),
        "largest_page_bytes": max(sizes),
        "queries": _queries(paths[0]),
        "million_additions_ms": round(load.beat(), 1),
    }


def _bytes(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return len(answer.read())


def _queries(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


if __name__ == "__main__":
    main()
