"""English pages through wagtail-localize's own records.

An editor who opens such a page later sees a normal, complete translation.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from wagtail.models import Locale

from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments.extract import extract_segments

from .pairs import TARGET
from .parallel import other_addresses, strings_by_path
from .sources import source_of


def real_translations(model: type[Any], pages: Sequence[Any]) -> dict[int, Any]:
    """English pages by the key of their German original, aliases left out."""
    keys = {page.translation_key: page.pk for page in pages}
    others = model._base_manager.filter(
        locale__language_code=TARGET, alias_of__isnull=True, translation_key__in=keys
    )
    return {keys[other.translation_key]: other for other in others}


def hold(page: Any) -> str:
    """Why the translation of a page must be left alone; empty if it need not."""
    source = TranslationSource.objects.get_for_instance_or_none(page)
    translation = (
        source
        and source.translations.filter(target_locale__language_code=TARGET).first()
    )
    if not translation:
        return ""
    if not translation.enabled:
        return "die englische Seite wird ohne Übersetzungshilfe gepflegt"
    other = real_translations(type(page), [page]).get(page.pk)
    if other is None:
        return ""
    if other.has_unpublished_changes or _has_unpublished_strings(source, other):
        return "an der Übersetzung wird gearbeitet"
    return ""


def _has_unpublished_strings(source: TranslationSource, other: Any) -> bool:
    """Whether translations were entered that the English page does not show yet."""
    shown = strings_by_path(extract_segments(other))
    for path, segments in _segments(source, other.locale).items():
        texts = [segment.string.data for segment in shown.get(path, [])]
        if len(texts) != len(segments):
            continue
        for segment, text in zip(segments, texts, strict=True):
            if segment.translation not in (None, text):
                return True
    return False


def _segments(source: TranslationSource, locale: Locale) -> dict[str, list[Any]]:
    """The source's strings with their present translations, by place."""
    found: dict[str, list[Any]] = defaultdict(list)
    rows = (
        StringSegment.objects.filter(source=source)
        .annotate_translation(locale)
        .select_related("context", "string")
        .order_by("order")
    )
    for segment in rows:
        found[segment.context.path].append(segment)
    return found


def write(page: Any, english: Any, names: Collection[str], locale: Locale) -> None:
    """Translate a published German page.

    ``english`` is an unsaved page that holds the English texts of the fields named.
    While other texts still wait for a translator, the English page keeps its texts;
    what has no language followed the German page when that was published.
    """
    source = source_of(page)
    translation, is_new = Translation.objects.get_or_create(
        source=source, target_locale=locale
    )
    _save_strings(source, english, names, locale)
    _save_addresses(source, page, english, names, locale)
    total, done = translation.get_progress()
    if done < total or (not is_new and _was_taken_off(page, locale)):
        return
    # Published here and not by wagtail-localize, which would wait for the commit.
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


def _was_taken_off(page: Any, locale: Locale) -> bool:
    """Whether somebody took the English page off, so that an alias stands in for it."""
    other = page.get_translation_or_none(locale)
    return bool(other and other.alias_of_id)


def _save_strings(
    source: TranslationSource, english: Any, names: Collection[str], locale: Locale
) -> None:
    texts = strings_by_path(extract_segments(english))
    made: dict[tuple[int, int], StringTranslation] = {}
    for path, segments in _segments(source, locale).items():
        if path.split(".")[0] not in names:
            continue
        for segment, text in zip(segments, texts[path], strict=True):
            made[segment.string_id, segment.context_id] = StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=locale,
                data=text.string.data,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                updated_at=timezone.now(),
            )
    StringTranslation.objects.bulk_create(
        made.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "has_error", "field_error", "updated_at"],
    )


def _save_addresses(
    source: TranslationSource,
    page: Any,
    english: Any,
    names: Collection[str],
    locale: Locale,
) -> None:
    """Links in texts that lead elsewhere in English."""
    wanted = other_addresses(
        strings_by_path(extract_segments(page)),
        strings_by_path(extract_segments(english)),
    )
    contexts = {
        segment.context.path: segment.context
        for segment in source.overridablesegment_set.select_related("context")
        if segment.context.path.split(".")[0] in names
    }
    SegmentOverride.objects.filter(
        locale=locale, context__in=contexts.values()
    ).delete()
    SegmentOverride.objects.bulk_create(
        SegmentOverride(
            locale=locale, context=contexts[path], data_json=json.dumps(address)
        )
        for path, address in wanted.items()
        if path in contexts
    )
