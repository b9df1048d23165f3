"""Searching as people do: typing wrongly, narrowing, taking the list along, by keys, on
a phone, without a script."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}


def _box(page):
    return page.locator("main input[name=q]").first


def _type(page, text: str) -> None:
    _box(page).click()
    _box(page).press_sequentially(text, delay=30)
    expect(page.locator("[role=option]").first).to_be_visible()


def test_proposals_by_keys(visit):
    """Arrows, Home, End, Escape and Enter; the list says what it is and how long."""
    window = visit()
    page = window.page
    window.open("/de/suche/")
    _type(page, "jugend")
    box = _box(page)
    options = page.locator("[role=option]")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".seek-field [role=status]")).to_contain_text("Vorschläge")
    assert "Jugend" in page.locator("[role=option] b").all_text_contents()

    def chosen() -> int:
        identity = box.get_attribute("aria-activedescendant")
        active = page.locator("[role=option][aria-selected=true]")
        assert active.count() == (1 if identity else 0)
        if identity:
            assert active.get_attribute("id") == identity
        ids = options.evaluate_all("all => all.map(option => option.id)")
        return ids.index(identity) if identity else -1

    last = options.count() - 1
    box.press("ArrowDown")
    assert chosen() == 0
    box.press("End")
    assert chosen() == last
    box.press("Home")
    assert chosen() == 0
    box.press("ArrowUp")
    assert chosen() == -1
    box.press("ArrowUp")
    assert chosen() == last
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("jugend")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    address = options.first.get_attribute("data-url")
    box.press("Enter")
    page.wait_for_url(f"**{address}")
    window.assert_calm()


@pytest.mark.parametrize("width", [360, 1280])
def test_open_proposals_are_accessible_and_large_enough(visit, width):
    window = visit(width=width)
    page = window.page
    window.open("/de/suche/")
    _type(page, "bürg")
    _box(page).press("ArrowDown")
    heights = page.locator("[role=option]").evaluate_all(
        "all => all.map(option => option.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options=AXE).response["violations"]
        assert [rule["id"] for rule in found] == []
    window.assert_calm()


def test_proposals_never_become_markup(visit):
    """Whatever a title holds, it stays text."""
    window = visit()
    page = window.page
    bad = '<img src=x onerror="document.title=1">'
    item = {"title": bad, "url": "/de/", "marks": [[1, 4]], "also": bad}
    item["also_marks"] = [[0, 1]]
    group = {"kind": "method", "label": bad, "items": [item]}
    answer = {"query": "x", "label": bad, "status": bad, "groups": [group]}
    page.route(
        "**/vorschlaege/**", lambda route: route.fulfill(body=json.dumps(answer))
    )
    window.open("/de/suche/")
    _type(page, "xyz")
    assert page.locator(".suggest img").count() == 0
    expect(page.locator("[role=option] > span").first).to_have_text(bad)
    expect(page.locator("[role=option] b").first).to_have_text("img")
    window.assert_calm()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_official_narrows_goes_on_and_takes_the_list_along(visit, site, javascript):
    """Mistyped, corrected, one kind, one target group, A–Z, next page, as a table."""
    window = visit(javascript=javascript)
    page = window.page
    window.open("/de/suche/?q=" + quote("Beteiligungsverfaren Jugendliche"))
    page.locator(".didyoumean a").click()
    expect(_box(page)).to_have_value("Beteiligungsverfahren Jugendliche")
    page.locator("nav.tabs a", has_text="Methoden").click()
    page.wait_for_url("**art=method**")
    page.locator(".facets input[value=youth]").check()
    page.locator(".facets .apply button").click()
    page.wait_for_url("**zielgruppe=youth**")
    expect(page.locator(".chip")).to_contain_text("Jugendliche")
    page.locator(".sort a", has_text="A–Z").click()
    page.wait_for_url("**sort=a-z**")
    expect(page.locator("ol.entries h2").first).to_be_visible()
    titles = page.locator("ol.entries h2").all_text_contents()
    plain = [title.replace("\u00ad", "").casefold() for title in titles]
    assert plain == sorted(plain)
    total = int(page.locator(".toolbar [role=status] strong").inner_text())
    href = page.locator(".exports a").first.get_attribute("href")
    with urllib.request.urlopen(f"{site}/de/suche/{href}", timeout=20) as answer:
        rows = answer.read().decode("utf-8-sig").splitlines()
    assert len(rows) == total + 1
    assert titles[0].replace("\u00ad", "") in rows[1]
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    window.assert_calm()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_nothing_found_leads_on(visit, javascript):
    window = visit(javascript=javascript)
    page = window.page
    window.open("/de/suche/?q=Hundezonenmoderation+Seestadt")
    expect(page.locator(".empty [role=status]")).to_contain_text("Hundezonenmoderation")
    page.locator(".empty .ticks a", has_text="Moderation").click()
    expect(page.locator("ol.entries h2").first).to_be_visible()
    window.assert_calm()
