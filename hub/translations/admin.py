"""What editors meet of the rule in Wagtail's admin: hooks and a few small views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.models import Page

from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.edit_translation import edit_translation

from hub.models import BasePage

from . import progress
from .refusal import PublishingRefused
from .work import hand_in, work_on


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def admin_urls() -> list[Any]:
    """Own views; three of wagtail-localize's are replaced because they break the rule."""
    return [
        path(
            "translations/<int:translation_id>/ready/",
            mark_ready,
            name="hub_translation_ready",
        ),
        path("localize/translate/<int:translation_id>/disable/", keep_linked),
        path("localize/page/<int:page_id>/convert_to_alias/", take_back),
        path("localize/update/<int:translation_source_id>/", update_source),
    ]


# The editor of a translation --------------------------------------------------------


def open_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is edited: a translation opens in wagtail-localize's editor.

    Also while its page is a placeholder, which wagtail-localize does not know.
    """
    if not isinstance(page, BasePage) or page.is_source:
        return None
    record = progress.record_of(page)
    if record is None or not record.enabled:
        return None
    if request.method == "POST":
        return _post(request, record, page)
    request.hub_translation = work_on(record, page.pk, request.user)
    return edit_translation(request, record, page)


def _post(request: HttpRequest, record: Translation, page: Page) -> HttpResponse:
    if request.POST.get("action") == "publish":
        if not page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        _publish(request, record, page)
    return redirect(edit_url(page))


def _publish(request: HttpRequest, record: Translation, page: Page) -> None:
    try:
        record.save_target(user=request.user, publish=True)
    except PublishingRefused as refused:
        messages.error(request, refused.reason)
    except ValidationError as error:
        messages.error(request, _texts_do_not_fit(page, error))
    else:
        page = Page.objects.get(pk=page.pk)
        messages.success(
            request,
            _("„%(title)s“ ist veröffentlicht.") % {"title": page.title},
        )


def _texts_do_not_fit(page: Page, error: ValidationError) -> str:
    return _("„%(title)s“: Ein Text passt nicht in sein Feld. %(reason)s") % {
        "title": page.title,
        "reason": " ".join(error.messages),
    }


@require_POST
def mark_ready(request: HttpRequest, translation_id: int) -> HttpResponse:
    """An editor says that the translation is done: reviewers get it."""
    record = get_object_or_404(
        Translation.objects.select_related("source", "target_locale"), pk=translation_id
    )
    page = progress.target_of(record)
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    work = work_on(record, page.pk, request.user)
    if work.missing:
        messages.error(request, _not_ready(work.missing))
        return redirect(edit_url(page))
    try:
        with transaction.atomic():
            hand_in(work, request.user)
    except ValidationError as error:
        messages.error(request, _texts_do_not_fit(page, error))
    else:
        messages.success(
            request,
            _("Die Übersetzung ist fertig gemeldet und wartet auf die Freigabe."),
        )
    return redirect(edit_url(page))


def _not_ready(missing: int) -> str:
    return ngettext(
        "Noch nicht fertig: %(count)d Text ist nicht übersetzt.",
        "Noch nicht fertig: %(count)d Texte sind nicht übersetzt.",
        missing,
    ) % {"count": missing}


# Views of wagtail-localize that are replaced ------------------------------------------


def keep_linked(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A translation without its source could never be told to be complete."""
    record = get_object_or_404(Translation, pk=translation_id)
    messages.error(
        request,
        _(
            "Übersetzungen bleiben mit der deutschen Seite verbunden. Ändern Sie den "
            "deutschen Text oder seine Übersetzung."
        ),
    )
    return redirect(record.get_target_instance_edit_url())


def take_back(request: HttpRequest, page_id: int) -> HttpResponse:
    """Taking a translation off leaves a placeholder; publishing rights are needed."""
    return redirect("wagtailadmin_pages:unpublish", page_id)


def update_source(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Translations hear of German texts when these are published, never before."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    messages.info(
        request,
        _("Übersetzungen werden beim Veröffentlichen der deutschen Seite angeglichen."),
    )
    return redirect(source.get_source_instance_edit_url())


# What is done to the German page only ---------------------------------------------------


def _belongs_to_german(page: Page) -> bool:
    """Whether a German page stands behind this one."""
    page = page.specific
    if not isinstance(page, BasePage) or page.is_source:
        return False
    return page.source_page.pk != page.pk


def german_only(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """Refuse to move, copy or delete a translation by itself."""
    for page in pages:
        if _belongs_to_german(page):
            messages.error(
                request,
                _(
                    "„%(title)s“ ist eine Übersetzung. Verschieben, kopieren oder "
                    "löschen Sie die deutsche Seite: Die Übersetzung folgt ihr."
                )
                % {"title": page.title},
            )
            return redirect(edit_url(page))
    return None


def create_in_german(
    request: HttpRequest, parent: Page, model: type[Page]
) -> HttpResponse | None:
    """New pages are written in German; translations are made from them."""
    parent = parent.specific
    if not isinstance(parent, BasePage) or parent.is_source:
        return None
    messages.error(
        request,
        _("Legen Sie die Seite auf Deutsch an. Die Übersetzung entsteht daraus."),
    )
    return redirect("wagtailadmin_explore", parent.source_page.pk)


def bulk(
    request: HttpRequest, action: str, objects: Iterable[Any], view: Any
) -> HttpResponse | None:
    """The same for several pages at once."""
    if action not in {"delete", "move"}:
        return None
    return german_only(request, [page for page in objects if isinstance(page, Page)])
