"""wagtail-localize's source of a page, made in a few queries.

``TranslationSource.update_or_create_from_instance`` asks the database four times per
piece of text, which is most of the time a first import takes. Here the same rows are
made together; a test compares the two. Pages that have a source go the usual way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from wagtail_localize.models import (
    OverridableSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


def source_of(page: Any) -> TranslationSource:
    """The source of a page, up to date."""
    target, _ = TranslatableObject.objects.get_or_create_from_instance(page)
    has_source = TranslationSource.objects.filter(object=target, locale=page.locale)
    segments = extract_segments(page)
    links = any(isinstance(s, RelatedObjectSegmentValue) for s in segments)
    if links or has_source.exists():
        return TranslationSource.update_or_create_from_instance(page)[0]
    source = TranslationSource.objects.create(
        object=target,
        locale=page.locale,
        specific_content_type=ContentType.objects.get_for_model(type(page)),
        object_repr=str(page)[:200],
        content_json=page.to_json(),
        schema_version=get_schema_version(page._meta.app_label),
        last_updated_at=timezone.now(),
    )
    _make_segments(source, page, segments)
    return source


def _make_segments(source: TranslationSource, page: Any, segments: list[Any]) -> None:
    contexts = _contexts(source, page, {segment.path for segment in segments})
    frame = {
        id(segment): {
            "source": source,
            "context": contexts[segment.path],
            "order": segment.order,
        }
        for segment in segments
    }
    texts = [s for s in segments if isinstance(s, StringSegmentValue)]
    strings = _strings(source, texts)
    StringSegment.objects.bulk_create(
        StringSegment(
            **frame[id(segment)],
            string_id=strings[segment.string.data],
            attrs=json.dumps(segment.attrs, cls=DjangoJSONEncoder),
        )
        for segment in texts
    )
    TemplateSegment.objects.bulk_create(
        TemplateSegment(**frame[id(segment)], template=Template.from_value(segment))
        for segment in segments
        if isinstance(segment, TemplateSegmentValue)
    )
    OverridableSegment.objects.bulk_create(
        OverridableSegment(
            **frame[id(segment)],
            data_json=json.dumps(segment.data, cls=DjangoJSONEncoder),
        )
        for segment in segments
        if isinstance(segment, OverridableSegmentValue)
    )


def _contexts(
    source: TranslationSource, page: Any, paths: set[str]
) -> dict[str, TranslationContext]:
    """The places of a page's texts, by path."""
    TranslationContext.objects.bulk_create(
        [_context(source, page, path) for path in sorted(paths)],
        ignore_conflicts=True,
    )
    found = TranslationContext.objects.filter(object_id=source.object_id)
    return {context.path: context for context in found if context.path in paths}


def _context(source: TranslationSource, page: Any, path: str) -> TranslationContext:
    context = TranslationContext(
        object_id=source.object_id,
        path=path,
        path_id=TranslationContext._get_path_id(path),
    )
    # Asking for the field path saves it at once; here it is saved with all others.
    context.save = _do_not_save
    context.get_field_path(page)
    return context


def _do_not_save(**options: Any) -> None:
    """In place of ``save``."""


def _strings(
    source: TranslationSource, segments: Iterable[StringSegmentValue]
) -> dict[str, int]:
    """Primary keys of the texts themselves, made where they are new."""
    texts = {segment.string.data: None for segment in segments}
    hashes = {String._get_data_hash(text): text for text in texts}
    String.objects.bulk_create(
        [
            String(locale_id=source.locale_id, data_hash=key, data=text)
            for key, text in hashes.items()
        ],
        ignore_conflicts=True,
    )
    rows = String.objects.filter(locale_id=source.locale_id, data_hash__in=hashes)
    return {hashes[key]: pk for pk, key in rows.values_list("pk", "data_hash")}
