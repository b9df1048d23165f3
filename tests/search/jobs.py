"""What the processes of ``nursery.py`` do. Each job runs in a process of its own."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.urls import reverse

from hub.management.commands import tick
from hub.management.commands import work as work_command
from hub.models import GlossaryTerm
from search import lease, maintenance, outbox
from search.analysis import get_analyser
from search.engines import get_engine
from search.lease import acquire, holder
from search.models import IndexChange
from search.registry import registry
from tests.factories import hub as things

NOBODY = 65534
_folder = Path()


def prepare(folder: Path) -> None:
    """Once, before anything is forked; opens nothing."""
    global _folder
    _folder = folder
    reverse("search_suggest")
    for language in settings.SEARCH["LANGUAGES"]:
        list(get_analyser(language).tokens("Beteiligung"))
    settings.SEARCH = {
        **settings.SEARCH,
        "INDEX_DIR": folder / "index",
        "PREFIX": folder.name.lower().replace("_", "-"),  # the server has other guests
    }


# ---- what is there -------------------------------------------------------------------


def fill(number: int = 300) -> int:
    """A section with terms, and an index of them."""
    with transaction.atomic():
        if not GlossaryTerm.objects.exists():
            things.glossary_section()
        old = GlossaryTerm.objects.all()
        old._raw_delete(old.db)
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(
                slug_de=f"begriff-{n}",
                term_de=f"Begriff {n}",
                term_en=f"Term {n}" if n % 3 else None,
                definition_de=f"Ein Wort über die Beteiligung Nummer {n}.",
                live=True,
            )
            for n in range(number)
        )
    IndexChange.objects.all().delete()
    maintenance.rebuild()
    return GlossaryTerm.objects.count()


def write(seed: int, number: int = 10**9) -> int:
    """Change, hide, show, delete and add terms, each with its row, until told to stop
    or so many times. Returns how many changes there were."""
    random, is_told = Random(seed), _until_told()
    pks = sorted(GlossaryTerm.objects.values_list("pk", flat=True))
    random.shuffle(pks)
    done = 0
    while done < number and not is_told():
        with contextlib.suppress(OperationalError):  # another writer was faster
            _change(random, pks, done)
            done += 1
        time.sleep(0.005)  # SQLite is not fair: let others have a turn
    return done


def _change(random: Random, pks: list[int], number: int) -> None:
    """Every term once, so that no later change makes good for one that was lost."""
    with transaction.atomic():
        term = GlossaryTerm.objects.filter(pk=pks.pop()).first() if pks else None
        if term and random.random() < 0.05:
            term.delete()
            return
        term = term or GlossaryTerm(slug_de=f"neu-{os.getpid()}-{number}")
        term.term_de = f"Begriff {number} von {os.getpid()}"
        term.definition_de = " ".join(random.choices(WORDS, k=40))
        term.live = random.random() < 0.85
        term.save()


WORDS = [a + b for a in ("Bürger", "Stadt", "Grün") for b in ("rat", "raum", "plan")]


def late(seconds: float) -> None:
    """A change that begins, and is committed only when the test says so."""
    with transaction.atomic():
        late = GlossaryTerm(
            slug_de="spaet", term_de="Nachzügler", definition_de="Spät.", live=True
        )
        GlossaryTerm.objects.bulk_create([late])  # no signals, so nobody else waits
        outbox.enqueue(registry.source("term"), [late.pk])
        (_folder / "begun").touch()
        _wait_for(_folder / "commit", seconds)


# ---- indexers ------------------------------------------------------------------------


def work(traced: bool = False) -> None:
    """The worker of production in a hurry, without what is due."""
    _say_when_at_work()
    if traced:
        _trace()
    work_command.DRAIN_SECONDS = 0.3  # others have their turn
    tick.declared = lambda *_names: {}  # a comparison would make good what was lost
    call_command("work", pause=0.1, tick=3600)


def _say_when_at_work() -> None:
    """Leave a sign when this process is the one that indexes, and when it writes."""
    for module in (lease, outbox):
        module.acquire = _acquire  # type: ignore[attr-defined]
    engine = get_engine()
    write = engine.write

    def signed(*arguments: Any) -> None:
        (_folder / f"writing-{os.getpid()}").touch()
        write(*arguments)

    engine.write = signed  # type: ignore[method-assign]


def _acquire() -> lease.Lease | None:
    held = acquire()
    if held:
        (_folder / f"at-work-{os.getpid()}").touch()
    return held


def _trace() -> None:
    """Write down when this process writes to the index."""
    engine = get_engine()
    apply = engine.apply
    path = _folder / f"trace-{os.getpid()}"

    def traced(*arguments: Any) -> None:
        begun = time.monotonic_ns()
        try:
            apply(*arguments)
        finally:
            with path.open("a") as file:
                file.write(f"{begun} {time.monotonic_ns()}\n")

    engine.apply = traced  # type: ignore[method-assign]


def rebuild() -> dict[str, int]:
    """A new generation."""
    _say_when_at_work()
    return maintenance.rebuild()


def settle() -> dict[str, Any]:
    """Drain, compare, and say what is left."""
    outbox.drain()
    return {
        "differences": [str(difference) for difference in maintenance.check()],
        "waiting": IndexChange.objects.count(),
        "holder": holder(),
    }


def drain() -> dict[str, Any]:
    """One drain, and what it left."""
    error = ""
    try:
        outbox.drain_waiting()
    except Exception as failure:
        error = type(failure).__name__
    return {
        "error": error,
        "waiting": IndexChange.objects.count(),
        "tried": IndexChange.objects.filter(attempts__gt=0).count(),
        "dead": IndexChange.objects.dead().count(),
    }


def hold_lease() -> None:
    """Be the indexer, and never come to an end."""
    assert acquire()
    (_folder / f"at-work-{os.getpid()}").touch()
    signal.pause()


def is_free() -> bool:
    """Whether this process could index."""
    held = acquire()
    if held:
        held.release()
    return held is not None


def who() -> str:
    return holder()


def clear() -> None:
    """Leave nothing on a server that others use, too."""
    get_engine().drop_all()


# ---- faults --------------------------------------------------------------------------


def save_with(fault: str) -> dict[str, Any]:
    """An editor saves while the index cannot be written."""
    settings.SEARCH = {**settings.SEARCH, "DRAIN": "commit"}
    _save("Vorher")  # everything is imported, the index is open
    engine, apply = get_engine(), get_engine().apply

    def failing(*arguments: Any) -> None:
        with FAULTS[fault]():
            apply(*arguments)

    engine.apply = failing  # type: ignore[method-assign]
    _save("Nachher")
    left = drain()
    engine.apply = apply  # type: ignore[method-assign]
    return left | {"saved": GlossaryTerm.objects.filter(term_de="Nachher").count()}


def _save(name: str) -> None:
    with transaction.atomic():
        term = GlossaryTerm.objects.order_by("pk").first()
        term.term_de, term.live = name, True
        term.definition_de = " ".join(Random(1).choices(WORDS, k=4000))
        term.save()


@contextlib.contextmanager
def _disk_full() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def _read_only() -> Iterator[None]:
    paths = [_folder / "index", *(_folder / "index").rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


FAULTS: dict[str, Callable[[], Any]] = {"full": _disk_full, "read-only": _read_only}


# ---- small things --------------------------------------------------------------------


def _until_told() -> Callable[[], bool]:
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    return lambda: bool(told)


def _wait_for(path: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} did not come"
        time.sleep(0.01)
