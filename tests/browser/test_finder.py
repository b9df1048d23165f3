"""Planning in a real browser: from the first page to a shortlist, on a phone, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .accessible import OVERFLOW, assert_accessible

with_and_without_script = pytest.mark.parametrize(
    "javascript", [True, False], ids=["script", "no-script"]
)

#: Plans as people write them, and what an adviser would name.
PLANS = [
    (
        "de",
        "Schulvorplatz mit Volksschulkindern, 6 Wochen, 3.000 Euro",
        ["Grätzlspaziergang", "Luftbildteppich"],
    ),
    (
        "de",
        "verhärteter Streit um Parkplätze, 40 Anrainer*innen",
        ["Mediation", "Dynamic Facilitation"],
    ),
    ("de", "Bezirksbudget mit geloster Gruppe", ["Bürger*innen-Jury"]),
    (
        "en",
        "square in front of a primary school with children, 6 weeks, €3,000",
        ["Neighbourhood walk"],
    ),
    (
        "en",
        "entrenched dispute about parking, 40 local residents",
        ["Mediation", "Dynamic Facilitation"],
    ),
    ("en", "district budget with a randomly selected group", ["Citizens’ jury"]),
]
FINDER = {"de": "/de/methoden/finder/", "en": "/en/methods/finder/"}


def _shortlist(page) -> list[str]:
    """Titles above the folded group, without soft hyphens."""
    titles = page.locator("#inhalt .entry--reason h3").all_inner_texts()
    return [title.replace("\u00ad", "") for title in titles]


@with_and_without_script
def test_from_the_first_page_to_a_shortlist_and_on_to_a_comparison(visit, javascript):
    window = visit(javascript=javascript)
    page = window.page
    window.open("/de/")
    page.get_by_role("link", name="Planen", exact=True).click()
    page.get_by_label("Ideen sammeln", exact=True).check()
    page.get_by_label("Kinder", exact=True).check()
    page.get_by_role("textbox", name="Wie viele Wochen sind es").fill("3 Wochen")
    page.get_by_label("Budget", exact=True).fill("viel")
    page.get_by_role("button", name="Vorschläge zeigen").click()

    expect(
        page.get_by_role("heading", name="Was geht in 3 Wochen noch?")
    ).to_be_visible()
    expect(page.get_by_text("„viel“ ist keine ganze Zahl").first).to_be_visible()
    assert "Sprechstunde im Grätzl" in _shortlist(page)

    page.get_by_text("Antworten ändern").click()
    expect(page.get_by_label("Budget", exact=True)).to_have_value("viel")
    page.get_by_label("Budget", exact=True).fill("3.000")
    page.get_by_role("button", name="Vorschläge zeigen").click()
    expect(page.get_by_text("3.000 Euro").first).to_be_visible()

    page.get_by_text("Passt eher nicht").last.click()
    expect(page.get_by_text("Vorlauf, Sie haben 3").last).to_be_visible()

    boxes = page.locator("input[name=m]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Ausgewählte vergleichen").click()
    page.wait_for_url(re.compile(r"/vergleich/\?m=method-\d+&m=method-\d+"))
    expect(page.get_by_role("table")).to_be_visible()
    window.assert_calm()


@pytest.mark.parametrize(("language", "plan", "named"), PLANS)
def test_a_plan_in_words_leads_to_a_shortlist_on_a_phone(visit, language, plan, named):
    window = visit(javascript=False, width=320)
    page = window.page
    window.open(FINDER[language])
    page.locator("#vorhaben").fill(plan)
    page.locator(".told button").click()
    page.wait_for_url(re.compile("vorhaben="))
    found = _shortlist(page)
    assert found
    for title in named:
        assert any(title in one for one in found[:4]), found
    cards = page.locator(".entry--reason")
    for card in cards.all():
        expect(card.locator(".crit").first).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0


def test_on_paper_every_line_has_its_reasons_and_the_way_back(visit):
    window = visit()
    page = window.page
    window.open(f"{FINDER['de']}?wochen=3&zielgruppe=children&budget=3000")
    page.emulate_media(media="print")
    expect(page.locator(".print-info .qr")).to_be_visible()
    expect(page.locator(".entry--reason .crit").first).to_be_visible()
    expect(page.get_by_text("Antworten ändern")).to_be_hidden()
    expect(page.get_by_role("button", name="Ausgewählte vergleichen")).to_be_hidden()
    assert len(page.pdf()) > 10_000


def test_the_search_offers_the_finder_for_a_plan(visit):
    window = visit()
    page = window.page
    window.open("/de/suche/?q=Platz umgestalten mit Jugendlichen in 5 Wochen")
    page.get_by_role("link", name="Passende Methoden mit diesen Angaben zeigen").click()
    expect(page.get_by_text("5 Wochen").first).to_be_visible()
    assert_accessible(page)
