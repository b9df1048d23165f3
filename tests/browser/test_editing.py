"""The editor's journey in the admin: written, sent to review, published, translated,
published in English, found in both languages.

The admin needs JavaScript and a German browser sees it in German. Linking and previewing
are tested through the same views in ``tests/editing``.
"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

PASSWORD = "mitwirken-probe"
TITLE = "Beispielfall Trinkbrunnen am Beispielplatz"
ADDRESS = "/de/fallbeispiele/beispielfall-trinkbrunnen-am-beispielplatz/"
#: Title, summary and text, in the order of the translation editor.
ENGLISH = (
    "Example case: drinking fountain on an example square",
    "Invented: a fountain for hot days.",
    "The square was hot in summer.",
)
ENGLISH_ADDRESS = (
    "/en/case-studies/example-case-drinking-fountain-on-an-example-square/"
)


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


def _write(editor) -> None:
    """A German case with one block of text, sent to review."""
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


def _publish(reviewer) -> int:
    """The reviewer finds the case on the desk and publishes it; returns its number."""
    reviewer.page.get_by_role("link", name=TITLE).first.click()
    reviewer.page.wait_for_url(re.compile(r"/edit/"))
    number = re.search(r"/pages/(\d+)/edit", reviewer.page.url).group(1)
    _choose(reviewer.page, re.compile("^Freigeben und Veröffentlichen"))
    reviewer.page.wait_for_url(re.compile(r"/admin/(pages/\d+/)?$"))
    return int(number)


def _translate(editor, number: int) -> str:
    """Every text of the case in English, reported as ready; returns the address of the
    translation editor."""
    page = editor.page
    editor.open(f"/admin/localize/submit/page/{number}/")
    page.get_by_label("Englisch").check()
    page.locator("main input[type=submit], main button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/edit/"))
    address = page.url
    editing = page.locator("section:not([hidden]) > section")
    expect(editing.get_by_role("button", name="Übersetzen", exact=True)).to_have_count(
        len(ENGLISH)
    )
    for text in ENGLISH:
        editing.get_by_role("button", name="Übersetzen", exact=True).first.click()
        editing.locator("textarea").first.fill(text)
        editing.get_by_role("button", name="Speichern", exact=True).click()
        expect(editing.get_by_text(text)).to_be_visible()
        expect(editing.locator("textarea")).to_have_count(0)
    page.goto(address)
    page.get_by_role("button", name="Fertig melden", exact=True).click()
    expect(page.get_by_text("wartet auf die Freigabe").first).to_be_visible()
    return address


def _finds(reader, address: str, title: str) -> None:
    """The public search finds the page a moment later."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        reader.open(address)
        if reader.page.get_by_role("link", name=title).count():
            break
    expect(reader.page.get_by_role("link", name=title).first).to_be_visible()


def test_case_is_written_published_translated_and_found(visit, sign_in):
    editor, reader = sign_in("redaktion"), visit(javascript=False)
    _write(editor)
    assert editor.open(ADDRESS).status == 404

    reviewer = sign_in("freigabe")
    number = _publish(reviewer)
    assert reader.open(ADDRESS).status == 200
    expect(reader.page.locator("h1")).to_have_text(TITLE)
    _finds(reader, "/de/suche/?q=Trinkbrunnen", TITLE)

    english = _translate(editor, number)
    assert reader.open(ENGLISH_ADDRESS).status == 404
    reviewer.page.goto(english)
    reviewer.page.get_by_role("button", name="Freigeben und veröffentlichen").click()
    expect(
        reviewer.page.get_by_text("Veröffentlicht und auf dem Stand").first
    ).to_be_visible()
    assert reader.open(ENGLISH_ADDRESS).status == 200
    expect(reader.page.locator("h1")).to_have_text(ENGLISH[0])
    expect(reader.page.get_by_text(ENGLISH[2])).to_be_visible()
    _finds(reader, "/en/search/?q=drinking+fountain", ENGLISH[0])
