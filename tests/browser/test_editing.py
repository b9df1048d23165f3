"""The editor's journey in the admin: written, sent to review, published, found.

The admin needs JavaScript and a German browser sees it in German. Linking, previewing
and translating are tested through the same views in ``tests/editing``.
"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

PASSWORD = "mitwirken-probe"
TITLE = "Beispielfall Trinkbrunnen am Beispielplatz"
ADDRESS = "/de/fallbeispiele/beispielfall-trinkbrunnen-am-beispielplatz/"


@pytest.fixture
def sign_in(visit):
    """Windows of the demo users: ``sign_in("redaktion")``."""

    def make(name: str):
        window = visit(locale="de-AT")
        window.open("/admin/login/")
        window.page.fill("input[name=username]", name)
        window.page.fill("input[name=password]", PASSWORD)
        window.page.click("button[type=submit]")
        expect(window.page.locator("h1").first).to_be_visible()
        return window

    return make


def _choose(page, action: re.Pattern[str]) -> None:
    """An action of the page editor, from the drop-down where it is not the first."""
    button = page.get_by_role("button", name=action)
    if not button.first.is_visible():
        page.get_by_role("button", name="Mehr Aktionen").first.click()
    button.first.click()


def test_case_is_written_reviewed_published_and_found(visit, sign_in):
    editor = sign_in("redaktion")
    page = editor.page
    editor.open("/admin/pages/search/?q=Fallbeispiele")
    page.get_by_role("link", name="Fallbeispiele", exact=True).first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/"))
    index = re.search(r"/pages/(\d+)/", page.url).group(1)
    editor.open(f"/admin/pages/add/casestudies/casestudypage/{index}/")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=summary]", "Erfunden: Ein Brunnen für heiße Tage.")
    story = page.locator("section", has=page.locator("h2", has_text="Geschichte"))
    story.locator("button[title]").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    story.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Der Platz war im Sommer heiß.")
    # The rich text editor hands over what was typed a moment later.
    typed = page.locator("[name=story-0-value]")
    expect(typed).to_have_value(re.compile("Sommer hei"))
    _choose(page, re.compile("einreichen"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/"))
    assert editor.open(ADDRESS).status == 404

    reviewer = sign_in("freigabe")
    reviewer.page.get_by_role("link", name=TITLE).first.click()
    reviewer.page.wait_for_url(re.compile(r"/edit/"))
    _choose(reviewer.page, re.compile("^Freigeben und Veröffentlichen"))
    reviewer.page.wait_for_url(re.compile(r"/admin/(pages/\d+/)?$"))

    reader = visit(javascript=False)
    assert reader.open(ADDRESS).status == 200
    expect(reader.page.locator("h1")).to_have_text(TITLE)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        reader.open("/de/suche/?q=Trinkbrunnen")
        if reader.page.get_by_role("link", name=TITLE).count():
            break
    expect(reader.page.get_by_role("link", name=TITLE).first).to_be_visible()
