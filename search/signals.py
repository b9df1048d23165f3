"""What changes an index: saving, deleting, linking, publishing, moving, restricting.

Knows models only through the registry; connected once, from ``SearchConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
)

from .bulk import is_held
from .outbox import enqueue
from .registry import Source, registry

#: Saving only these is saving a draft: nothing that readers see has changed.
DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_id",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
}


def connect() -> None:
    """Listen to everything that may change what is found."""
    for signal, receiver in _receivers():
        signal.connect(receiver, dispatch_uid=f"search.{receiver.__name__}")


def _receivers() -> Iterator[tuple[Any, Callable[..., None]]]:
    yield pre_save, on_pre_save
    yield post_save, on_save
    yield pre_delete, on_pre_delete
    yield post_delete, on_delete
    yield m2m_changed, on_links_changed
    yield page_published, on_page
    yield page_unpublished, on_page
    yield post_page_move, on_page_moved


def on_pre_save(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Remember where a page was, and to what a row belonged. (Wagtail tells of a new
    slug only after commit, too late for rows that belong to the same transaction.)"""
    if not instance.pk:
        return
    if isinstance(instance, Page):
        pages = Page.objects.filter(pk=instance.pk)
        path = pages.values_list("url_path", flat=True).first()
        instance._search_old_path = path  # type: ignore[attr-defined]
    elif not kwargs.get("raw") and _depends_by_key(sender):
        instance._search_left = _left(sender, instance)  # type: ignore[attr-defined]


def _depends_by_key(model: type[Model]) -> bool:
    """Whether rows of this model belong to objects that are found: a membership, the
    use of a method. Objects that are found themselves have their own documents."""
    return not _sources_of(model) and any(
        issubclass(model, related) for s in registry.sources for related in s.related
    )


def _left(model: type[Model], instance: Model) -> list[tuple[Source, list[int]]]:
    """What a row belonged to before it was given to somebody else."""
    keys = [f.attname for f in model._meta.concrete_fields if f.is_relation]
    old = model._base_manager.filter(pk=instance.pk).first() if keys else None
    if old is None or all(getattr(old, k) == getattr(instance, k) for k in keys):
        return []
    return [(s, _ids(found)) for s in registry.sources for found in s.dependents(old)]


def on_save(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """A record or page was saved."""
    if raw or (update_fields and set(update_fields) <= DRAFT_FIELDS):
        return
    for source, ids in instance.__dict__.pop("_search_left", ()):
        enqueue(source, ids)
    old_path = getattr(instance, "_search_old_path", None)
    if old_path and old_path != getattr(instance, "url_path", old_path):
        _subtree_changed(instance)  # everything below has a new address, too
    else:
        _changed(instance)


def on_pre_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Something others depend on goes: note them while the links still stand."""
    _related_changed(instance)


def on_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A record or page was deleted."""
    if isinstance(instance, PageViewRestriction):
        _subtree_changed(instance.page)
    for source in _sources_of(type(instance)):
        target = source.object_for(instance)
        if target is instance:
            enqueue(source, [instance.pk], deleted=True)
        elif target is not None:
            enqueue(source, [target.pk])


def on_links_changed(
    sender: type[Model], instance: Model, action: str, **kwargs: Any
) -> None:
    """Topics, target groups and the like were linked or unlinked. Before all links of
    a topic go, what was linked to it is still known."""
    if action not in {"post_add", "post_remove", "pre_clear", "post_clear"}:
        return
    _changed(instance)
    if kwargs.get("reverse") and kwargs.get("pk_set"):
        others = kwargs["model"]._default_manager.filter(pk__in=kwargs["pk_set"])
        for other in others:
            _changed(other)


def on_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page was published or taken off."""
    _changed(instance)


def on_page_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page got another address, and so did everything below it."""
    _subtree_changed(instance)


def _changed(instance: Model) -> None:
    if not _concerns(instance) or is_held():
        return
    if isinstance(instance, PageViewRestriction):
        _subtree_changed(instance.page)
        return
    if type(instance) is Page:  # saved without what makes it a method or a case
        instance = instance.specific
    for source in _sources_of(type(instance)):
        target = source.object_for(instance)
        if target is not None:
            enqueue(source, [target.pk])
    _related_changed(instance)


def _concerns(instance: Model) -> bool:
    """Whether any document could depend on this instance."""
    return (
        isinstance(instance, (Page, PageViewRestriction))
        or bool(_sources_of(type(instance)))
        or any(isinstance(instance, tuple(s.related)) for s in registry.sources)
    )


def _related_changed(instance: Model) -> None:
    """Documents of others that show something of this instance."""
    if is_held():
        return
    for source in registry.sources:
        for objects in source.dependents(instance):
            enqueue(source, _ids(objects))


def _ids(objects: Iterable[Model]) -> list[int]:
    """Primary keys; of a queryset without loading its objects."""
    if isinstance(objects, QuerySet):
        return list(objects.order_by().values_list("pk", flat=True))
    return [obj.pk for obj in objects]


def _sources_of(model: type[Model]) -> list[Source]:
    return [s for s in registry.sources if issubclass(model, s.model)]


def _subtree_changed(page: Any) -> None:
    """Everything at and below a page, whatever kind it is."""
    if is_held():
        return
    below = Page.objects.filter(path__startswith=page.path)
    for found in below.specific().iterator():
        _changed(found)
