"""The Merkliste in a real browser: kept there, shown by an address, told to nobody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from tests.conftest import require

from .accessible import assert_accessible
from .test_html import VNU

METHOD, CASE = "/de/methoden/world-cafe/", "/de/fallbeispiele/klimateam-2023/"
PERSON = "/de/netzwerk/personen/beispielperson-ahorn/"
LIST, ENGLISH = "/de/merkliste/", "/en/shortlist/"
KEPT = "JSON.parse(localStorage.getItem('merkliste')).entries.map((e) => e.m)"
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("", "SecurityError"); } })"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("", "QuotaExceededError"); }"""


def note(window, *paths) -> list[str]:
    """Note these pages by their button; their references."""
    for path in paths:
        window.open(path)
        button = window.page.locator("[data-note]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    return window.page.evaluate(KEPT)


def count(window):
    return window.page.locator("[data-noted-count] .num")


def entries(window):
    return window.page.locator("ol.entries > li")


def test_a_list_is_made_shared_and_emptied_without_a_script(visit):
    window = visit(javascript=False)
    page = window.page
    window.open(METHOD)
    expect(page.locator("[data-note]")).to_be_hidden()
    expect(page.locator("[data-print]")).to_be_hidden()
    page.get_by_role("link", name="Auf einer Merkliste öffnen").click()
    expect(page.get_by_role("heading", name="World Café")).to_be_visible()
    page.get_by_label("Adresse einer Seite").fill(window.site + PERSON)
    page.get_by_role("button", name="Auf die Liste").click()
    expect(entries(window)).to_have_count(2)
    assert re.search(r"\?m=method-\d+&m=person-\d+$", page.url)
    expect(page.locator("textarea")).to_have_count(2)
    expect(page.locator("textarea").first).to_be_hidden()
    page.get_by_role("link", name=re.compile("Entfernen ?: World Café")).click()
    expect(entries(window)).to_have_count(1)
    page.get_by_role("link", name=re.compile("^Entfernen")).click()
    expect(page.get_by_text("So funktioniert die Merkliste")).to_be_visible()
    window.assert_calm()


def test_what_was_noted_stays_in_the_browser(visit):
    window = visit()
    page, told = window.page, []
    page.on("request", lambda r: told.append(f"{r.url} {r.post_data or ''}"))
    references = note(window, METHOD, PERSON)
    expect(count(window)).to_have_text("2")
    window.open(LIST)
    query = "&".join(f"m={reference}" for reference in references)
    page.wait_for_url(f"{window.site}{LIST}?{query}")
    first = page.get_by_label("Eigene Notiz: World Café")
    first.fill("Geheimnotiz\nzweite Zeile")
    page.reload()
    expect(first).to_have_value("Geheimnotiz\nzweite Zeile")
    page.emulate_media(media="print")
    expect(first).to_be_hidden()
    printed = page.locator(".noted-printed")
    expect(printed.first).to_have_text("Geheimnotiz\nzweite Zeile")
    expect(printed.nth(1)).to_be_hidden()
    expect(page.locator(".print-info .qr")).to_be_visible()
    page.emulate_media(media="screen")
    with page.expect_download() as loading:
        page.get_by_role("link", name="als Markdown mit Ihren Notizen").click()
    text = loading.value.path().read_text()
    assert "> **Eigene Notiz:** Geheimnotiz\n> zweite Zeile\n\n## 2." in text
    assert "nicht in dieser Datei" not in text
    assert loading.value.suggested_filename.startswith("merkliste-")
    assert not [line for line in told if "Geheimnotiz" in line]
    window.assert_calm()


def test_taken_off_again_by_button_and_by_link(visit):
    window = visit()
    page = window.page
    note(window, CASE, METHOD)
    page.locator("[data-note]").click()
    expect(page.locator("[data-note]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-noted-status]")).to_have_text(re.compile("entfernt"))
    expect(count(window)).to_have_text("1")
    window.open(LIST)
    page.get_by_role("link", name=re.compile("^Entfernen")).click()
    page.wait_for_url(re.compile(r"/merkliste/\??$"))
    expect(page.locator("[data-noted-count]")).to_be_hidden()
    assert page.evaluate(KEPT) == []


def test_all_is_deleted_after_a_question_only(visit):
    window = visit()
    page = window.page
    note(window, METHOD)
    window.open(LIST)
    button = page.get_by_role("button", name="Alles löschen")
    page.once("dialog", lambda dialog: dialog.dismiss())
    button.click()
    assert len(page.evaluate(KEPT)) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    button.click()
    page.wait_for_url(f"{window.site}{LIST}")
    assert page.evaluate(KEPT) == []


def test_a_shared_list_comes_to_the_own_one_when_asked(visit):
    (shared,) = note(visit(), PERSON)
    window = visit()
    page = window.page
    (own,) = note(window, METHOD)
    window.open(f"{LIST}?m={shared}&m=person-999999")
    expect(page.get_by_text("Das ist eine geteilte Liste.")).to_be_visible()
    expect(page.get_by_role("button", name="Alles löschen")).to_be_hidden()
    expect(page.locator("textarea").first).to_be_hidden()
    page.get_by_role("button", name="In meine Merkliste übernehmen").click()
    page.wait_for_url(f"{window.site}{LIST}?m={own}&m={shared}")
    expect(page.get_by_text("Das ist eine geteilte Liste.")).to_be_hidden()
    window.open(f"{LIST}?m={shared}")
    expect(page.get_by_text("Das ist nicht Ihre ganze Merkliste.")).to_be_visible()
    page.get_by_role("link", name="Meine Merkliste zeigen").click()
    expect(entries(window)).to_have_count(2)
    window.assert_calm()


def test_two_windows_know_of_each_other(visit, site):
    window = visit()
    window.open("/de/")
    other = window.page.context.new_page()
    other.goto(site + METHOD)
    other.locator("[data-note]").click()
    expect(count(window)).to_have_text("1")
    window.open(METHOD)
    expect(window.page.locator("[data-note]")).to_have_attribute("aria-pressed", "true")
    other.locator("[data-note]").click()
    expect(window.page.locator("[data-note]")).to_have_attribute(
        "aria-pressed", "false"
    )


@pytest.mark.parametrize(
    "rubbish",
    [
        "{",
        "null",
        "[]",
        "7",
        '"x"',
        '{"version": 0, "entries": []}',
        '{"version": 1}',
        '{"version": 1, "entries": {"m": "method-1"}}',
    ],
)
def test_rubbish_is_told_and_no_error(visit, rubbish):
    window = visit()
    window.open(LIST)
    window.page.evaluate("text => localStorage.setItem('merkliste', text)", rubbish)
    window.open(LIST)
    status = window.page.locator("[data-noted-status]")
    expect(status).to_have_text(re.compile("nicht lesbar"))
    assert len(note(window, METHOD)) == 1
    window.assert_calm()


def test_entries_that_are_none_are_left_out(visit):
    window = visit()
    window.open(LIST)
    kept = [
        None,
        7,
        {"m": 5},
        {"m": "x"},
        {"m": "method-1", "note": 3},
        {"m": "method-1"},
    ]
    text = json.dumps({"version": 1, "entries": kept})
    window.page.evaluate("text => localStorage.setItem('merkliste', text)", text)
    window.open(LIST)
    window.page.wait_for_url(f"{window.site}{LIST}?m=method-1")
    window.assert_calm()


def test_a_browser_that_keeps_nothing_still_has_the_address(visit):
    window = visit()
    window.page.add_init_script(BLOCKED)
    window.open(METHOD)
    expect(window.page.locator("[data-note]")).to_be_hidden()
    window.page.get_by_role("link", name="Auf einer Merkliste öffnen").click()
    status = window.page.locator("[data-noted-status]")
    expect(status).to_have_text(re.compile("lässt diese Website nichts speichern"))
    expect(window.page.locator("[data-noted-shared]")).to_be_hidden()
    expect(entries(window)).to_have_count(1)
    window.assert_calm()


def test_a_full_browser_says_so(visit):
    window = visit()
    window.page.add_init_script(FULL)
    window.open(METHOD)
    window.page.locator("[data-note]").click()
    status = window.page.locator("[data-noted-status]")
    expect(status).to_have_text(re.compile("voll oder gesperrt"))
    expect(window.page.locator("[data-note]")).to_have_attribute(
        "aria-pressed", "false"
    )
    window.assert_calm()


def test_there_is_room_for_fifty(visit):
    window = visit()
    window.open(LIST)
    kept = [{"m": f"person-{number}", "note": ""} for number in range(1001, 1051)]
    text = json.dumps({"version": 1, "entries": kept})
    window.page.evaluate("text => localStorage.setItem('merkliste', text)", text)
    window.open(METHOD)
    window.page.locator("[data-note]").click()
    status = window.page.locator("[data-noted-status]")
    expect(status).to_have_text(re.compile("50 Einträge"))
    assert len(window.page.evaluate(KEPT)) == 50


@pytest.mark.parametrize("path", [LIST, ENGLISH])
def test_the_own_list_is_accessible(visit, path):
    window = visit()
    references = note(window, METHOD, CASE, PERSON)
    window.open(f"{path}?m={'&m='.join(references)}&m=person-999999&m=x")
    assert_accessible(window.page)
    window.open(f"{path}?m={'&m='.join(references)}")
    window.page.locator("textarea").first.fill("Notiz")
    assert_accessible(window.page)
    window.open(METHOD)
    window.page.locator("[data-note]").click()
    assert_accessible(window.page)
    window.assert_calm()


def test_the_own_list_is_valid_html(visit, tmp_path):
    require(VNU.exists(), "the HTML checker (make browser installs it)")
    require(bool(shutil.which("java")), "Java")
    window = visit()
    references = note(window, METHOD, CASE, PERSON)
    files = []
    for name, path in (("de", LIST), ("en", ENGLISH)):
        answer = window.open(f"{path}?m={'&m='.join(references)}&m=x&dazu=x")
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes(answer.body())
    run = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
