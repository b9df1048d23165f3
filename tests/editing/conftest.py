"""A small site with one case and one method in German, made the way editors do."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from wagtail.models import Locale, Page, Site

import pytest
from wagtail_localize.models import (
    StringTranslation,
    Translation,
)
from wagtail_localize.operations import translate_object

from casestudies.models import CaseIndexPage, CaseStudyPage
from hub.models import HomePage, Topic
from hub.roles import ROLES
from methods.models import MethodIndexPage, MethodPage


@pytest.fixture
def english(db) -> Locale:
    Locale.objects.get_or_create(language_code="de")
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def home(english) -> HomePage:
    """The German first page, published, with a placeholder in English."""
    german = Locale.objects.get(language_code="de")
    page = HomePage(
        title="Drehscheibe",
        slug="start",
        locale=german,
        headline_first="Mitreden.",
        headline_second="Mitgestalten.",
    )
    Page.get_first_root_node().add_child(instance=page)
    page.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page = page
    site.save()
    return page


@pytest.fixture
def methods(home) -> MethodIndexPage:
    page = home.add_child(instance=MethodIndexPage(title="Methoden", slug="methoden"))
    page.save_revision().publish()
    return page


@pytest.fixture
def cases(home) -> CaseIndexPage:
    page = home.add_child(
        instance=CaseIndexPage(title="Fallbeispiele", slug="fallbeispiele")
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def topics(db) -> dict[str, Topic]:
    return {
        code: Topic.objects.create(code=code, name_de=name, name_en=code)
        for code, name in {"shade": "Schatten", "traffic": "Verkehr"}.items()
    }


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


@pytest.fixture
def method(methods, topics) -> MethodPage:
    """A published German method with texts, numbers, relations and tags."""
    page = MethodPage(
        title="Planungszelle",
        slug="planungszelle",
        summary="Zufällig ausgewählte Menschen beraten.",
        how_it_works="<p>Erst lesen.</p><p>Dann reden.</p>",
        group_size_min=20,
        group_size_max=25,
        effort="high",
        steps=[
            block("step", {"title": "Losen", "text": "Menschen losen.", "when": ""})
        ],
        strengths=[block("item", "Alle können mitreden.")],
        sources=[block("source", {"title": "Stadt Wien", "url": "", "type": "other"})],
    )
    methods.add_child(instance=page)
    page.topics.set(topics.values())
    page.tags.add("Losverfahren")
    page.save()
    page.save_revision().publish()
    return MethodPage.objects.get(pk=page.pk)


@pytest.fixture
def case(cases, topics) -> CaseStudyPage:
    page = CaseStudyPage(
        title="Platz für alle",
        slug="platz-fuer-alle",
        summary="Ein Platz wird neu gestaltet.",
        year_from=2023,
        story=[block("paragraph", "<p>Es war einmal ein Platz.</p>")],
    )
    cases.add_child(instance=page)
    page.save_revision().publish()
    return CaseStudyPage.objects.get(pk=page.pk)


def publish(page: Page, **changes: Any) -> Page:
    """Change a page as the editor does, on its latest draft, and publish it."""
    page = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def start(page: Page, locale: Locale) -> Translation:
    """Submit a German page for translation."""
    translate_object(page, [locale])
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale=locale
    )


def fill(record: Translation, only: int | None = None) -> int:
    """Translate what is missing, the address excepted; return how many texts."""
    segments = (
        record.source.stringsegment_set.exclude(context__path="slug")
        .annotate_translation(record.target_locale)
        .filter(translation__isnull=True)
        .order_by("order")[:only]
    )
    for segment in segments:
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=record.target_locale,
            context=segment.context,
            data=f"EN {segment.string.data}",
            translation_type="manual",
        )
    return len(segments)


def translate(page: Page, locale: Locale) -> Page:
    """The complete, published English version of a German page."""
    record = start(page, locale)
    fill(record)
    record.save_target(publish=True)
    return live(page, locale)


def live(page: Page, locale: Locale) -> Page:
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


@pytest.fixture
def roles(db) -> dict[str, Any]:
    """The groups, and one user of each."""
    call_command("setup_groups")
    users = {}
    for name in ROLES:
        user = get_user_model().objects.create_user(
            username=name.lower(), email=f"{name.lower()}@example.org", password="x"
        )
        user.groups.add(Group.objects.get(name=name))
        users[name] = user
    return users


@pytest.fixture
def as_role(roles) -> Any:
    """A signed-in client of a role."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(roles[name])
        return client

    return sign_in
