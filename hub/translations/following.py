"""What happens to translations when something happens to the German page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from wagtail_localize.models import Translation, TranslationSource

from . import neutral, progress
from .building import build_draft


def connect() -> None:
    """Listen to Wagtail; called once from ``HubConfig.ready``."""
    page_unpublished.connect(on_unpublished, dispatch_uid="translations.unpublished")
    post_page_move.connect(on_moved, dispatch_uid="translations.moved")
    pre_delete.connect(on_deleted, sender=Page, dispatch_uid="translations.deleted")
    for signal in (post_save, post_delete):
        signal.connect(
            on_restricted,
            sender=PageViewRestriction,
            dispatch_uid="translations.restricted",
        )
    m2m_changed.connect(
        on_groups_changed,
        sender=PageViewRestriction.groups.through,
        dispatch_uid="translations.groups",
    )


def _is_source(page: Page) -> bool:
    from hub.models import BasePage

    return isinstance(page, BasePage) and page.is_source


def translations(page: Page) -> list[Page]:
    """The page in its other languages, placeholders included."""
    model = page.specific_class
    return list(
        model._base_manager.filter(translation_key=page.translation_key)
        .exclude(pk=page.pk)
        .select_related("locale", "latest_revision", "live_revision")
    )


# Publishing -----------------------------------------------------------------------


def follow(page_id: int, user) -> None:
    """A German page was published: its translations follow, texts excepted."""
    german = Page.objects.get(pk=page_id).specific
    if not german.live:
        return
    records = {r.target_locale_id: r for r in progress.records_from(german)}
    _update_source(list(records.values()))
    pages = {page.locale_id: page for page in translations(german)}
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        page = pages.get(locale.pk)
        if page is None:
            german.copy_for_translation(locale, copy_parents=True, alias=True)
        else:
            _follow(german, page, records.get(locale.pk), user)


def _update_source(records: list[Translation]) -> None:
    """Tell translators of the new German texts; all records share one source."""
    for record in records[:1]:
        record.source.update_from_db()
        for other in records[1:]:
            other.source = record.source


def _follow(german: Page, page: Page, record: Translation | None, user) -> None:
    if page.alias_of_id:
        # Wagtail has copied everything to the placeholder; its draft is ours to keep.
        names = neutral.copied_fields(german, page)
        neutral.copy_to_draft(german, page, names)
        _keep_draft_visible(page)
        return
    if record and not page.live:
        _bring_back(german, page, user)
        page.refresh_from_db()
    if page.alias_of_id:
        return
    neutral.copy_to_live(german, page)
    if record and page.live:
        _rebuild_if_nothing_is_new(record, page, user)


def _keep_draft_visible(page: Page) -> None:
    if page.latest_revision_id:
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)


def _bring_back(german: Page, page: Page, user) -> None:
    """German is public again, so is its translation, or a placeholder for it."""
    from .publishing import publish_as_is

    if page.text_digest:
        publish_as_is(page.save_revision(user=user, clean=False), user)
    else:
        make_placeholder(german, page)


def make_placeholder(german: Page, page: Page) -> None:
    """Let a page show the German text until its translation is published."""
    Page.objects.filter(pk=page.pk).update(alias_of=german, live=True)
    german.update_aliases()
    page.refresh_from_db()


def _rebuild_if_nothing_is_new(record: Translation, page: Page, user) -> None:
    """Texts that went, moved or changed their form need no translator.

    What was removed in German is gone in English at once, as long as every English
    text that would be published has been read by a reviewer before.
    """
    if progress.count_missing(record) or progress.has_unread_texts(record, page):
        return
    if page.workflow_in_progress:
        return
    build_draft(record, user).publish(user=user, skip_permission_checks=True)


# Taking off, moving, deleting -------------------------------------------------------


def on_unpublished(sender: type[Page], instance: Page, **_kwargs: Any) -> None:
    """German goes offline: so do its translations. A translation goes: placeholder.

    A placeholder cannot go: lists are equally long in both languages.
    """
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        return  # Wagtail says so before deleting a page, too.
    if _is_source(instance):
        for page in translations(instance):
            if page.live:
                page.unpublish()
        return
    record = progress.record_of(instance)
    german = instance.alias_of or (record and record.source.get_source_instance())
    if german and german.live and german.translation_key == instance.translation_key:
        make_placeholder(german.specific, instance)


def on_moved(
    sender: type[Page],
    instance: Page,
    parent_page_after: Page,
    **_kwargs: Any,
) -> None:
    """Translations go below the translation of the new parent, in the same order."""
    german = instance.specific
    if not _is_source(german):
        return
    for page in translations(german):
        parent = _translated(parent_page_after, page.locale_id)
        if parent is None:
            continue
        before = _translated(german.get_prev_sibling(), page.locale_id)
        if before and before.get_parent().pk == parent.pk:
            page.move(before, pos="right")
        else:
            page.move(parent, pos="first-child")


def _translated(page: Page | None, locale_id: int) -> Page | None:
    if page is None:
        return None
    return Page.objects.filter(
        translation_key=page.translation_key, locale_id=locale_id
    ).first()


def on_deleted(sender: type[Model], instance: Page, **_kwargs: Any) -> None:
    """A translation without its source is nothing: it goes with it."""
    if instance.depth > 1 and _is_source(instance.specific):
        for page in translations(instance):
            # An earlier one may have taken it along.
            if Page.objects.filter(pk=page.pk).exists():
                page.delete()


# Restricting ------------------------------------------------------------------------


def on_restricted(
    sender: type[Model], instance: PageViewRestriction, raw: bool = False, **_kw: Any
) -> None:
    """Who may see the German page holds for its translations: or English would leak."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if raw or page is None or not _is_source(page.specific):
        return
    german = page.specific
    for target in translations(german):
        if not target.alias_of_id:
            TranslationSource.sync_view_restrictions(None, german, target)


def on_groups_changed(
    sender: type[Model], instance: Any, action: str, **kwargs: Any
) -> None:
    """The groups of a restriction are set after it was saved."""
    if isinstance(instance, PageViewRestriction) and action.startswith("post_"):
        on_restricted(PageViewRestriction, instance)
