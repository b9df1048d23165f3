"""Wrong declarations and wrong settings are said at start."""

from __future__ import annotations

import os
import subprocess
import sys

from django.core.exceptions import ImproperlyConfigured

import pytest

from methods.models import MethodPage
from search.checks import find_mistakes
from search.engines import get_engine
from search.registry import Facet, Registry, Source, registry


class GoodSource(Source):
    kind = "thing"
    label = "Ding"
    label_plural = "Dinge"
    model = MethodPage


def ids(*sources, facets=()) -> list[str]:
    checked = Registry()
    for source in sources:
        checked.register(source)
    for facet in facets:
        checked.register_facet(facet)
    return [str(message.id) for message in find_mistakes(checked)]


def test_good_source_is_fine():
    assert ids(GoodSource()) == []


def test_source_without_label():
    class Nameless(Source):
        kind = "thing"
        label_plural = "Dinge"
        model = MethodPage

    assert ids(Nameless()) == ["search.E001"]


def test_kind_twice():
    assert ids(GoodSource(), GoodSource()) == ["search.E002"]


def test_facet_that_nobody_registered():
    class WithFacet(GoodSource):
        facets = ("thema",)

    assert ids(WithFacet()) == ["search.E003"]
    assert ids(WithFacet(), facets=[Facet("thema", "Thema", dict)]) == []


def test_unknown_group():
    class Lost(GoodSource):
        group = "nowhere"

    assert ids(Lost()) == ["search.E004"]


def test_the_site_itself_is_fine():
    assert list(find_mistakes(registry)) == []
    assert set(registry.kinds()) == {
        "method",
        "case",
        "city",
        "guide",
        "programme",
        "term",
        "easy",
        "page",
        "organisation",
        "person",
        "district",
    }


@pytest.mark.parametrize(
    "url", ["ftp://search.example", "https://", "http://:x", "sqlite://", ""]
)
def test_unsupported_engine_is_named(settings, url):
    settings.SEARCH = {**settings.SEARCH, "URL": url}
    with pytest.raises(ImproperlyConfigured, match="embedded://"):
        get_engine()


def test_unsupported_engine_stops_the_start():
    environment = {
        **os.environ,
        "HUB_SEARCH_URL": "ftp://user:secret@search.example",
        "DJANGO_SETTINGS_MODULE": "hub.settings.test",
    }
    command = [sys.executable, "-c", "import django; django.setup()"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert "embedded://" in done.stderr
    assert "secret" not in done.stderr
