"""What ranking people costs: ``python -m tests.bench.experts``.

Fills a database of its own (``--folder``, kept for the next time) with starter and demo
content, the cases of the search benchmark, and people with consents, functions and parts
in those cases, and indexes them. Prints as JSON: milliseconds of processor time of a search
without and with its panel of people, and of the page of answers over HTTP from gunicorn
with two workers, half and 95 % of the requests.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

from tests.bench import search_load as load
from tests.bench.search_places import EMBEDDED, Bench, Server

ROOT = Path(__file__).resolve().parents[2]
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
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder, options.data.resolve(), options.port)
    os.environ |= bench.environment()
    bench.prepare()
    django.setup()
    ready = folder / "people.json"
    if not ready.exists():
        ready.write_text(json.dumps(_fill(options)))
    made = json.loads(ready.read_text())
    found = made | _panel(options.rounds) | _page(bench, options.rounds)
    print(json.dumps(found, indent=1))


def _options() -> argparse.Namespace:
    var = Path(os.environ.get("HUB_VAR_DIR", ROOT / "var"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench.experts")
    parser.add_argument("--folder", type=Path, default=var / "bench-people")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--port", type=int, default=8116)
    return parser.parse_args()


def _fill(options: argparse.Namespace) -> dict[str, Any]:
    """Demo content, cases and people, in the index."""
    from django.core.management import call_command
    from django.test import override_settings

    from search import maintenance
    from search.engines import get_engine
    from search.models import IndexChange
    from tests.bench.search_corpus import fill

    with override_settings(HUB_DEMO=True):
        call_command("load_demo", verbosity=0)
    fill(options.data, 0, options.cases)
    _people(options.people)
    number = get_engine().rebuild("de", maintenance.all_documents("de"))
    get_engine().rebuild("en", maintenance.all_documents("en"))
    # All is in the index: waiting removals would be left out of every question.
    IndexChange.objects.all().delete()
    return {"documents": number, "people": options.people}


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


def _page(bench: Bench, rounds: int) -> dict[str, float]:
    """The page of answers from gunicorn, one request after the other, without caches."""
    paths = [f"/de/netzwerk/?{urlencode({'frage': text})}" for text in QUESTIONS]
    with Server(bench, EMBEDDED) as server:
        load.times(server.port, paths * 2, 60)
        found = load.times(server.port, paths * rounds, 60)
    return {
        "page_ms_p50": round(load.percentile(found, 0.5), 1),
        "page_ms_p95": round(load.percentile(found, 0.95), 1),
        "million_additions_ms": round(load.beat(), 1),
    }


if __name__ == "__main__":
    main()
