"""The first page of the admin, and the pages its work lists lead to."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from wagtail.admin.ui.components import Component
from wagtail.models import Page

from hub import worklists

PER_PAGE = 50


class WelcomePanel(Component):
    """What waits for somebody."""

    name = "worklists"
    template_name = "hub_admin/worklists_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        return {"lists": worklists.for_user(request.user)}


def _edit_url(row: Model, user: Any) -> str:
    """Where a row is edited; nowhere for those who may not."""
    meta = row._meta
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    viewset = getattr(type(row), "snippet_viewset", None)
    if viewset is None or not user.has_perm(
        f"{meta.app_label}.change_{meta.model_name}"
    ):
        return ""
    return reverse(viewset.get_url_name("edit"), args=[row.pk])


def _rows(kind: str, user: Any) -> list[dict[str, Any]]:
    """Rows of all kinds, the earliest day first; one query per kind."""
    report = worklists.reports[kind]
    found = [
        {
            "label": str(row),
            "url": _edit_url(row, user),
            "due": getattr(row, "review_due", None),
            "model": model._meta.verbose_name,
        }
        for model in report.models_for(user)
        for row in report.rows(model)
    ]
    return sorted(found, key=lambda e: (e["due"] is None, str(e["due"]), e["label"]))


def worklist(request: HttpRequest, kind: str) -> HttpResponse:
    """One list over several kinds of entries."""
    if kind not in worklists.reports:
        raise Http404
    label = worklists.reports[kind].label
    page = Paginator(_rows(kind, request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": label,
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Start")},
            {"url": "", "label": label},
        ],
        "rows": page,
    }
    return TemplateResponse(request, "hub_admin/worklist.html", context)


def admin_urls() -> list[Any]:
    return [path("arbeit/<slug:kind>/", worklist, name="hub_worklist")]
