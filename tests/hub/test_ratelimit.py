"""Limits per visitor that do not remember the visitor."""

from __future__ import annotations

from django.core.cache import cache
from django.test import RequestFactory, override_settings

import pytest

from hub import ratelimit
from tests.factories import hub as make


def request(address="203.0.113.7", forwarded=""):
    meta = {"REMOTE_ADDR": address}
    if forwarded:
        meta["HTTP_X_FORWARDED_FOR"] = forwarded
    return RequestFactory().get("/", **meta)


@pytest.fixture
def two_a_minute():
    with override_settings(HUB_RATE_LIMITS={"x": (2, 60)}):
        yield


def spend(address="203.0.113.7"):
    return ratelimit.spend_by(request(address), "x")


def test_third_of_two_must_wait(two_a_minute):
    assert [spend() for _ in range(2)] == [0, 0]
    assert 0 < spend() <= 60


def test_others_are_not_concerned(two_a_minute):
    for _ in range(3):
        spend()
    assert spend("203.0.113.8") == 0


def test_one_household_has_one_ipv6_network(two_a_minute):
    for last in "123":
        waits = spend(f"2001:db8:1:2::{last}")
    assert waits
    assert spend("2001:db8:1:3::1") == 0


def test_unknown_limits_do_not_exist(two_a_minute):
    assert ratelimit.spend_by(request(), "y") == 0


def test_address_is_in_no_key(two_a_minute, monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args: keys.append(key))
    monkeypatch.setattr(cache, "incr", lambda key: 1)
    spend()
    assert keys
    assert "203.0.113.7" not in keys[0]


def test_hash_means_nothing_tomorrow(monkeypatch):
    from datetime import date

    first = ratelimit.fingerprint("203.0.113.7")
    monkeypatch.setattr(ratelimit.timezone, "localdate", lambda: date(2001, 1, 1))
    assert ratelimit.fingerprint("203.0.113.7") != first


def test_broken_cache_stops_nobody(two_a_minute, monkeypatch):
    def fail(*args):
        raise ConnectionError

    monkeypatch.setattr(cache, "add", fail)
    assert [spend() for _ in range(5)] == [0] * 5


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.7"),
        (1, "", "203.0.113.7"),
        (1, " , ,", "203.0.113.7"),
    ],
)
def test_only_own_proxies_are_believed(proxies, forwarded, seen):
    with override_settings(HUB_PROXY_COUNT=proxies):
        assert ratelimit.client_address(request(forwarded=forwarded)) == seen


@pytest.mark.django_db
def test_exports_and_search_are_limited_pages_are_not(client):
    make.homes()
    with override_settings(HUB_RATE_LIMITS={"export": (1, 60), "search": (1, 60)}):
        codes = [client.get("/de/", {"als": "csv"}).status_code for _ in range(2)]
        assert codes[1] == 429
        assert [client.get("/de/").status_code for _ in range(3)] == [200] * 3
        client.get("/de/suche/")
        response = client.get("/en/search/")
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= 60
    assert "One moment, please" in response.content.decode()
