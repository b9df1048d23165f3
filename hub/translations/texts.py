"""Which fields of a page are texts, which are neutral, and what the texts are."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Page

#: Fields that belong to each page alone: never translated, never copied.
OWN_FIELDS = frozenset({"text_digest"})

#: The address is a text, but a change of it makes no translation outdated.
SLUG = "slug"


@cache
def neutral_fields(model: type[Page]) -> tuple[str, ...]:
    """Names of fields and child relations that are the same in every language.

    ``tags`` is left out: its rows are the child relation ``tagged_items``.
    """
    from taggit.managers import TaggableManager
    from wagtail_localize.fields import SynchronizedField, get_translatable_fields

    return tuple(
        entry.field_name
        for entry in get_translatable_fields(model)
        if isinstance(entry, SynchronizedField)
        and entry.field_name not in OWN_FIELDS
        and not isinstance(entry.get_field(model), TaggableManager)
    )


@cache
def text_fields(model: type[Page]) -> tuple[str, ...]:
    """Names of the fields that are translated."""
    from wagtail_localize.fields import TranslatableField, get_translatable_fields

    return tuple(
        entry.field_name
        for entry in get_translatable_fields(model)
        if isinstance(entry, TranslatableField)
    )


def digest(page: Page) -> str:
    """What the texts of a page are, in 32 characters; the address does not count.

    Made from wagtail-localize's own segments: it changes exactly when a translation
    has something to do, be it a new text, another order or one text less.
    """
    from wagtail_localize.segments import StringSegmentValue
    from wagtail_localize.segments.extract import extract_segments

    total = hashlib.sha256()
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and segment.path != SLUG:
            total.update(f"{segment.path}\0{segment.string.data}\0".encode())
    return total.hexdigest()[:32]
