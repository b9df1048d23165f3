"""Every page type in both languages and themes: accessible, calm, no side scroll."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from .pages import ALL, IDS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def _violations(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} — {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("name", "language", "path"), ALL, ids=IDS)
def test_page(visit, name, language, path):
    """axe finds nothing in any theme and width; nothing scrolls sideways."""
    window = visit()
    response = window.open(path)
    assert response.status == (404 if name == "not-found" else 200)
    html = window.page.locator("html")
    assert html.get_attribute("lang").startswith(language)
    for width in (320, 1280):
        window.page.set_viewport_size({"width": width, "height": 900})
        overflow = window.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{overflow} px to the side at {width} px"
        for theme in ("light", "dark"):
            window.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert _violations(window.page) == [], f"{width} px, {theme}"
    if name != "not-found":  # the browser itself logs the status as an error
        window.assert_calm()
