"""What an editor can do with a translation right now."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from wagtail.models import Page, TaskState, WorkflowState

from wagtail_localize.models import Translation

from . import progress
from .building import build_draft


@dataclass(frozen=True)
class Work:
    """State of one translation, as the panel above wagtail-localize's editor shows it."""

    record: Translation
    page: Page
    missing: int
    task: TaskState | None
    can_review: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def is_published(self) -> bool:
        """Whether readers see a translation made of exactly these texts."""
        return (
            self.is_complete
            and not self.page.alias_of_id
            and not progress.has_unread_texts(self.record, self.page)
            and progress.is_built_from(self.page, self.record)
        )

    @property
    def ready_url(self) -> str:
        return reverse("hub_translation_ready", args=[self.record.pk])

    def action_url(self, action: str) -> str:
        return reverse(
            "wagtailadmin_pages:workflow_action",
            args=[self.page.pk, action, self.task.pk],
        )

    @property
    def approve_url(self) -> str:
        return self.action_url("approve")

    @property
    def reject_url(self) -> str:
        return self.action_url("reject")


def work_on(record: Translation, page_id: int, user) -> Work:
    page = Page.objects.get(pk=page_id).specific
    state = page.current_workflow_state
    is_waiting = state and state.status == WorkflowState.STATUS_IN_PROGRESS
    task = state.current_task_state.specific if is_waiting else None
    actions = task.task.specific.get_actions(page, user) if task else []
    return Work(
        record=record,
        page=page,
        missing=progress.count_missing(record),
        task=task,
        can_review="approve" in {name for name, *_rest in actions},
    )


def hand_in(work: Work, user) -> None:
    """Make a draft of the complete translation and submit it for review."""
    build_draft(work.record, user)
    page = Page.objects.get(pk=work.page.pk).specific
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif state:
        # Already waiting: reviewers get the newer draft.
        state.current_task_state.specific.cancel(user=user, resume=True)
    else:
        page.get_workflow().start(page, user)
