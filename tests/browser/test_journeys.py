"""The three journeys, as the people of the house's design would take them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect


@dataclass(frozen=True)
class Words:
    """What a person types and reads in one language."""

    home: str
    query: str
    mistyped: str
    correction: str
    people_query: str
    method: str
    at_a_glance: str
    office: str
    send: str
    other_language: str


GERMAN = Words(
    home="/de/",
    query="Jugendliche Park",
    mistyped="Losverfaren",
    correction="Losverfahren",
    people_query="Energieplanung",
    method="Methode",
    at_a_glance="Auf einen Blick",
    office="Frage an das Büro",
    send="Frage senden",
    other_language="en",
)
ENGLISH = Words(
    home="/en/",
    query="young people park",
    mistyped="asembly",
    correction="assembly",
    people_query="energy planning",
    method="Method",
    at_a_glance="At a glance",
    office="Ask the office",
    send="Send question",
    other_language="de",
)

both_languages = pytest.mark.parametrize("words", [GERMAN, ENGLISH], ids=["de", "en"])
with_and_without_script = pytest.mark.parametrize(
    "javascript", [True, False], ids=["script", "no-script"]
)


def _search(page, text: str, people: bool = False) -> None:
    form = page.locator("main form[role=search]").first
    if people:
        form.locator("label", has=page.locator("input[value=menschen]")).click()
    form.locator("input[name=q]").fill(text)
    form.locator("button").first.click()
    page.wait_for_url(re.compile(r"[?&]q="))


@both_languages
@with_and_without_script
def test_official_finds_methods_cases_and_someone_to_ask(visit, words, javascript):
    window = visit(javascript=javascript)
    page = window.page
    window.open(words.home)
    _search(page, words.query)
    expect(page.locator("article.entry h2 a").first).to_be_visible()

    page.locator("nav.tabs a", has_text=words.method).first.click()
    page.locator("article.entry h2 a").first.click()
    expect(page.get_by_text(words.at_a_glance)).to_be_visible()

    page.get_by_role("link", name=words.office).first.click()
    expect(page.locator("main form textarea")).to_be_visible()
    window.assert_calm()


@both_languages
@with_and_without_script
def test_official_types_wrongly_and_is_understood(visit, words, javascript):
    window = visit(javascript=javascript)
    window.open(words.home)
    _search(window.page, words.mistyped)
    expect(window.page.locator(".didyoumean")).to_contain_text(words.correction)


@both_languages
@with_and_without_script
def test_multiplier_finds_the_department_and_reaches_the_office(
    visit, words, javascript, site_dir
):
    window = visit(javascript=javascript)
    page = window.page
    window.open(words.home)
    _search(page, words.people_query, people=True)
    first = page.locator("article.entry h2 a").first
    expect(first).to_contain_text("MA\u00a020")
    expect(page.locator("article.entry .reasons li").first).to_be_visible()
    first.click()
    page.get_by_role("link", name=words.office).first.click()

    page.locator("main input[type=email]").fill("beispielperson@example.org")
    page.locator("main input[name=subject]").fill("Schatten im Schulhof")
    page.locator("main textarea").fill("Wer ist zuständig, und wer hat es schon getan?")
    page.wait_for_timeout(3500)  # faster than a person can type is a trap for robots
    page.get_by_role("button", name=words.send).click()
    page.wait_for_load_state()
    expect(page.locator("main form textarea")).to_have_count(0)
    assert any((site_dir / "mail").iterdir())
    window.assert_calm()


@both_languages
@with_and_without_script
def test_language_switch_and_theme_keep_the_place(visit, words, javascript):
    window = visit(javascript=javascript)
    page = window.page
    path = "methoden" if words is GERMAN else "methods"
    window.open(f"{words.home}{path}/world-cafe/")
    page.locator(".to-dark").first.click()
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(f"a[hreflang={words.other_language}]").first.click()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text("World Café")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert f"/{words.other_language}/" in page.url


def test_suggestions_are_a_combobox_driven_by_keys(visit):
    window = visit()
    page = window.page
    window.open("/de/")
    box = page.locator("main input[name=q]").first
    box.click()
    box.press_sequentially("World", delay=60)
    option = page.locator("[role=option]").first
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    window.assert_calm()
