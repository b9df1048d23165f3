"""The first page of the admin, and the pages its work lists lead to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.permissions import policy_registry

from hub import worklists
from hub.admin_frame import frame
from hub.reviews import dates

PER_PAGE = 50


class WelcomePanel(Component):
    """What waits for somebody."""

    name = "worklists"
    template_name = "hub_admin/worklists_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        return {"lists": worklists.for_user(request.user)}


def edit_url(row: Model, user: Any) -> str:
    """Where a row is edited; nowhere for those who may not."""
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    viewset = getattr(type(row), "snippet_viewset", None)
    if viewset is None or not may_change(row, user):
        return ""
    return reverse(viewset.get_url_name("edit"), args=[row.pk])


def may_change(row: Model, user: Any) -> bool:
    """Whether a user may edit this very entry."""
    if isinstance(row, Page):
        return row.permissions_for_user(user).can_edit()
    policy = policy_registry.get_by_type(type(row))
    return bool(policy.user_has_permission_for_instance(user, "change", row))


def confirm_url(row: Model, user: Any) -> str:
    """Where an entry is confirmed from a list. Pages ask when the button is pressed:
    for each of them Wagtail would have to look up the tree."""
    if not isinstance(row, Page) and not may_change(row, user):
        return ""
    return reverse("hub_confirm", args=[row._meta.label_lower, row.pk])


@require_POST
def confirm(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Somebody looked at an entry: it is still right."""
    kinds = {model._meta.label_lower: model for model in dates.freshness_models()}
    if label not in kinds:
        raise Http404
    entry = get_object_or_404(kinds[label], pk=pk)
    if not may_change(entry, request.user):
        raise PermissionDenied
    due = dates.confirm(entry, request.user)
    text = _("„%(title)s“ ist bestätigt. Wieder zu prüfen bis %(day)s.")
    messages.success(request, text % {"title": entry, "day": date_format(due)})
    back = get_valid_next_url_from_request(request)
    return redirect(back or reverse("hub_worklist", args=["faellig"]))


def _rows(kind: str, user: Any) -> list[dict[str, Any]]:
    """Rows of all kinds, the earliest day first; one query per kind."""
    report = worklists.reports[kind]
    found = [
        {
            "label": str(row),
            "url": edit_url(row, user),
            "confirm": confirm_url(row, user) if report.can_confirm else "",
            "due": getattr(row, "review_due", None),
            "model": model._meta.verbose_name,
        }
        for model in report.models_for(user)
        for row in report.rows_for(model, user)
    ]
    return sorted(found, key=lambda e: (e["due"] is None, str(e["due"]), e["label"]))


def worklist(request: HttpRequest, kind: str) -> HttpResponse:
    """One list over several kinds of entries."""
    if kind not in worklists.reports:
        raise Http404
    label = worklists.reports[kind].label
    page = Paginator(_rows(kind, request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **frame(label, "list-ul"),
        "rows": page,
        "can_confirm": worklists.reports[kind].can_confirm,
    }
    return TemplateResponse(request, "hub_admin/worklist.html", context)


def admin_urls() -> list[Any]:
    return [
        path("arbeit/<slug:kind>/", worklist, name="hub_worklist"),
        path("arbeit/bestaetigen/<str:label>/<int:pk>/", confirm, name="hub_confirm"),
    ]
