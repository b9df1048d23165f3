"""Whatever happens to the processes that index: afterwards nothing is lost.

Real processes on a real database and a real index (``nursery.py``, ``jobs.py``), killed,
doubled, cut off and refused. A test that passes has compared every document.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random

from django.db import connection

import pytest

from tests.conftest import require

from .nursery import World
from .proxy import Proxy

#: Only so that there is a test database to copy; the tests themselves use none.
pytestmark = pytest.mark.django_db

SETTLED = {"differences": [], "waiting": 0, "holder": ""}
ELASTIC = os.environ.get("HUB_TEST_ELASTIC_URL", "")


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a copy of the test database that other processes can open."""
    folder = Path(tempfile.mkdtemp(prefix="drehscheibe-database-"))
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(folder / "hub.sqlite3")) as copy:
                connection.connection.backup(copy)
            yield f"sqlite:///{folder}/hub.sqlite3"
        else:
            yield from _copy_on_server()
    shutil.rmtree(folder)


def _copy_on_server() -> Iterator[str]:
    import psycopg

    wanted = connection.settings_dict
    name = f"{wanted['NAME']}_robust"
    connection.close()  # a database that somebody uses cannot be copied
    server = f"{wanted['USER']}@{wanted['HOST']}:{wanted['PORT']}"
    with psycopg.connect(f"postgres://{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{wanted["NAME"]}"')
        yield f"postgres://{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _world(database: str, search_url: str) -> Iterator[World]:
    folder = Path(tempfile.mkdtemp(prefix="drehscheibe-world-"))
    folder.chmod(0o755)
    world = World(folder, database, search_url)
    yield world
    world.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def embedded(database) -> Iterator[World]:
    yield from _world(database, "embedded://")


@pytest.fixture
def world(embedded) -> World:
    """A few hundred documents, indexed."""
    embedded.run("fill")
    return embedded


# ---- killed --------------------------------------------------------------------------


def test_killed_twenty_times_nothing_is_lost(world):
    assert kill_again_and_again(world, 20, seed=5) >= 5
    assert world.run("settle") == SETTLED


def kill_again_and_again(world: World, times: int, seed: int) -> int:
    """Kill an indexer at random moments while somebody writes; returns how often it
    was killed while it held the right to write."""
    random, at_work = Random(seed), 0
    writer = world.start("write", seed=seed)
    for number in range(times):
        job = "rebuild" if number % 5 == 2 else "work"
        indexer = world.start(job)
        sign = "at-work" if job == "rebuild" else random.choice(["at-work", "writing"])
        world.wait_for(f"{sign}-{indexer}")
        time.sleep(random.uniform(0, 0.1))  # this is the moment
        world.kill(indexer)
        at_work += f"process {indexer}" in world.run("who")
    world.end(writer)
    return at_work


def test_killed_holder_blocks_nobody(world):
    holder = world.start("hold_lease")
    world.wait_for(f"at-work-{holder}")
    assert world.run("is_free") is False
    world.kill(holder)
    assert world.run("is_free") is True


# ---- two at once ---------------------------------------------------------------------


def test_two_workers_write_one_after_the_other(world):
    workers = [world.start("work", traced=True) for _ in range(2)]
    writers = [world.start("write", seed=n) for n in range(2)]
    for worker in workers:
        world.wait_for(f"trace-{worker}")
    for pid in (*writers, *workers):
        world.end(pid)
    written = sorted(
        tuple(map(int, line.split()))
        for worker in workers
        for line in (world.folder / f"trace-{worker}").read_text().splitlines()
    )
    assert len(written) > 2
    for (_begun, ended), (begun, _ended) in pairwise(written):
        assert ended <= begun
    assert world.run("settle") == SETTLED


def test_rebuilding_while_everybody_writes(world):
    worker = world.start("work")
    writers = [world.start("write", seed=n) for n in range(2)]
    for _ in range(2):
        assert world.run("rebuild")["de"] > 0
    for pid in (*writers, worker):
        world.end(pid)
    assert world.run("settle") == SETTLED


def test_change_that_began_before_a_rebuild_and_is_committed_after_it(world):
    """Its row has a lower number than rows that are there already."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: such a change cannot be")
    for name in ("begun", "commit"):
        (world.folder / name).unlink(missing_ok=True)
    late = world.start("late", seconds=30)
    world.wait_for("begun")
    world.run("write", seed=1, number=20)
    world.run("rebuild")
    assert world.run("settle") == SETTLED
    (world.folder / "commit").touch()
    world.join(late)
    assert world.run("drain")["waiting"] == 0
    assert world.run("settle") == SETTLED


# ---- refused -------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_an_index_that_cannot_be_written_breaks_no_save(world, fault):
    left = world.run("save_with", fault=fault)
    assert left["saved"] == 1
    assert left["error"]
    assert left["waiting"] > 0
    assert left["tried"] == left["dead"] == 0  # not the document's fault
    assert "changes wait in the outbox" in world.log().casefold()
    assert world.run("settle") == SETTLED


# ---- Elasticsearch -------------------------------------------------------------------


@pytest.fixture
def cut_off(database) -> Iterator[tuple[World, Proxy]]:
    """A world whose server can be taken away without stopping it for others."""
    require(bool(ELASTIC), "Elasticsearch (HUB_TEST_ELASTIC_URL)")
    with Proxy(ELASTIC) as proxy:
        for world in _world(database, proxy.url):
            world.run("fill", number=200)
            yield world, proxy
            world.run("clear")


@pytest.mark.elastic
def test_killed_before_elasticsearch(cut_off):
    world, _proxy = cut_off
    assert kill_again_and_again(world, 6, seed=7) >= 1
    assert world.run("settle") == SETTLED


@pytest.mark.elastic
def test_elasticsearch_goes_away_while_others_write(cut_off):
    world, proxy = cut_off
    writer = world.start("write", seed=3)
    worker = world.start("work")
    world.run("drain")
    proxy.close()
    world.run("write", seed=4, number=100)
    left = world.run("drain")
    assert left["error"]
    assert left["waiting"] > 0
    assert left["tried"] == left["dead"] == 0
    proxy.open()
    world.end(writer)
    world.end(worker)
    assert world.run("settle") == SETTLED
