"""What ranking people costs: ``python -m tests.bench.experts --data ../shared/eval``.

Takes a data folder with starter and demo content (``--database``), copies it, adds cases
from the texts of the search benchmark and people with consents, functions and parts in
those cases, indexes the German ones, and prints as JSON: milliseconds of processor time of
a search without and with its panel of people, and of a page of answers over HTTP (half
and 95 % of the requests), with the processor time of the server beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

SEED = 20_261_130
QUESTIONS = [
    "Wer hat schon mit Jugendlichen im öffentlichen Raum gearbeitet?",
    "Schulvorplatz verkehrsberuhigen",
    "Losverfahren Bürger*innenrat",
    "wer erreicht Menschen mit wenig Deutsch in Favoriten?",
    "Verfahren und Beteiligung der Behörde",
    "Antrag auf Erteilung einer Genehmigung",
    "Radweg",
    "Bäume im Park",
]


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-experts-") as folder:
        _set_up(Path(folder), options.database)
        print(json.dumps(_measure(options), indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.experts")
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="texts of cases")
    parser.add_argument("--cases", type=int, default=19_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


def _set_up(folder: Path, database: Path) -> None:
    source = sqlite3.connect(database / "hub.sqlite3")
    with source, sqlite3.connect(folder / "hub.sqlite3") as target:
        source.backup(target)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "hub.settings.dev",
        "HUB_VAR_DIR": str(folder),
        "HUB_SEARCH_DRAIN": "worker",
    }
    import django

    django.setup()
    from django.conf import settings

    settings.DEBUG = False
    settings.HUB_RATE_LIMITS = {}


def _measure(options: argparse.Namespace) -> dict[str, Any]:
    from search import maintenance
    from search.engines import get_engine
    from search.models import IndexChange
    from tests.bench.search_corpus import fill

    fill(options.data, 0, options.cases)
    _people(options.people)
    number = get_engine().rebuild("de", maintenance.all_documents("de"))
    get_engine().rebuild("en", maintenance.all_documents("en"))
    # All is in the index: waiting removals would be left out of every question.
    IndexChange.objects.all().delete()
    return {
        "documents": number,
        "people": options.people,
        **_panel(options.rounds),
        **_page(options.rounds),
    }


def _people(count: int) -> None:
    """People with a profile, a function, and parts in five cases each."""
    from casestudies.models import CaseStudyPage
    from network.models import Consent, Involvement, Membership, Organisation, Person

    chance = random.Random(SEED)
    own = list(Organisation.objects.visible().current())
    pages = list(CaseStudyPage.objects.sources().values_list("pk", flat=True))
    people = [
        Person(
            name=f"Beispielperson {n}",
            slug_de=f"bench-{n}",
            slug_en=f"bench-{n}-en",
            bio_de=f"Erfundenes Beispiel. {chance.choice(QUESTIONS)}",
            is_demo=True,
            live=True,
        )
        for n in range(count)
    ]
    for person in people:
        person.save()
    granted = {"granted_on": date(2026, 1, 1), "legal_basis": "demo", "way": "erfunden"}
    Consent.objects.bulk_create(
        Consent(person=person, field_group=group, wording_version="1", **granted)
        for person in people
        for group in ("function", "profile", "languages")
    )
    Membership.objects.bulk_create(
        Membership(person=p, organisation=chance.choice(own), function_de="Beratung")
        for p in people
    )
    roles = ("led", "moderated", "expertise", "outreach", "co_organised")
    bases = ("source", "confirmed", "self", "editorial")
    Involvement.objects.bulk_create(
        Involvement(
            page_id=page,
            person=person,
            role=chance.choice(roles),
            basis=chance.choice(bases),
            year_from=chance.randint(2014, 2026),
        )
        for person in people
        for page in chance.sample(pages, 5)
    )
    Involvement.objects.bulk_create(
        Involvement(page_id=page, organisation=chance.choice(own), role="led")
        for page in chance.sample(pages, len(pages) // 2)
    )


def _panel(rounds: int) -> dict[str, float]:
    """Processor time of a search without people, and what they add."""
    from search.service import run
    from search.state import State

    spent = {False: [], True: []}  # type: dict[bool, list[float]]
    for _round in range(rounds):
        for text in QUESTIONS:
            for with_people in (False, True):
                begun = time.process_time()
                run(State(query=text), "de", with_people=with_people)
                spent[with_people].append(1000 * (time.process_time() - begun))
    without, with_them = (sorted(spent[flag]) for flag in (False, True))
    half = len(without) // 2
    return {
        "search_cpu_ms": round(without[half], 2),
        "search_with_people_cpu_ms": round(with_them[half], 2),
        "added_cpu_ms": round(with_them[half] - without[half], 2),
    }


def _page(rounds: int) -> dict[str, float]:
    """The page of answers from a server of one thread, one request after the other."""
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: Any) -> None:
            return

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/de/netzwerk/?frage="
    addresses = [base + urllib.parse.quote(text) for text in QUESTIONS]
    for address in addresses:
        urllib.request.urlopen(address).read()
    wall, begun = [], time.process_time()
    for address in addresses * rounds:
        start = time.perf_counter()
        urllib.request.urlopen(address).read()
        wall.append(1000 * (time.perf_counter() - start))
    processor = 1000 * (time.process_time() - begun) / len(wall)
    server.shutdown()
    cuts = quantiles(wall, n=20)
    return {
        "page_ms_p50": round(cuts[9], 1),
        "page_ms_p95": round(cuts[18], 1),
        "page_cpu_ms": round(processor, 1),
    }


if __name__ == "__main__":
    main()
