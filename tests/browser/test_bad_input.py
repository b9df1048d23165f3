"""What people type or paste into an address never breaks a page of the running site."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request

import pytest

QUERIES = {
    "quotes": '"offenes Zitat',
    "stars": "*** ??",
    "nul": "\x00abc",
    "long": "Beteiligung " * 834,
    "emoji": "🌳🚲",
    "right-to-left": "مشاركة المواطنين \u202e",
    "sql": "'; DROP TABLE wagtailcore_page; --",
    "html": "<script>alert(1)</script>",
    "operators": "-- AND OR NOT kind: art:xyz ((",
}


@pytest.mark.parametrize("path", ["/de/suche/", "/en/search/"])
@pytest.mark.parametrize("text", QUERIES.values(), ids=QUERIES.keys())
def test_search_answers_anything(site, path, text):
    address = f"{site}{path}?q={urllib.parse.quote(text)}"
    with urllib.request.urlopen(address, timeout=20) as answer:
        html = answer.read().decode()
        assert answer.status == 200
    assert "<script>alert" not in html
    assert "<h1" in html


@pytest.mark.parametrize(
    "address",
    [
        "/de/methoden/?stufe=x&seite=999&gruppe=abc",
        "/de/methoden/?gruppe=99999999999999999999",
        "/de/methoden/vergleich/?m=method--1&m=%00&m=method-99999999999999999999&nur=x",
        "/de/fallbeispiele/?bezirk=99&reihung=zz&seite=-1",
        "/de/netzwerk/dienststellen/?thema=%00",
        "/en/network/partner-cities/?seite=x&land=ZZ",
        "/de/suche/?q=a&seite=99999&zielgruppe=nope&was=nichts&art=nichts",
    ],
)
def test_lists_ignore_what_they_do_not_know(site, address):
    with urllib.request.urlopen(site + address, timeout=20) as answer:
        assert answer.status == 200
