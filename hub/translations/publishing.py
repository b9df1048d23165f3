"""The one door through which pages are published.

Every way to publish (editor, workflow, bulk action, API, schedule, code) ends in
``PublishPageRevisionAction.execute``; wagtail-localize's editor and its "sync" end in
``Translation.save_target``. Neither has a hook that can refuse, so both are wrapped,
once, when the app is ready; ``tests/editing`` fails if Wagtail moves the door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from wagtail_localize.models import Translation

from . import following, neutral, progress, refusal
from .building import build_draft

_execute: Callable[..., Any] = PublishPageRevisionAction.execute
_save_target: Callable[..., Any] = Translation.save_target


def install() -> None:
    """Wrap both doors; called once from ``HubConfig.ready``."""
    PublishPageRevisionAction.execute = execute
    Translation.save_target = save_target


@wraps(_execute)
def execute(
    action: PublishPageRevisionAction, skip_permission_checks: bool = False
) -> None:
    """Publish in one transaction: refuse, publish, let translations follow."""
    from hub.models import BasePage

    page = action.object
    if not isinstance(page, BasePage):
        _execute(action, skip_permission_checks=skip_permission_checks)
        return
    with transaction.atomic():
        _refuse_without_rights(page)
        if not page.is_source:
            _prepare_translation(page)
        _execute(action, skip_permission_checks=skip_permission_checks)
        if page.is_source and page.live:
            following.follow(page.pk, action.user)


def _refuse_without_rights(page: Page) -> None:
    from hub.rights import unsettled

    reasons = unsettled(page)
    if reasons:
        raise refusal.rights_missing(page, reasons)


def _prepare_translation(page: Page) -> None:
    """Refuse what is incomplete; bring neutral fields; end being a placeholder."""
    record = progress.record_of(page)
    if record is None:
        return
    german = record.source.get_source_instance()
    if not german.live:
        raise refusal.source_offline(page)
    missing = progress.count_missing(record)
    if missing:
        raise refusal.incomplete(page, missing)
    if not progress.is_built_from(page, record):
        raise refusal.older_draft(page)
    neutral.copy(german, page, neutral.copied_fields(german, page))
    page.alias_of_id = None


def publish_as_is(revision: Revision, user=None) -> None:
    """Publish a version that was public before, without asking whether it is current."""
    action = PublishPageRevisionAction(revision, user=user)
    _execute(action, skip_permission_checks=True)


@wraps(_save_target)
def save_target(record: Translation, user=None, publish: bool = True) -> None:
    """Publish the translation, or save a draft of it when all texts are there.

    A page that has a translation or a placeholder stays as it is until publishing.
    """
    page = progress.target_of(record)
    if not _is_ours(record):
        _save_target(record, user=user, publish=publish)
        return
    with transaction.atomic():
        if page is None:
            _save_target(record, user=user, publish=False)
            page = progress.target_of(record)
            _mark_unfinished(page)
        missing = progress.count_missing(record)
        if publish and missing:
            raise refusal.incomplete(page, missing)
        if missing:
            return
        draft = build_draft(record, user)
        if publish:
            draft.publish(user=user, skip_permission_checks=True)


def _is_ours(record: Translation) -> bool:
    from hub.models import BasePage

    model = record.source.specific_content_type.model_class()
    is_german = record.source.locale.language_code == settings.LANGUAGE_CODE
    return issubclass(model, BasePage) and is_german


def _mark_unfinished(page: Page) -> None:
    """wagtail-localize fills its first draft with German: it counts as no version."""
    page.text_digest = ""
    page.save(update_fields=["text_digest"], clean=False)
    revision = page.latest_revision
    revision.content["text_digest"] = ""
    revision.save(update_fields=["content"])
