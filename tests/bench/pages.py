"""What a page costs with few and with many entries: ``python -m tests.bench.pages``.

Fills an empty database with N methods, cases, organisations, people, cities,
programmes and terms in both languages, opens each page type and prints a table: number
of queries, bytes of HTML (plain, gzipped) and requests to this site for a first view.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from search.bulk import bulk_change
from tests.factories import casestudies as cases
from tests.factories import hub, network
from tests.factories import methods as method_factory

PAGES = {
    "home": "/de/",
    "methods": "/de/methoden/",
    "methods, filtered": "/de/methoden/?stufe=involve",
    "method": "/de/methoden/methode-0/",
    "cases": "/de/fallbeispiele/",
    "case": "/de/fallbeispiele/fall-0/",
    "network": "/de/netzwerk/",
    "departments": "/de/netzwerk/dienststellen/",
    "organisation": "/de/netzwerk/dienststellen/stelle-0/",
    "people": "/de/netzwerk/personen/",
    "person": "/de/netzwerk/personen/beispielperson-0/",
    "multipliers": "/de/netzwerk/multiplikatorinnen/",
    "partner cities": "/de/netzwerk/partnerstaedte/",
    "districts": "/de/netzwerk/bezirke/",
    "district": "/de/netzwerk/bezirke/bezirk-1/",
    "programmes": "/de/programme/",
    "glossary": "/de/glossar/",
    "search": "/de/suche/?q=Kurztext",
    "search, people": "/de/suche/?q=Kurztext&was=menschen",
}
ASSET = re.compile(r'(?:src|href)="(/static/[^"#]+)')


def fill(entries: int) -> None:
    """``entries`` of each kind; each tenth is linked to the first case and method."""
    methods = method_factory.method_section()
    case_root = cases.case_section()
    network.network_section()
    network.programmes_section()
    hub.glossary_section()
    topic, group = hub.topic(), hub.target_group()
    districts = [network.district(n, f"Bezirk {n}") for n in range(1, 24)]
    for number in range(entries):
        method = method_factory.method(
            methods, f"methode-{number}", topics=[topic], target_groups=[group]
        )
        case = cases.case(
            case_root,
            f"fall-{number}",
            districts=[districts[number % 23]],
            topics=[topic],
        )
        office = network.organisation(f"stelle-{number}", topics=[topic])
        network.multiplier(f"verein-{number}", districts=[districts[number % 23]])
        person = network.person(f"beispielperson-{number}", topics=[topic])
        network.membership(person, office)
        hub.term(f"begriff-{number}")
        network.city(f"stadt-{number}")
        network.programme(f"programm-{number}")
        cases.use(case, method)
        network.involvement(case, office)


def measure() -> list[tuple[str, int, int, int, int]]:
    """Queries, bytes, gzipped bytes and requests per page, caches warm."""
    client = Client()
    rows = []
    for name, url in PAGES.items():
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(url)
        if response.status_code != 200:
            raise SystemExit(f"{url} answers {response.status_code}")
        html = response.content
        assets = set(ASSET.findall(html.decode()))
        size = len(html), len(gzip.compress(html))
        rows.append((name, len(queries), *size, 1 + len(assets)))
    return rows


def run(entries: int) -> list[list]:
    """Fill an empty database and measure, in this process."""
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    # No transaction around it: after a commit Wagtail makes redirects for all that stands
    # below a section renamed in it, in one query that is too large for SQLite.
    with bulk_change():
        fill(entries)
    call_command("search_index", "rebuild", verbosity=0)
    return [list(row) for row in measure()]


def run_apart(entries: int) -> list[list]:
    """The same in a process of its own, so that each size has its own database."""
    command = [sys.executable, "-m", "tests.bench.pages", "--only", str(entries)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[10, 1000])
    parser.add_argument("--only", type=int, help="one size, as JSON")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(run(options.only)))
        return
    sizes = options.entries
    results = [run_apart(entries) for entries in sizes]
    print("| page | " + " | ".join(f"queries, {n} entries" for n in sizes), end="")
    print(" | bytes | gzipped | requests |")
    print("|---" * (len(sizes) + 4) + "|")
    for rows in zip(*results, strict=True):
        name, _queries, *costs = rows[-1]
        counts = [row[1] for row in rows]
        print("| " + " | ".join(map(str, [name, *counts, *costs])) + " |")


if __name__ == "__main__":
    main()
