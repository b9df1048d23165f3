"""The queue of missing links in the admin: look, accept, reject, undo."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import log

from hub import worklists
from hub.admin_frame import frame
from network.gaps import base
from network.models import LinkDecision
from search.engines.base import SearchUnavailableError

PER_PAGE = 10
MOST_DECISIONS = 20


def _gap(request: HttpRequest, code: str) -> base.Gap:
    gap = base.find(code)
    if gap is None:
        raise Http404
    if not gap.allows(request.user):
        raise PermissionDenied
    return gap


def overview(request: HttpRequest) -> HttpResponse:
    """All kinds of gaps with their number: one query each."""
    rows = [
        {
            "label": gap.label,
            "help": gap.help,
            "count": gap.subjects().count(),
            "url": reverse("network_gap", args=[gap.code]),
        }
        for gap in base.all_gaps()
        if gap.allows(request.user)
    ]
    context = {**frame(_("Fehlende Verknüpfungen"), "link"), "rows": rows}
    return TemplateResponse(request, "network_admin/gaps.html", context)


def gap_list(request: HttpRequest, code: str) -> HttpResponse:
    """The entries with one kind of gap, each with what might fill it."""
    gap = _gap(request, code)
    page = Paginator(gap.subjects(), PER_PAGE).get_page(request.GET.get("p"))
    decided = _decided(gap, [subject.pk for subject in page])
    rows, is_searching = [], True
    for subject in page:
        suggestions: list[base.Suggestion] = []
        if is_searching:
            try:
                suggestions = gap.suggest(subject, decided.get(subject.pk, set()))
            except SearchUnavailableError:
                is_searching = False
        rows.append(
            {
                "subject": subject,
                "url": gap.edit_url(subject),
                "suggestions": suggestions,
                "decide_url": reverse("network_gap_decide", args=[code, subject.pk]),
            }
        )
    context = {
        **frame(gap.label, "link", ("network_gaps", _("Fehlende Verknüpfungen"))),
        "gap": gap,
        "rows": rows,
        "page": page,
        "roles": gap.roles(),
        "is_searching": is_searching,
        "decisions": _decisions(gap, request.user),
    }
    return TemplateResponse(request, "network_admin/gap.html", context)


def _decided(gap: base.Gap, subjects: list[int]) -> dict[int, set[str]]:
    """Targets nobody is asked about again, by entry: one query."""
    found: dict[int, set[str]] = {}
    rows = LinkDecision.objects.filter(gap=gap.code, subject_id__in=subjects)
    for subject, target in rows.values_list("subject_id", "target"):
        found.setdefault(subject, set()).add(target)
    return found


def _decisions(gap: base.Gap, user: Any) -> list[dict[str, Any]]:
    """The last decisions, to be undone."""
    model = gap.subjects().model
    rows = list(
        LinkDecision.objects.filter(gap=gap.code).select_related("decided_by")[
            :MOST_DECISIONS
        ]
    )
    subjects = model._default_manager.in_bulk([row.subject_id for row in rows])
    may_undo = gap.allows_undo(user)
    return [
        {
            "row": row,
            "subject": subjects.get(row.subject_id, ""),
            "target": gap.target_label(row.target) or row.target,
            "may_undo": may_undo or not row.is_accepted,
        }
        for row in rows
    ]


@require_POST
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Accept or reject one suggestion."""
    gap = _gap(request, code)
    subject = gap.subjects().filter(pk=pk).first()
    target = request.POST.get("target", "")[:60]
    if subject is None or not target:
        messages.warning(request, _("Diese Lücke gibt es nicht mehr."))
        return _back(request, code)
    is_accepted = request.POST.get("decision") == "accept"
    try:
        with transaction.atomic():
            _keep(request, gap, subject, target, is_accepted)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except IntegrityError:
        messages.warning(request, _("Das hat inzwischen jemand anderer entschieden."))
    return _back(request, code)


def _keep(
    request: HttpRequest, gap: base.Gap, subject: Any, target: str, is_accepted: bool
) -> None:
    """Remember the decision, and do what was accepted."""
    label = gap.target_label(target)
    if not label:
        raise ValidationError(_("Diesen Vorschlag gibt es nicht (mehr)."))
    decision = LinkDecision.objects.create(
        gap=gap.code,
        subject_id=subject.pk,
        target=target,
        is_accepted=is_accepted,
        decided_by=request.user,
    )
    names = {"subject": subject, "target": label}
    if not is_accepted:
        messages.success(
            request,
            _("„%(target)s“ wird für „%(subject)s“ nicht mehr vorgeschlagen.") % names,
        )
        return
    role = request.POST.get("role", "")
    made = gap.accept(subject, target, role, request.user)
    if made is not None:
        decision.made = made.pk
        decision.save(update_fields=["made"])
        log(made, "wagtail.create", user=request.user)
    messages.success(
        request, _("„%(target)s“ ist jetzt mit „%(subject)s“ verknüpft.") % names
    )


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back: the suggestion comes again, what it made is gone."""
    decision = get_object_or_404(LinkDecision, pk=pk)
    gap = _gap(request, decision.gap)
    if decision.is_accepted:
        if not gap.allows_undo(request.user):
            raise PermissionDenied
        gone = gap.take_back(decision, request.user)
        if gone is not None:
            log(gone, "wagtail.delete", user=request.user, deleted=True)
    decision.delete()
    messages.success(request, _("Die Entscheidung ist zurückgenommen."))
    return _back(request, gap.code)


def _back(request: HttpRequest, code: str) -> HttpResponse:
    """The same page of the queue."""
    url = reverse("network_gap", args=[code])
    number = request.POST.get("p", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 8
    return HttpResponseRedirect(f"{url}?p={number}" if is_number else url)


class GapsItem(MenuItem):
    """In the menu for those who can fill any of them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return any(gap.allows(request.user) for gap in base.all_gaps())


def menu_item() -> MenuItem:
    """The queue's place in the menu of the network."""
    url = reverse_lazy("network_gaps")
    label = gettext_lazy("Fehlende Verknüpfungen")
    return GapsItem(label, url, name="luecken", icon_name="link", order=900)


def register_work_lists() -> None:
    """Every kind of gap on the first page of the admin: one count each."""
    for place, gap in enumerate(base.all_gaps()):
        worklists.register(
            worklists.WorkList(
                gap.label,
                partial(_count, gap),
                partial(reverse, "network_gap", args=[gap.code]),
                order=200 + place,
            )
        )


def _count(gap: base.Gap, user: Any) -> int:
    return gap.subjects().count() if gap.allows(user) else 0


def admin_urls() -> list[Any]:
    return [
        path("luecken/", overview, name="network_gaps"),
        path("luecken/zurueck/<int:pk>/", undo, name="network_gap_undo"),
        path("luecken/<slug:code>/", gap_list, name="network_gap"),
        path("luecken/<slug:code>/<int:pk>/", decide, name="network_gap_decide"),
    ]
