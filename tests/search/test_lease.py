"""Who may write to the index, and what a batch does when things happen in the middle."""

from __future__ import annotations

import os
from datetime import timedelta
from itertools import pairwise

from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse
from django.utils import timezone

import pytest

from network.models import Organisation
from search import comparing, health, lease, maintenance, outbox, tick
from search.engines import get_engine
from search.engines.base import (
    DocumentsRejectedError,
    IndexDamagedError,
    SearchUnavailableError,
)
from search.models import IndexChange, IndexerLease
from search.models.changes import LONGEST_PAUSE, pause_after
from search.outbox import drain, enqueue
from search.registry import registry

from .conftest import found, settle

# ---- the lease -----------------------------------------------------------------------


def test_second_holder_is_refused_until_the_first_lets_go(db):
    first = lease.acquire()
    assert lease.acquire() is None
    assert str(os.getpid()) in lease.holder()
    first.release()
    assert lease.acquire().token == first.token + 1


def test_holder_elsewhere_blocks_only_for_its_time(db):
    held = lease.acquire()
    IndexerLease.objects.update(holder="elsewhere process 1 99 another-machine")
    assert lease.acquire() is None
    IndexerLease.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert lease.acquire() is not None
    with pytest.raises(lease.LeaseLostError):
        held.renew()
    held.release()  # does not take it from the new holder
    assert lease.holder()


def test_process_with_a_number_used_again_is_another_one(db):
    host, word, pid, _started, machine = lease.own_name().split()
    assert not lease.is_dead(lease.own_name())
    assert lease.is_dead(f"{host} {word} {pid} 1 {machine}")
    assert not lease.is_dead(f"{host} {word} {pid} 1 elsewhere")
    assert not lease.is_dead("nonsense")


def test_waiting_for_the_lease_ends(db):
    lease.acquire()
    with (
        pytest.raises(lease.LeaseHeldError, match="process"),
        lease.hold(timeout=0),
    ):
        pass


def test_nobody_drains_in_a_transaction(site, monkeypatch):
    """What is indexed must be committed. (Tests run in transactions of their own.)"""
    for block in connection.atomic_blocks:
        monkeypatch.setattr(block, "_from_testcase", False)
    site.organisation.save()
    with pytest.raises(RuntimeError, match="durable"):
        drain()


def test_drain_leaves_the_work_to_another_indexer(site):
    site.organisation.save()
    held = lease.acquire()
    assert drain() == 0
    assert IndexChange.objects.exists()
    held.release()
    settle()


def test_rows_refused_during_a_drain_are_taken_up_by_it(site, monkeypatch):
    """Somebody saves after the last look at the rows, and is refused the lease."""
    site.organisation.save()
    release, late = lease.Lease.release, [site.method]

    def late_save(held):
        if late:
            late.pop().save()
            assert drain() == 0
        release(held)

    monkeypatch.setattr(lease.Lease, "release", late_save)
    drain()
    monkeypatch.undo()
    assert not late
    assert not IndexChange.objects.exists()


# ---- in the middle of a batch ----------------------------------------------------------


def _interrupt(monkeypatch, call, before: bool = False):
    """Let something happen once, just before or after a batch is written."""
    engine = get_engine()
    apply, waiting = engine.apply, [call]

    def interrupted(*arguments):
        if before and waiting:
            waiting.pop()()
        apply(*arguments)
        if waiting:
            waiting.pop()()

    monkeypatch.setattr(engine, "apply", interrupted)


def _rename(site, name: str) -> None:
    organisation = Organisation.objects.get(pk=site.organisation.pk)
    organisation.name_de = name
    organisation.save()


@pytest.mark.parametrize("before", [True, False])
def test_change_while_an_older_one_is_written_is_not_lost(site, monkeypatch, before):
    _rename(site, "Erstens")
    _interrupt(monkeypatch, lambda: _rename(site, "Zweitens"), before)
    drain(limit=1)
    assert "MA\u00a018 – Zweitens" in found("Zweitens") or IndexChange.objects.exists()
    settle()
    assert "MA\u00a018 – Zweitens" in found("Zweitens")


def test_indexer_that_was_away_too_long_queues_what_it_wrote(site, monkeypatch):
    """Another one took over meanwhile, wrote a newer state and deleted the rows."""
    _rename(site, "Erstens")

    def takeover():
        IndexerLease.objects.update(token=99, holder="")
        Organisation.objects.filter(pk=site.organisation.pk).update(name_de="Neu")
        IndexChange.objects.all().delete()

    _interrupt(monkeypatch, takeover, before=True)
    drain()
    settle()
    assert "MA\u00a018 – Neu" in found("Neu")


def test_rebuild_that_lost_its_lease_compares_everything(site, monkeypatch):
    engine = get_engine()
    rebuild = engine.rebuild

    def takeover(*arguments):
        number = rebuild(*arguments)
        IndexerLease.objects.update(token=99, holder="")
        Organisation.objects.filter(pk=site.organisation.pk).update(name_de="Neu")
        return number

    monkeypatch.setattr(engine, "rebuild", takeover)
    with pytest.raises(lease.LeaseLostError):
        maintenance.rebuild()
    monkeypatch.undo()
    settle()
    assert "MA\u00a018 – Neu" in found("Neu")


def test_change_during_a_rebuild_is_not_lost(site, monkeypatch):
    engine = get_engine()
    rebuild, waiting = engine.rebuild, ["Währenddessen"]

    def slow(*arguments):
        number = rebuild(*arguments)
        if waiting:
            _rename(site, waiting.pop())
        return number

    monkeypatch.setattr(engine, "rebuild", slow)
    maintenance.rebuild()
    monkeypatch.undo()
    assert "MA\u00a018 – Währenddessen" in found("Währenddessen")
    settle()


# ---- whose fault ---------------------------------------------------------------------


def test_engine_that_is_down_is_no_failure_of_a_document(site, monkeypatch):
    site.organisation.save()
    error = IndexDamagedError("nothing works")
    monkeypatch.setattr(get_engine(), "apply", _raising(error))
    for _ in range(10):
        with pytest.raises(SearchUnavailableError):
            drain()
    row = IndexChange.objects.first()
    assert (row.attempts, row.next_try, row.is_dead) == (0, None, False)
    assert not lease.holder()
    monkeypatch.undo()
    settle()


def test_document_that_the_engine_rejects_is_put_aside_alone(site, monkeypatch):
    key = f"organisation:{site.organisation.pk}:de"
    engine = get_engine()
    apply = engine.apply

    def picky(language, documents, *more):
        good = [document for document in documents if document.key != key]
        apply(language, good, *more)
        if len(good) < len(documents):
            raise DocumentsRejectedError({key: "too long"})

    monkeypatch.setattr(engine, "apply", picky)
    _fails_alone(site, "too long")


@pytest.mark.parametrize("others", [True, False])
def test_document_that_breaks_the_engine_is_found_out(site, monkeypatch, others):
    key = f"organisation:{site.organisation.pk}:de"
    engine = get_engine()
    apply = engine.apply

    def breaking(language, documents, *more):
        if any(document.key == key for document in documents):
            raise TypeError("cannot serialise")
        apply(language, documents, *more)

    monkeypatch.setattr(engine, "apply", breaking)
    _fails_alone(site, "TypeError: cannot serialise", others)


def test_document_that_cannot_be_analysed_does_not_stop_a_rebuild(site, monkeypatch):
    from search import indexed, writing
    from search.meaning import readings

    prepare = indexed.prepare

    def strict(document):
        if document.kind == "organisation":
            raise ValueError("no words")
        return prepare(document)

    for module in (readings, writing, maintenance):
        monkeypatch.setattr(module, "prepare", strict)
    maintenance.rebuild()
    assert found("Bürgerrat") == ["Bürger*innenrat"]
    row = IndexChange.objects.get()
    assert (row.kind, row.attempts) == ("organisation", 1)
    assert row.error == "ValueError: no words"
    monkeypatch.undo()
    IndexChange.objects.update(next_try=None)
    settle()


def _fails_alone(site, reason: str, others: bool = True) -> None:
    if others:
        site.method.save()
    site.organisation.save()
    drain()
    row = IndexChange.objects.filter(kind="organisation").first()
    assert set(IndexChange.objects.values_list("kind", flat=True)) == {"organisation"}
    assert (row.attempts, row.error) == (1, reason)


def _raising(error):
    def fail(*_arguments):
        raise error

    return fail


# ---- later, again, aside -------------------------------------------------------------


def test_pauses_grow_and_are_never_the_same():
    pauses = [pause_after(n) for n in range(1, 12)]
    assert pauses[0] < timedelta(seconds=20)
    assert all(b > a for a, b in pairwise(pauses[:5]))
    assert max(pauses) <= LONGEST_PAUSE * 1.2
    assert len({pause_after(3) for _ in range(20)}) > 1


def test_new_change_takes_rows_along_that_failed_before(site):
    later = timezone.now() + timedelta(hours=1)
    old = {"kind": "organisation", "object_id": site.organisation.pk}
    IndexChange.objects.create(**old, attempts=3, next_try=later)
    IndexChange.objects.create(**old, attempts=5, is_dead=True)
    assert drain() == 0
    site.organisation.save()
    settle()


def test_what_was_put_aside_is_said(site, client, capsys):
    from django.core.management import call_command

    assert health.put_aside() == ""
    IndexChange.objects.create(
        kind="term", object_id=1, is_dead=True, attempts=5, error="no title"
    )
    assert "1 changes were put aside" in health.put_aside()
    assert "search.put_aside" in client.get("/readyz").json()["problems"]
    call_command("search_index", "drain")
    assert "put aside: term:1: no title" in capsys.readouterr().err
    call_command("search_index", "retry")
    assert "1 changes tried again" in capsys.readouterr().out
    settle()


def test_administrators_see_what_was_put_aside_and_try_it_again(
    site, client, admin_user, django_assert_max_num_queries
):
    IndexChange.objects.bulk_create(
        IndexChange(kind="term", object_id=n, is_dead=True, attempts=5, error="<b>!")
        for n in range(60)
    )
    address = reverse("search_changes")
    assert client.get(address).status_code == 302
    client.force_login(admin_user)
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    with django_assert_max_num_queries(25):
        page = client.get(address, {"p": "99"}).content.decode()
    assert "Begriff" in page
    assert "&lt;b&gt;!" in page
    assert client.get(reverse("search_changes_retry")).status_code == 405
    client.post(reverse("search_changes_retry"))
    assert not IndexChange.objects.dead().exists()
    settle()
    assert "Gerade wartet nichts" in client.get(address).content.decode()


def test_editors_do_not_see_what_was_put_aside(site, client, django_user_model):
    editor = django_user_model.objects.create_user("e", "e@example.org", "x")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    for name in ("search_changes", "search_changes_retry"):
        response = client.post(reverse(name))
        assert "Versuche" not in response.content.decode()
        assert response.status_code in (302, 403)


# ---- what waits for removal ------------------------------------------------------------


def test_hidden_until_drained_or_shown_again(site):
    source, pk = registry.source("organisation"), site.organisation.pk
    hidden = IndexChange.hidden_objects
    Organisation.objects.get(pk=pk).unpublish()
    enqueue(source, [pk])
    assert hidden() == {("organisation", pk)}
    shown = Organisation.objects.get(pk=pk)
    shown.live = True
    shown.save()
    assert hidden() == set()
    settle()


def test_what_is_hidden_is_read_from_an_index_of_its_own(db, django_assert_num_queries):
    IndexChange.objects.bulk_create(
        IndexChange(kind="term", object_id=n, is_removal=n % 1000 == 0)
        for n in range(3000)
    )
    with django_assert_num_queries(1):
        assert len(IndexChange.hidden_objects()) == 3
    rows = IndexChange.objects.filter(is_removal=True).order_by()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE search_indexchange")
    plan = rows.values_list("kind", "object_id").explain()
    assert "search_change_hidden" in plan


# ---- comparing ------------------------------------------------------------------------


def test_comparison_stops_anywhere_and_goes_on(site, monkeypatch):
    monkeypatch.setattr(comparing, "_PORTION", 1)
    Organisation.objects.filter(pk=site.organisation.pk).update(name_de="Still")
    get_engine().apply("de", [], [f"case:{site.case.pk}:de"])
    numbers, is_complete, parts = 0, False, 0
    while not is_complete:
        number, is_complete = maintenance.compare(lambda: True)
        numbers, parts = numbers + number, parts + 1
    assert numbers >= 2  # others name the organisation
    assert parts > 3
    settle()


def test_comparison_leaves_out_what_waits(site, monkeypatch):
    _rename(site, "Wartet")
    monkeypatch.setattr(maintenance, "drain_waiting", lambda: 0)
    assert maintenance.compare(lambda: False) == (0, True)
    monkeypatch.undo()
    assert "differences repaired" in tick.compare()
    settle()


# ---- after a commit --------------------------------------------------------------------


def test_save_does_not_ask_a_slow_engine_again_and_again(site, monkeypatch, caplog):
    asked = []

    def slow(*_arguments, **_options):
        asked.append(1)
        raise IndexDamagedError("no answer")

    monkeypatch.setattr(outbox, "drain", slow)
    monkeypatch.setattr(outbox, "_SLOW", -1)
    monkeypatch.setattr(outbox, "_quiet_until", 0.0)
    outbox._drain_quietly()
    outbox._drain_quietly()
    assert len(asked) == 1
    assert "Changes wait in the outbox" in caplog.text


def test_nothing_escapes_from_a_drain_after_commit(site, monkeypatch, caplog):
    monkeypatch.setattr(outbox, "_quiet_until", 0.0)
    monkeypatch.setattr(outbox, "drain", _raising(RuntimeError("boom")))
    outbox._drain_quietly()
    assert "changes wait in the outbox" in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own patience")
def test_drain_after_commit_waits_as_long_as_before_afterwards(site):
    def patience() -> int:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    with outbox._impatient():
        assert patience() == 1000
    assert patience() == 20_000


def test_many_are_queued_in_portions(site):
    enqueue(registry.source("term"), range(1, 1202))
    assert IndexChange.objects.count() == 1201
    drain()
    assert not IndexChange.objects.exists()
