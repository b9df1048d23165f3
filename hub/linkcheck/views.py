"""The work list of links that lead nowhere: what was found, and where each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wagtail.admin import messages

from hub import worklists
from hub.admin_frame import frame
from hub.models import CheckedLink, LinkPlace
from hub.models.link import LinkState

PER_PAGE = 50
#: A source that half the directory names would fill the page.
FIRST_PLACES = 5


def places_for(user: Any) -> QuerySet[LinkPlace]:
    """Places of links in what a user works with."""
    found = Q(pk__in=[])
    kinds = LinkPlace.objects.order_by().values("content_type").distinct()
    for kind in ContentType.objects.filter(pk__in=kinds):
        model = kind.model_class()
        if model is None or not worklists.may_see(model, user):
            continue
        here = Q(content_type=kind)
        if worklists.differs_by_row(model):
            rows = worklists.rows_for(model._default_manager.all(), user)
            here &= Q(object_id__in=rows.values("pk"))
        found |= here
    return LinkPlace.objects.filter(found)


def broken_for(user: Any) -> QuerySet[CheckedLink]:
    """Broken links that stand in what a user works with."""
    links = places_for(user).values("link")
    return CheckedLink.objects.broken().filter(pk__in=links)


def _places(links: Iterable[CheckedLink], user: Any) -> dict[int, list[dict[str, Any]]]:
    """Where each link stands, one query per kind of entry."""
    keys = [link.pk for link in links]
    rows = list(places_for(user).filter(link__in=keys).order_by("pk"))
    by_kind: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        by_kind[row.content_type_id].add(row.object_id)
    entries: dict[tuple[int, int], Any] = {}
    for kind, keys in by_kind.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for key, entry in model._default_manager.in_bulk(list(keys)).items():
            entries[kind, key] = entry
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        entry = entries.get((row.content_type_id, row.object_id))
        if entry is not None:
            found[row.link_id].append(_place(entry, row.field, user))
    return found


def _place(entry: Any, field: str, user: Any) -> dict[str, Any]:
    from hub.worklist_views import edit_url  # which shows this list, too

    return {
        "label": str(entry),
        "kind": entry._meta.verbose_name,
        "field": entry._meta.get_field(field).verbose_name,
        "url": edit_url(entry, user),
    }


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """All links somebody should mend, the longest broken first."""
    found = broken_for(request.user).order_by("broken_since", "host", "url")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    places = _places(page.object_list, request.user)
    context = {
        **frame(_("Links, die ins Leere führen"), "link"),
        "rows": page,
        "entries": [
            {
                "link": link,
                "first": places[link.pk][:FIRST_PLACES],
                "rest": places[link.pk][FIRST_PLACES:],
                "is_refused": _refused(link),
            }
            for link in page.object_list
        ],
        "unchecked": CheckedLink.objects.filter(checked_at__isnull=True).count(),
    }
    return TemplateResponse(request, "hub_admin/links.html", context)


def _refused(link: CheckedLink) -> bool:
    return link.state == LinkState.REFUSED


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked at a link: it is all right, or it shall be asked again soon."""
    if not broken_for(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    link = get_object_or_404(CheckedLink, pk=pk)
    if request.POST.get("antwort") == "passt":
        link.accepted_at = timezone.now()
        link.save(update_fields=["accepted_at"])
        messages.success(request, _("Der Link gilt als von Hand geprüft."))
    else:
        link.checked_at = None
        link.save(update_fields=["checked_at"])
        messages.success(request, _("Der Link kommt in der nächsten Prüfung dran."))
    return redirect("hub_links")


def admin_urls() -> list[Any]:
    return [
        path("arbeit/links/", links, name="hub_links"),
        path("arbeit/links/<int:pk>/", settle, name="hub_link_settle"),
    ]
