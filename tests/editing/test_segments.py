"""Every text of every page type is offered to translators, list items included."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

import pytest
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments.extract import extract_segments

from hub.translations.texts import text_fields
from hub.worklists import page_models
from methods.models import GuidePage, GuidesPage

from .conftest import block, live, start, translate

pytestmark = pytest.mark.django_db


def sample(field_block: Any, word: str) -> Any:
    """A value with a text wherever a block can hold one, as a form would save it."""
    if isinstance(field_block, blocks.StructBlock):
        return {
            name: sample(child, f"{word}-{name}")
            for name, child in field_block.child_blocks.items()
        }
    if isinstance(field_block, blocks.ListBlock):
        return [
            {
                "type": "item",
                "id": f"{word}-0",
                "value": sample(field_block.child_block, f"{word}-0"),
            }
        ]
    if isinstance(field_block, blocks.RichTextBlock):
        return f"<p>{word}</p>"
    if isinstance(field_block, blocks.URLBlock | blocks.ChooserBlock):
        return None
    if isinstance(field_block, blocks.CharBlock | blocks.TextBlock):
        return word
    return None


def words_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        values = [v for k, v in value.items() if k not in ("type", "id")]
        return set().union(*map(words_of, values)) if values else set()
    if isinstance(value, list):
        return set().union(*map(words_of, value)) if value else set()
    return {value.replace("<p>", "").replace("</p>", "")} if value else set()


def filled(model: Any) -> tuple[Any, set[str]]:
    """A page with a text in every place, and these texts."""
    page, words = model(), set()
    for name in text_fields(model):
        field = model._meta.get_field(name)
        if isinstance(field, StreamField):
            value = [
                block(kind, sample(child, f"{name}-{kind}"))
                for kind, child in field.stream_block.child_blocks.items()
            ]
            words |= set().union(*(words_of(b["value"]) for b in value))
        elif isinstance(field, RichTextField):
            value = f"<p>{name}</p>"
            words.add(name)
        else:
            value = name
            words.add(name)
        setattr(page, name, value)
    return page, words


@pytest.mark.parametrize("model", page_models(), ids=lambda m: m.__name__)
def test_every_text_is_a_segment(model):
    page, words = filled(model)
    assert words
    found = {s.string.data for s in extract_segments(page) if hasattr(s, "string")}
    assert words - found == set()


def _guide(home, checks: list[Any]) -> GuidePage:
    index = home.add_child(instance=GuidesPage(title="Leitfäden", slug="leitfaeden"))
    index.save_revision().publish()
    value = {"heading": "Vorher", "text": "<p>Text.</p>", "checks": checks}
    guide = index.add_child(
        instance=GuidePage(title="G", slug="g", sections=[block("section", value)])
    )
    guide.save_revision().publish()
    return GuidePage.objects.get(pk=guide.pk)


@pytest.mark.parametrize(
    "checks",
    [
        [{"type": "item", "id": "a", "value": "Wer?"}],
        ["Wer?"],
    ],
    ids=["with ids", "plain values"],
)
def test_list_items_are_translated_however_they_came(home, english, checks):
    guide = _guide(home, checks)
    page = translate(guide, english)
    assert list(page.sections[0].value["checks"]) == ["EN Wer?"]
    record = start(guide, english)
    source = TranslationSource.objects.get(pk=record.source_id)
    before = set(source.stringsegment_set.values_list("pk", flat=True))
    guide.save_revision().publish()
    source.refresh_from_db()
    after = set(source.stringsegment_set.values_list("pk", flat=True))
    assert before == after, "ids are kept"
    assert live(guide, english).translation_notice == ""
