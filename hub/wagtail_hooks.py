"""What the hub adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from hub import worklist_views, worklists
from hub.linkcheck import views as link_views
from hub.models import BasePage
from hub.reviews.dates import CONFIRMED
from hub.translations import admin
from hub.viewsets_own import OfficeGroup, TermsGroup
from hub.viewsets_search import SearchGroup

register_snippet(TermsGroup)
register_snippet(OfficeGroup)
register_snippet(SearchGroup)

# Before the work lists, whose addresses would take these for kinds of theirs.
hooks.register("register_admin_urls", link_views.admin_urls)
hooks.register("register_admin_urls", worklist_views.admin_urls)

worklists.register(
    worklists.WorkList(
        _("Links, die ins Leere führen"),
        lambda user: link_views.broken_for(user).count(),
        lambda: reverse("hub_links"),
        order=45,
    )
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """What the log calls a review without a change."""
    actions.register_action(
        CONFIRMED, _("Bestätigen: stimmt noch"), _("Als noch richtig bestätigt")
    )


# The rule of two languages; before wagtail-localize's own hooks.
hooks.register("register_admin_urls", admin.admin_urls, order=-10)
hooks.register("before_edit_page", admin.open_editor, order=-10)
hooks.register("before_create_page", admin.create_in_german)
hooks.register("before_bulk_action", admin.bulk)


@hooks.register("before_delete_page")
@hooks.register("before_copy_page")
@hooks.register("before_convert_alias_page")
def translations_stay(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translation is deleted, copied or turned into a page with its source only."""
    return admin.german_only(request, [page])


@hooks.register("before_move_page")
def translations_follow(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """A translation is moved with its source only."""
    return admin.german_only(request, [page])


@hooks.register("construct_page_chooser_queryset")
def german_pages(pages: Any, request: HttpRequest) -> Any:
    """Choosers for methods and cases offer German pages: rows point to these."""
    names = [name for name in request.GET.get("page_type", "").split(",") if name]
    if not names or not all(_is_content(name) for name in names):
        return pages
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE)


def _is_content(name: str) -> bool:
    try:
        model = apps.get_model(name)
    except (LookupError, ValueError):
        return False
    return issubclass(model, BasePage)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """The few styles of our own."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("hub-admin/admin.css")
    )


@hooks.register("construct_homepage_panels")
def welcome(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for somebody comes first."""
    panels.insert(0, worklist_views.WelcomePanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many pages there are helps nobody to work."""
    items.clear()
