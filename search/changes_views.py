"""Changes that did not reach the index, in the admin: which, why, and once more."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from .admin_pages import frame
from .models import IndexChange
from .outbox import drain_soon
from .registry import registry

PERMISSION = "search.change_indexchange"
PER_PAGE = 50


@permission_required(PERMISSION)
def changes(request: HttpRequest) -> HttpResponse:
    """Everything that was put aside, with the reason."""
    pages = Paginator(IndexChange.objects.dead(), PER_PAGE)
    rows = pages.get_page(request.GET.get("p"))
    kinds = {source.kind: source.label for source in registry.sources}
    context = {
        **frame(_("Zurückgelegte Suchänderungen"), "warning"),
        "rows": rows,
        "lines": [(row, kinds.get(row.kind, row.kind)) for row in rows],
        "waiting": IndexChange.objects.waiting().count(),
    }
    return TemplateResponse(request, "search/admin/changes.html", context)


@require_POST
@permission_required(PERMISSION)
def retry(request: HttpRequest) -> HttpResponse:
    """Give all of them a new start."""
    number = IndexChange.objects.retry()
    drain_soon()
    text = ngettext(
        "%(number)d Änderung wird noch einmal versucht.",
        "%(number)d Änderungen werden noch einmal versucht.",
        number,
    )
    messages.success(request, text % {"number": number})
    return HttpResponseRedirect(reverse("search_changes"))


def admin_urls() -> list[Any]:
    return [
        path("suche/aenderungen/", changes, name="search_changes"),
        path("suche/aenderungen/nochmals/", retry, name="search_changes_retry"),
    ]
