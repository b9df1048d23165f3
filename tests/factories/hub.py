"""The site in two languages, vocabularies, glossary terms and easy texts."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from wagtail.models import Locale, Page, Site

from hub.models import (
    EasyIndexPage,
    EasyText,
    GlossaryPage,
    GlossaryTerm,
    HomePage,
    TargetGroup,
    Topic,
)


def locales() -> dict[str, Locale]:
    """German and English."""
    return {
        code: Locale.objects.get_or_create(language_code=code)[0]
        for code in ("de", "en")
    }


def homes() -> dict[str, HomePage]:
    """The first page of each language, as the root of the site."""
    found = locales()
    german = HomePage.objects.filter(locale=found["de"]).first()
    if german is None:
        german = HomePage(
            title="Drehscheibe",
            slug="start",
            locale=found["de"],
            headline_first="Mitreden.",
            headline_second="Mitgestalten.",
        )
        Page.get_first_root_node().add_child(instance=german)
    english = german.get_translation_or_none(found["en"])
    if english is None:
        english = translation_of(german)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page = german
    site.save()
    return {"de": german, "en": HomePage.objects.get(pk=english.pk)}


def section(model: type[Page], de: tuple[str, str], en: tuple[str, str]) -> dict:
    """A section page in both languages: (title, slug) each."""
    roots = homes()
    page = model(title=de[0], slug=de[1], locale=roots["de"].locale)
    roots["de"].add_child(instance=page)
    english = translation_of(page, title=en[0], slug=en[1])
    return {"de": page, "en": english}


def translation_of(page: Page, **values: Any) -> Page:
    """The published English translation of a page."""
    english = page.copy_for_translation(locales()["en"])
    for name, value in values.items():
        setattr(english, name, value)
    # As published, without a revision: those that are made by editing have tests of
    # their own, and half of the time of all tests went into revisions nobody read.
    english.live, english.has_unpublished_changes = True, False
    english.first_published_at = english.last_published_at = timezone.now()
    english.save()
    return type(page).objects.get(pk=english.pk)


def glossary_section() -> dict:
    return section(GlossaryPage, ("Glossar", "glossar"), ("Glossary", "glossary"))


def easy_section() -> dict:
    return section(
        EasyIndexPage, ("Leicht Lesen", "leicht-lesen"), ("Easy Read", "easy-read")
    )


def topic(code: str = "mobility", name: str = "Mobilität", en: str = "") -> Topic:
    return Topic.objects.get_or_create(
        code=code, defaults={"name_de": name, "name_en": en or name}
    )[0]


def target_group(code: str = "youth", name: str = "Jugendliche") -> TargetGroup:
    return TargetGroup.objects.get_or_create(
        code=code, defaults={"name_de": name, "name_en": code.title()}
    )[0]


def term(slug: str, **values: Any) -> GlossaryTerm:
    """A glossary term; English texts follow the German ones unless given."""
    defaults = {
        "slug_de": slug,
        "slug_en": f"{slug}-en",
        "term_de": slug.title(),
        "term_en": f"{slug.title()} EN",
        "definition_de": f"Erklärung von {slug}.",
        "definition_en": f"Explanation of {slug}.",
    }
    return GlossaryTerm.objects.create(**(defaults | values))


def easy_text(target: Any, language: str = "de", **values: Any) -> EasyText:
    """An easy text of a German page or of a record."""
    place = (
        {"page_id": target.pk}
        if isinstance(target, Page)
        else {
            "content_type": ContentType.objects.get_for_model(type(target)),
            "object_id": target.pk,
        }
    )
    defaults = {
        "title": "Einfach gesagt",
        "sentences": "Das ist ein Satz.\nDas ist noch ein Satz.",
        "locale": locales()[language],
    }
    return EasyText.objects.create(**(defaults | place | values))
