"""Headers, cookies, logins, logs and the checks before going public."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

import pytest

from hub import checks
from hub.logs import JsonFormatter
from hub.models import AskPage, EasyIndexPage, GlossaryPage, User
from tests.factories import hub as make
from tests.factories import network as things

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"""<style|\sstyle=|\son\w+=["']|javascript:|<script(?![^>]*(\ssrc=|type="application/ld\+json"))"""
)


@pytest.fixture
def addresses():
    """One address of every kind that this app and the network serve."""
    homes = make.homes()
    ask = make.section(AskPage, ("Frage", "frage"), ("Ask", "ask"))
    make.section(GlossaryPage, ("Glossar", "glossar"), ("Glossary", "glossary"))
    make.section(EasyIndexPage, ("Leicht", "leicht"), ("Easy", "easy"))
    network = things.network_section()
    organisation = things.organisation("ma-18")
    return [
        homes["de"].url,
        homes["en"].url,
        ask["de"].url,
        "/de/glossar/",
        "/de/leicht/",
        network["de"].url,
        organisation.get_url("de"),
        organisation.get_url("en"),
        "/de/suche/",
        "/de/suche/?q=%22%3Cscript%3E",
        "/de/gibt-es-nicht/",
    ]


def test_every_page_has_the_strict_policy_and_keeps_it(client, addresses):
    for address in addresses:
        response = client.get(address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "frame-ancestors 'self'" in policy, address
        assert "object-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert not INLINE.search(response.content.decode()), address
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in response["Permissions-Policy"], address


def test_pages_without_a_form_set_no_cookie(client, addresses):
    for address in addresses:
        response = client.get(address)
        if "csrfmiddlewaretoken" not in response.content.decode():
            assert not response.cookies, address


def test_the_pattern_finds_inline_scripts():
    for bad in ("<script>x", '<p style="a">', '<a onclick="x">', "<style>"):
        assert INLINE.search(bad)
    assert not INLINE.search('<script src="/static/hub/site.js" defer></script>')


def test_admin_has_a_wider_policy_that_still_is_one(client):
    policy = client.get(reverse("wagtailadmin_login"))["Content-Security-Policy"]
    assert "'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy


# ---- logins --------------------------------------------------------------------------------


def test_guessing_passwords_is_slowed_down(client, caplog):
    User.objects.create_superuser("chefin", password="richtig-lang")
    login = reverse("wagtailadmin_login")
    wrong = {"username": "chefin", "password": "falsch"}
    with override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=3):
        for _ in range(3):
            response = client.post(login, wrong)
        assert response.status_code == 429
        right = client.post(login, {**wrong, "password": "richtig-lang"})
        assert right.status_code == 429
        assert int(right["Retry-After"]) == 1800
        other = client.post(
            login, {**wrong, "password": "richtig-lang"}, REMOTE_ADDR="203.0.113.9"
        )
        assert other.status_code == 302
    assert "127.0.0.1" not in caplog.text


# ---- logs -------------------------------------------------------------------------------------


def line(message, *args, **values):
    record = logging.LogRecord("hub", logging.ERROR, "", 1, message, args, None)
    vars(record).update(values)
    return JsonFormatter().format(record)


@pytest.mark.parametrize(
    "text",
    [
        "Mail to anna.beispiel@example.org failed",
        "From 203.0.113.7",
        "From 2001:db8:1:2::7 today",
        "Not Found: /de/suche/?q=anna",
        "Token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9:1abc2D:xyz",
    ],
)
def test_log_lines_name_nobody(text):
    found = json.loads(line("%s", text))["message"]
    for word in ("anna", "203.0.113.7", "db8", "eyJhbG"):
        assert word not in found


def test_log_lines_are_json_with_what_matters():
    found = json.loads(line("Table %s is full at 12:30:45", "x", status_code=500))
    assert found["level"] == "ERROR"
    assert found["logger"] == "hub"
    assert found["message"] == "Table x is full at 12:30:45"
    assert found["status"] == 500


def test_log_lines_hold_the_error_without_people():
    try:
        raise ValueError("bad address: anna@example.org")
    except ValueError:
        text = line("Failed", exc_info=sys.exc_info())
    assert "ValueError" in text
    assert "anna@" not in text
    assert "\n" not in text


# ---- before going public --------------------------------------------------------------------

PRODUCTION = {
    "HUB_SECRET_KEY": "k3Zr8v-Q1xP0w7Lr2T9s_5uYb4Nn6Mm8Jj1Hh3Gg5Ff7Dd9Ss2Aa",
    "HUB_ALLOWED_HOSTS": "drehscheibe.test",
    "HUB_BASE_URL": "https://drehscheibe.test",
    "HUB_OFFICE_EMAIL": "buero@drehscheibe.test",
    "HUB_FROM_EMAIL": "seite@drehscheibe.test",
    "HUB_DATABASE_URL": "postgres://hub@127.0.0.1:1/hub",
}


def production(tmp_path, *command, **changes):
    """Run a command with the settings of production."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO"))}
    changed = {**PRODUCTION, "HUB_VAR_DIR": str(tmp_path), **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *command, "--settings=hub.settings.production"],
        cwd=settings.BASE_DIR,
        env={**kept, **{k: v for k, v in changed.items() if v is not None}},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deploy_check_is_clean(tmp_path):
    result = production(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


def test_production_starts_only_with_a_key_and_without_demo(tmp_path):
    assert "HUB_SECRET_KEY" in production(tmp_path, "check", HUB_SECRET_KEY=None).stderr
    assert (
        "never run in production" in production(tmp_path, "check", HUB_DEMO="1").stderr
    )


def found_by_checks():
    return {message.id for message in checks.check_decided()}


def test_what_is_forgotten_is_named():
    ids = found_by_checks()
    assert {"hub.E001", "hub.E002", "hub.E003", "hub.W001"} <= ids


def test_what_is_decided_is_not_named():
    with override_settings(
        HUB_OFFICE_EMAIL="buero@drehscheibe.test",
        DEFAULT_FROM_EMAIL="Drehscheibe <seite@drehscheibe.test>",
        WAGTAILADMIN_BASE_URL="https://drehscheibe.test",
        ALLOWED_HOSTS=["drehscheibe.test"],
        HUB_DEMO=False,
    ):
        assert found_by_checks() <= {"hub.W003"}


def test_checks_of_development_are_silent(capsys):
    call_command("check")
    assert "hub." not in capsys.readouterr().err
