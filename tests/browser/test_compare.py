"""Comparing methods in a real browser: from the list, without a script, on a phone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from .accessible import OVERFLOW, assert_accessible

with_and_without_script = pytest.mark.parametrize(
    "javascript", [True, False], ids=["script", "no-script"]
)


def _pick(window, *names: str) -> None:
    """Tick methods in the list and ask for the comparison."""
    window.open("/de/methoden/")
    for name in names:
        window.page.get_by_label(f"Vergleichen: {name}", exact=True).check()
    window.page.get_by_role("button", name="Ausgewählte vergleichen").click()
    window.page.wait_for_url(re.compile(r"/vergleich/\?m=method-\d+&m="))


def _columns(page) -> list[str]:
    return page.locator("thead th[scope=col] > a:first-child").all_inner_texts()


@with_and_without_script
def test_from_the_list_to_a_comparison_and_on(visit, javascript):
    window = visit(javascript=javascript)
    page = window.page
    _pick(window, "Aktivierende Befragung", "Barcamp")
    assert _columns(page) == ["Aktivierende Befragung", "Barcamp"]

    page.get_by_label("Weitere Methode").select_option(label="World Café")
    page.get_by_role("button", name="Dazunehmen").click()
    expect(page.get_by_role("columnheader", name="World Café")).to_be_visible()

    page.get_by_role("link", name="nur Unterschiede").click()
    expect(page.get_by_text("Was gleich ist, ist ausgeblendet.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Entfernen.*Barcamp")).click()
    page.wait_for_load_state()
    assert _columns(page) == ["Aktivierende Befragung", "World Café"]
    assert "nur=unterschiede" in page.url

    page.locator("a[hreflang=en]").first.click()
    page.wait_for_url(re.compile(r"/en/methods/compare/\?m="))
    expect(page.get_by_role("link", name="differences only")).to_have_attribute(
        "aria-current", "true"
    )
    window.assert_calm()


def _roles(page) -> Counter:
    """What the browser tells assistive technology, not what the elements are called."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return Counter(node.get("role", {}).get("value") for node in nodes)


def test_a_phone_shows_each_row_with_the_names_and_it_stays_a_table(visit):
    window = visit(width=1280)
    page = window.page
    _pick(window, "Aktivierende Befragung", "Barcamp")
    wide = _roles(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate(OVERFLOW) <= 0
    row = page.get_by_role("row", name=re.compile("Vorlauf"))
    expect(row.get_by_text("Barcamp")).to_be_visible()
    cells = row.get_by_role("cell").all()
    assert all(cell.bounding_box()["width"] > 100 for cell in cells)
    region = page.get_by_role("region", name="Methoden im Vergleich")
    assert region.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    narrow = _roles(page)
    assert narrow["table"] == 1
    for role in ("row", "rowheader", "cell"):
        assert narrow[role] == wide[role] > 10


def test_chosen_methods_keep_the_button_in_sight(visit):
    window = visit()
    page = window.page
    window.open("/de/methoden/")
    button = page.get_by_role("button", name="Ausgewählte vergleichen")
    expect(button).not_to_be_in_viewport()
    page.get_by_label("Vergleichen: Barcamp", exact=True).check()
    expect(button).to_be_in_viewport()


def test_on_paper_it_is_a_table_across_the_page(visit):
    window = visit()
    page = window.page
    _pick(window, "Aktivierende Befragung", "Barcamp")
    page.emulate_media(media="print")
    expect(page.locator(".print-info .qr")).to_be_visible()
    expect(page.locator(".compare-remove").first).to_be_hidden()
    # A4 across, in points.
    assert b"/MediaBox [0 0 841." in page.pdf(prefer_css_page_size=True)


def test_four_methods_are_accessible(visit):
    window = visit()
    page = window.page
    _pick(window, "Aktivierende Befragung", "Barcamp", "Charrette", "Design Thinking")
    assert_accessible(page)
    window.assert_calm()
