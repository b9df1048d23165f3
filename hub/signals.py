"""What a change of an address leaves behind, for every kind of record alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from hub.addresses import forget
from hub.models import OldAddress, Record, SectionPage

CODES = [code for code, _name in settings.LANGUAGES]
SLUG_FIELDS = [f"slug_{code}" for code in CODES]


def _was_public(record: Any) -> bool:
    return bool(record.live or record.first_published_at)


def _manager(model: type[Model]) -> Any:
    return model._base_manager


def _leave(record: Record, language: str, slug: str, target: int | None) -> None:
    OldAddress.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(type(record)),
        language=language,
        slug=slug,
        defaults={"object_id": target},
    )


def remember_slugs(
    sender: type[Model], instance: Model, raw: bool = False, **_kwargs: Any
) -> None:
    """Before a record is saved: what its addresses are now."""
    if raw or not isinstance(instance, Record) or not instance.pk:
        return
    before = (
        _manager(sender)
        .filter(pk=instance.pk)
        .only("live", "first_published_at", *SLUG_FIELDS)
        .first()
    )
    instance._slugs_before = before.slugs() if before and _was_public(before) else None


def leave_old_slugs(
    sender: type[Model], instance: Model, raw: bool = False, **_kwargs: Any
) -> None:
    """After a record is saved: its old slugs lead on, its new ones are its own again."""
    if raw or not isinstance(instance, Record):
        return
    before = getattr(instance, "_slugs_before", None) or {}
    kind = ContentType.objects.get_for_model(sender)
    for code, slug in instance.slugs().items():
        old = before.get(code)
        if slug and old != slug:
            OldAddress.objects.filter(
                content_type=kind, language=code, slug=slug
            ).delete()
        if old and old != slug:
            _leave(instance, code, old, instance.pk)


def leave_gone(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """After a record is deleted: all its addresses say that it is gone.

    A kind whose addresses hold what must not be kept (names of people) leaves none.
    """
    if not isinstance(instance, Record) or not instance.pk:
        return
    kind = ContentType.objects.get_for_model(sender)
    old = OldAddress.objects.filter(content_type=kind, object_id=instance.pk)
    if not instance.leaves_address:
        old.delete()
        return
    old.update(object_id=None)
    if _was_public(instance):
        for code, slug in instance.slugs().items():
            if slug:
                _leave(instance, code, slug, None)


def forget_sections(sender: type[Model], **kwargs: Any) -> None:
    """A section page was saved or deleted: addresses below it may have changed."""
    if issubclass(sender, SectionPage):
        forget()


def connect() -> None:
    """Called once when the app is ready."""
    pre_save.connect(remember_slugs, dispatch_uid="hub.remember_slugs")
    post_save.connect(leave_old_slugs, dispatch_uid="hub.leave_old_slugs")
    post_delete.connect(leave_gone, dispatch_uid="hub.leave_gone")
    for signal in (post_save, post_delete):
        signal.connect(forget_sections, dispatch_uid="hub.forget_sections")
        for sender in (PageViewRestriction, Site):
            signal.connect(forget, sender=sender, dispatch_uid="hub.forget")
    page_slug_changed.connect(forget, dispatch_uid="hub.forget_slug")
    post_page_move.connect(forget, dispatch_uid="hub.forget_move")
