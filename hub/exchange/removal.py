"""Take away what ``load_demo`` brought, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import translation

from wagtail.models import Page

from wagtail_localize.models import (
    String,
    StringTranslation,
    Template,
    TranslatableObject,
)

from hub.models import ExchangeItem, OldAddress
from search.bulk import bulk_change

from .registry import Registry
from .registry import registry as all_subjects


def remove_demo(registry: Registry = all_subjects) -> dict[str, int]:
    """Delete every object that came with the demo content; returns how many."""
    removed: dict[str, int] = {}
    with (
        translation.override(settings.LANGUAGE_CODE),
        bulk_change() as search,
        transaction.atomic(),
    ):
        for subject in reversed(registry.subjects):
            items = ExchangeItem.objects.filter(subject=subject.name, is_demo=True)
            for item, obj in _targets(list(items)):
                if obj is not None:
                    _delete(obj)
                    removed[subject.name] = removed.get(subject.name, 0) + 1
                item.delete()
        search.finish()
    return removed


def _targets(items: list[ExchangeItem]) -> Iterator[tuple[ExchangeItem, Any]]:
    """Items with their objects, or ``None`` where one is gone already."""
    for item in items:
        content_type = ContentType.objects.get_for_id(item.content_type_id)
        model = content_type.model_class()
        found = model and model._base_manager.filter(pk=item.object_id).first()
        yield item, found or None


def _delete(obj: Any) -> None:
    if isinstance(obj, Page):
        _delete_page(obj)
        return
    _delete_dependants(obj)
    addresses = OldAddress.objects.filter(
        content_type=ContentType.objects.get_for_model(obj),
        slug__in=_slugs(obj),
    )
    obj.delete()
    # Nobody ever saw an invented address: no need to say that it is gone.
    addresses.delete()


def _slugs(obj: Any) -> set[str]:
    return set(obj.slugs().values()) if hasattr(obj, "slugs") else set()


def _delete_dependants(obj: Any) -> None:
    """Rows that protect an invented object hang on nothing else but invented things."""
    for relation in obj._meta.related_objects:
        if relation.on_delete is models.PROTECT and not relation.many_to_many:
            key = relation.field.name
            rows = relation.related_model._base_manager.filter(**{key: obj})
            if relation.related_model is type(obj):
                rows.update(**{key: None})
            else:
                rows.delete()


def _delete_page(page: Page) -> None:
    """All languages of a page, with its translation memory."""
    key = page.translation_key
    memory = StringTranslation.objects.filter(context__object_id=key)
    source = {"segments__source__object_id": key}
    texts = set(String.objects.filter(**source).values_list("pk", flat=True))
    texts |= set(memory.values_list("translation_of_id", flat=True))
    forms = set(Template.objects.filter(**source).values_list("pk", flat=True))
    memory.delete()
    for version in Page.objects.filter(translation_key=key).order_by("alias_of_id"):
        if Page.objects.filter(pk=version.pk).exists():
            version.specific.delete()
    TranslatableObject.objects.filter(translation_key=key).delete()
    String.objects.filter(
        pk__in=texts, segments__isnull=True, translations__isnull=True
    ).delete()
    Template.objects.filter(pk__in=forms, segments__isnull=True).delete()
