"""What every page must be in every theme and width."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
#: Pixels to the right of the window.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _violations(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} — {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def assert_accessible(page) -> None:
    """axe finds nothing in any theme and width; nothing scrolls sideways."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate(OVERFLOW)
        assert overflow <= 0, f"{overflow} px to the side at {width} px"
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert _violations(page) == [], f"{width} px, {theme}"
