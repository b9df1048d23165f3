"""Export, import into an empty database, export: the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction

from wagtail.models import Locale

import pytest

from hub.exchange.exporter import Exporter
from hub.exchange.importer import Importer
from methods.models import MethodPage
from network.models import Person
from tests.starter import STARTER, keep, shared_copy

from .content import content, write

pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}


def through_an_empty_house(
    source: Path, target: Path, meanwhile: Callable[[], None] = lambda: None
) -> list:
    """Import, import again, export, and leave the database as empty as before."""
    with transaction.atomic():
        first = Importer(source).run()
        meanwhile()
        second = Importer(source).run()
        Exporter().write(target)
        transaction.set_rollback(True)
    cache.clear()
    return [first, second]


def assert_round_trip(
    source: Path, tmp_path: Path, meanwhile: Callable[[], None] = lambda: None
) -> None:
    first, second = through_an_empty_house(source, tmp_path / "one", meanwhile)
    assert first.total.created > 20
    assert first.differences == []
    assert (second.total.created, second.total.updated) == (0, 0)
    assert second.differences == []
    through_an_empty_house(tmp_path / "one", tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two") != {}


def test_small_content(tmp_path):
    assert_round_trip(write(tmp_path / "small", content()), tmp_path)
    assert set(files(tmp_path / "one")) == {f"{name}.json" for name in content()}


def test_the_whole_starter_content(tmp_path, tmp_path_factory):
    """The golden queries of the search need it, too: they get it from here."""
    copy = shared_copy(tmp_path_factory)
    assert_round_trip(STARTER, tmp_path, lambda: keep(copy))


def test_files_are_calm_to_compare(tmp_path):
    Importer(write(tmp_path / "small", content())).run()
    call_command("export", to=tmp_path / "out", verbosity=0)
    text = (tmp_path / "out" / "districts.json").read_text("utf-8")
    assert text.startswith('{\n "format": 1,\n "rows": [\n  {\n   "area_km2": 2.87,')
    assert text.endswith(' "subject": "districts"\n}\n')
    assert "null" not in text


def test_real_people_are_not_exported(tmp_path):
    Importer(write(tmp_path / "small", content())).run()
    person = Person.objects.create(name="Erika Muster", slug_de="erika-muster")
    page = MethodPage.objects.get(
        slug="cafe", locale=Locale.objects.get(language_code="de")
    )
    person.involvements.create(page=page, role="led", basis="self")
    person.method_links.create(method=page)
    Exporter().write(tmp_path / "out")
    written = files(tmp_path / "out")
    assert "people.json" not in written
    assert not any("erika" in text.casefold() for text in written.values())
