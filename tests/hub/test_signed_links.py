"""Mailed links: expired, reused, altered, of another purpose."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

import pytest

from hub import signed_links
from hub.logs import without_people
from hub.models import SignedLink

pytestmark = pytest.mark.django_db

WHAT, WHOM = "test.open", "network.person:7"


def test_a_link_is_good_once():
    token = signed_links.issue(WHAT, WHOM, days=1)
    assert signed_links.peek(WHAT, token).subject == WHOM
    assert signed_links.state(WHAT, token) == ""
    assert signed_links.consume(WHAT, token).subject == WHOM
    assert signed_links.consume(WHAT, token) is None
    assert signed_links.peek(WHAT, token) is None
    assert signed_links.state(WHAT, token) == "used"


def test_looking_uses_nothing_up():
    token = signed_links.issue(WHAT, WHOM, days=1)
    for _time in range(3):
        assert signed_links.peek(WHAT, token)
    assert signed_links.consume(WHAT, token)


def test_an_expired_link_is_no_longer_good():
    token = signed_links.issue(WHAT, WHOM, days=1)
    SignedLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert signed_links.peek(WHAT, token) is None
    assert signed_links.consume(WHAT, token) is None
    assert signed_links.state(WHAT, token) == "expired"


@pytest.mark.parametrize("change", [str.upper, lambda t: t[:-1], lambda t: f"{t}0"])
def test_an_altered_link_is_unknown(change):
    token = change("a" + signed_links.issue(WHAT, WHOM, days=1)[1:])
    assert signed_links.consume(WHAT, token) is None
    assert signed_links.state(WHAT, token) == "unknown"


@pytest.mark.parametrize("text", ["", "%00", "ä" * 48, "../" * 16, "0" * 5000])
def test_anything_else_is_unknown(text):
    assert signed_links.peek(WHAT, text) is None


def test_a_link_for_one_thing_opens_no_other():
    token = signed_links.issue(WHAT, WHOM, days=1)
    assert signed_links.consume("test.erase", token) is None
    assert signed_links.consume(WHAT, token)


def test_links_are_taken_back():
    token = signed_links.issue(WHAT, WHOM, days=1)
    other = signed_links.issue(WHAT, "network.person:8", days=1)
    assert signed_links.revoke(WHAT, WHOM) == 1
    assert signed_links.consume(WHAT, token) is None
    assert signed_links.consume(WHAT, other)


def test_the_database_and_the_log_do_not_know_the_token():
    token = signed_links.issue(WHAT, WHOM, days=1)
    row = SignedLink.objects.values().get()
    assert token not in str(row)
    assert token not in without_people(f"Gone: /de/netzwerk/einladung/{token}/")


def test_old_links_are_forgotten():
    signed_links.issue(WHAT, WHOM, days=1)
    assert signed_links.forget_old() == 0
    SignedLink.objects.update(expires_at=timezone.now() - timedelta(days=31))
    assert signed_links.forget_old() == 1


def test_a_page_with_a_token_tells_nobody():
    response = signed_links.guarded(HttpResponse())
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
