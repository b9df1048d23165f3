"""English pages through wagtail-localize's own records.

An editor who opens such a page later sees a normal, complete translation.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Locale

from wagtail_localize.fields import SynchronizedField, get_translatable_fields
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
    translation = source and source.translations.filter(
        target_locale__language_code=TARGET
    ).first()
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
    While other texts still wait for a translator, the English page stays as it is.
    """
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation, _ = Translation.objects.get_or_create(
        source=source, target_locale=locale
    )
    _save_strings(source, english, names, locale)
    target = page.get_translation_or_none(locale)
    if target is not None:
        target = target.specific
    total, done = translation.get_progress()
    if done < total:
        if target is not None and copy_neutral(page, target):
            target.save_revision().publish()
        return
    if target is not None and not target.alias_of_id and copy_neutral(page, target):
        target.save()
    # Published here and not by wagtail-localize, which would wait for the commit.
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()


def _save_strings(
    source: TranslationSource, english: Any, names: Collection[str], locale: Locale
) -> None:
    texts = strings_by_path(extract_segments(english))
    _save_addresses(source, texts, names, locale)
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
    source: TranslationSource, texts: Any, names: Collection[str], locale: Locale
) -> None:
    """Links in texts that lead elsewhere in English."""
    german = strings_by_path(extract_segments(source.as_instance()))
    wanted = other_addresses(german, texts)
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


def copy_neutral(page: Any, target: Any) -> bool:
    """Bring fields without language to the translation; whether anything changed."""
    changed = False
    for neutral in get_translatable_fields(type(page)):
        if isinstance(neutral, SynchronizedField):
            field = neutral.get_field(type(page))
            changed = _copy_field(page, target, field) or changed
    return changed


def _copy_field(page: Any, target: Any, field: Any) -> bool:
    if isinstance(field, ParentalManyToManyField):
        wanted = list(getattr(page, field.name).all())
        if {w.pk for w in wanted} == {o.pk for o in getattr(target, field.name).all()}:
            return False
        setattr(target, field.name, wanted)
        return True
    if not isinstance(field, models.Field):
        return False
    wanted = field.value_from_object(page)
    if field.get_prep_value(wanted) == field.get_prep_value(
        field.value_from_object(target)
    ):
        return False
    setattr(target, field.attname, wanted)
    return True
