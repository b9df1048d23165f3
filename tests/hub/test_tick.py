"""``manage.py tick``: what is due, in every app, as often as one likes."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest
from axes.models import AccessAttempt

from hub import tick
from hub.discovery import declared
from hub.management.commands import tick as command
from hub.management.commands import work as worker
from hub.models import Enquiry, StandardPage
from search.engines import get_engine
from tests.factories import hub as make
from tests.factories import network as things

pytestmark = pytest.mark.django_db


def run(*names, **options):
    out = StringIO()
    call_command("tick", *names, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_every_app_declares_its_own_tasks():
    tasks = declared("tick", "TASKS")
    assert {"hub.pending_enquiries", "hub.reviews", "search.searches"} <= set(tasks)


def test_all_tasks_run_twice(capsys):
    call_command("search_index", "rebuild")
    first, second = run(), run()
    assert "hub.old_enquiries: 0 deleted" in first
    assert first.count(":") == second.count(":")
    assert "failed" not in first


def test_pending_questions_are_mailed(mailoutbox):
    Enquiry.objects.create(email="a@example.org", subject="x", message="y")
    assert "1 mailed" in run("hub.pending_enquiries")
    assert "0 mailed" in run("hub.pending_enquiries")
    assert len(mailoutbox) == 2


def test_people_without_consent_leave_the_index():
    things.network_section()
    person = things.person()
    call_command("search_index", "rebuild")
    engine = get_engine()

    def indexed():
        keys = [key for key, _digest in engine.reader("de").digests()]
        return f"person:{person.pk}:de" in keys

    assert indexed()
    # A day goes by: nothing is saved, so nothing tells the index.
    yesterday = date.today() - timedelta(days=1)
    person.consents.all().update(expires_on=yesterday)
    run("search.index")
    assert not indexed()


def test_old_logins_are_forgotten():
    for days in (1, 40):
        attempt = AccessAttempt.objects.create(
            username="x", ip_address="203.0.113.7", failures_since_start=1
        )
        moment = timezone.now() - timedelta(days=days)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=moment)
        attempt.refresh_from_db()
        AccessAttempt.objects.filter(pk=attempt.pk).update(username=f"x{days}")
    assert tick.old_logins() == "1 deleted"
    assert AccessAttempt.objects.get().username == "x1"


def test_reviews_that_are_due_are_counted():
    home = make.homes()["de"]
    yesterday = date.today() - timedelta(days=1)
    for slug, due in (("alt", yesterday), ("neu", date.today() + timedelta(days=9))):
        home.add_child(instance=StandardPage(title=slug, slug=slug, review_due=due))
    assert tick.reviews() == "1 Textseiten"


def test_one_failing_task_stops_no_other(monkeypatch):
    done = []

    def fail():
        raise RuntimeError

    monkeypatch.setattr(
        command,
        "declared",
        lambda *names: {"a.bad": fail, "b.good": lambda: done.append(1)},
    )
    with pytest.raises(CommandError, match=r"a\.bad"):
        run()
    assert done == [1]


def test_unknown_task_is_named():
    with pytest.raises(CommandError, match="nonsense"):
        run("nonsense")


def test_list_runs_nothing():
    Enquiry.objects.create(email="a@example.org", subject="x", message="y")
    assert "hub.pending_enquiries" in run(list=True)
    assert Enquiry.objects.get().mailed_at is None


def test_worker_drains_and_ticks_and_goes_on_after_a_failure(monkeypatch, caplog):
    done = []

    def call(*command, **options):
        done.append(command)
        if command[0] == "search_index":
            raise RuntimeError

    monkeypatch.setattr(worker, "call_command", call)
    call_command("work", once=True)
    assert done == [("search_index", "drain"), ("tick",)]
    assert "search_index drain failed; it is tried again" in caplog.text
