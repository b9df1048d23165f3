"""An import into an empty house, and imports that store nothing or little."""

from __future__ import annotations

from wagtail.models import Locale, Page, Site

import pytest

from hub.models import ExchangeItem, HomePage
from network.models import District, Organisation

from .content import CONTENT

pytestmark = pytest.mark.django_db


def test_first_run_makes_languages_and_one_site(load):
    assert Page.objects.filter(title__startswith="Welcome").exists()
    load()
    home = HomePage.objects.get(slug="start", locale__language_code="de")
    assert {locale.language_code for locale in Locale.objects.all()} == {"de", "en"}
    assert Site.objects.get().root_page_id == home.pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert home.get_translation(Locale.objects.get(language_code="en")).depth == 2


def test_dry_run_stores_nothing(load):
    report = load(dry_run=True)
    assert report.total.created == sum(map(len, CONTENT.values()))
    assert not ExchangeItem.objects.exists()
    assert not Organisation.objects.exists()
    assert not HomePage.objects.exists()


def test_only_some_subjects(load):
    load(only={"vocabulary", "districts"})
    assert District.objects.count() == 2
    assert not Organisation.objects.exists()
