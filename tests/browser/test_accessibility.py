"""Every page type in both languages and themes: accessible, calm, no side scroll."""

from __future__ import annotations

import pytest

from .accessible import assert_accessible
from .pages import ALL, IDS


@pytest.mark.parametrize(("name", "language", "path"), ALL, ids=IDS)
def test_page(visit, name, language, path):
    window = visit()
    response = window.open(path)
    assert response.status == (404 if name == "not-found" else 200)
    html = window.page.locator("html")
    assert html.get_attribute("lang").startswith(language)
    assert_accessible(window.page)
    if name != "not-found":  # the browser itself logs the status as an error
        window.assert_calm()
