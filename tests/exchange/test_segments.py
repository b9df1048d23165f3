"""Every text of every page type yields a segment, or it would silently stay German."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.apps import apps

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

import pytest
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from hub.exchange.registry import registry
from hub.models import BasePage

PAGES = [model for model in apps.get_models() if issubclass(model, BasePage)]
TEXT = (blocks.CharBlock, blocks.TextBlock)


class Filler:
    """Fills fields with markers and remembers them."""

    def __init__(self) -> None:
        self.number = count(1)
        self.markers: list[str] = []

    def marker(self) -> str:
        self.markers.append(f"Marke{next(self.number)}.")
        return self.markers[-1]

    def rich(self) -> str:
        key = f"k{next(self.number)}"
        return f'<p data-block-key="{key}">{self.marker()}</p>'

    def item(self, kind: str, block: blocks.Block) -> dict[str, Any]:
        return {"id": f"b{next(self.number)}", "type": kind, "value": self.value(block)}

    def value(self, block: blocks.Block) -> Any:
        if isinstance(block, blocks.StreamBlock):
            return [self.item(name, b) for name, b in block.child_blocks.items()]
        if isinstance(block, blocks.ListBlock):
            return [self.item("item", block.child_block) for _ in range(2)]
        if isinstance(block, blocks.StructBlock):
            return {name: self.value(b) for name, b in block.child_blocks.items()}
        if isinstance(block, blocks.RichTextBlock):
            return self.rich()
        return self.plain(block)

    def plain(self, block: blocks.Block) -> Any:
        is_text = isinstance(block, TEXT) and not isinstance(
            block, blocks.URLBlock | blocks.EmailBlock
        )
        return self.marker() if is_text else block.get_prep_value(block.get_default())

    def field(self, field: Any) -> Any:
        if isinstance(field, StreamField):
            return field.stream_block.to_python(self.value(field.stream_block))
        return self.rich() if isinstance(field, RichTextField) else self.marker()


@pytest.mark.django_db
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_text_yields_a_segment(model):
    filler, page = Filler(), model()
    for translatable in get_translatable_fields(model):
        if isinstance(translatable, TranslatableField):
            field = translatable.get_field(model)
            setattr(page, field.attname, filler.field(field))
    found = {
        segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    }
    assert set(filler.markers) == found
    assert len(filler.markers) >= 5


def test_every_page_type_is_exchanged():
    exchanged = {
        model
        for subject in registry.subjects
        if subject.holds_pages
        for model in subject.models.values()
    }
    assert exchanged == set(PAGES)


def test_texts_of_pages_come_in_pairs():
    for subject in registry.subjects:
        if not subject.holds_pages:
            continue
        for kind, model in subject.models.items():
            texts = {
                field.field_name
                for field in get_translatable_fields(model)
                if isinstance(field, TranslatableField)
            }
            assert set(subject.pairs(kind)) == texts


SEGMENTS = (StringSegment, TemplateSegment, OverridableSegment)


def rows_of(source):
    """What wagtail-localize holds of a source, without primary keys."""
    found = {}
    for model in SEGMENTS:
        left_out = {"id", "source"}
        names = [f.name for f in model._meta.fields if f.name not in left_out]
        found[model] = sorted(
            map(str, model.objects.filter(source=source).values_list(*names))
        )
    found[TranslationContext] = sorted(
        TranslationContext.objects.filter(object_id=source.object_id).values_list(
            "path", "path_id", "field_path"
        )
    )
    return found


@pytest.mark.usefixtures("house")
@pytest.mark.django_db
def test_sources_made_at_once_are_those_wagtail_localize_makes():
    sources = list(TranslationSource.objects.all())
    assert len(sources) == 9
    for source in sources:
        made = rows_of(source)
        kept = {m: set(m.objects.values_list("pk", flat=True)) for m in SEGMENTS}
        source.refresh_segments()
        assert rows_of(source) == made
        for model in SEGMENTS:
            assert set(model.objects.values_list("pk", flat=True)) == kept[model]
        again, is_new = TranslationSource.update_or_create_from_instance(
            source.get_source_instance()
        )
        assert (again, is_new) == (source, False)
        assert again.schema_version == source.schema_version != ""
        assert again.object_repr == source.object_repr
