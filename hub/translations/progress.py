"""How far a translation is, told from wagtail-localize's own records."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.text import slugify

from wagtail.models import Page

from wagtail_localize.models import StringTranslation, Translation

from .texts import SLUG, digest


def record_of(page: Page) -> Translation | None:
    """wagtail-localize's record of this page as a translation from German."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key,
            source__locale__language_code=settings.LANGUAGE_CODE,
            target_locale_id=page.locale_id,
        )
        .select_related("source", "target_locale")
        .first()
    )


def records_from(page: Page) -> list[Translation]:
    """The records of all translations made from a German page."""
    return list(
        Translation.objects.filter(
            source__object_id=page.translation_key, source__locale_id=page.locale_id
        ).select_related("source", "target_locale")
    )


def target_of(record: Translation) -> Page | None:
    """The page a record translates into, where it exists already."""
    model = record.source.specific_content_type.model_class()
    return model._base_manager.filter(
        translation_key=record.source.object_id, locale_id=record.target_locale_id
    ).first()


def count_missing(record: Translation) -> int:
    """How many texts of the German page have no usable translation.

    The address is not counted: it comes by itself as soon as there is a title.
    """
    keep_address(record)
    return (
        record.source.stringsegment_set.exclude(context__path=SLUG)
        .annotate_translation(record.target_locale)
        .filter(translation__isnull=True)
        .count()
    )


def is_built_from(page: Page, record: Translation) -> bool:
    """Whether a draft was made of all texts the German page has today."""
    return bool(page.text_digest) and page.text_digest == digest(
        record.source.as_instance()
    )


def has_unread_texts(record: Translation, page: Page) -> bool:
    """Whether translations were written after the live version, so nobody read them."""
    if page.live_revision is None:
        return True
    segments = record.source.stringsegment_set.all()
    return (
        segments.get_translations(record.target_locale)
        .filter(updated_at__gt=page.live_revision.created_at)
        .exists()
    )


def keep_address(record: Translation) -> None:
    """Give the address a translation without asking the editor for it.

    A page that has an English address keeps it, whatever the German one becomes; a new
    one gets it from its English title. Editors may type another one at any time.
    """
    segment = (
        record.source.stringsegment_set.filter(context__path=SLUG)
        .annotate_translation(record.target_locale)
        .first()
    )
    if segment is None or segment.translation:
        return
    title = _title(record)
    slug = _present_slug(record) or (title and (slugify(title) or segment.string.data))
    if not slug:
        return
    StringTranslation.objects.get_or_create(
        translation_of_id=segment.string_id,
        locale_id=record.target_locale_id,
        context_id=segment.context_id,
        defaults={
            "data": slug,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
        },
    )


def _present_slug(record: Translation) -> str:
    target = target_of(record)
    if target is None or target.alias_of_id or not target.text_digest:
        return ""
    return target.slug


def _title(record: Translation) -> str:
    segment: Any = (
        record.source.stringsegment_set.filter(context__path="title")
        .annotate_translation(record.target_locale)
        .first()
    )
    return (segment and segment.translation) or ""


def with_source_digest(model: type[Page]) -> Any:
    """Translations of one page type, each with the digest of its German page."""
    german = model._base_manager.filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code=settings.LANGUAGE_CODE,
    )
    return (
        model._base_manager.exclude(locale__language_code=settings.LANGUAGE_CODE)
        .filter(alias_of__isnull=True)
        .annotate(source_digest=Subquery(german.values("text_digest")[:1]))
    )
