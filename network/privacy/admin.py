"""Pages of the admin for whoever answers to people: invite, decide, look for names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.admin.auth import permission_required
from wagtail.models import Page

from hub import signed_links
from hub.admin_frame import frame
from hub.worklists import Report, WorkList, register, register_report
from network.models import ChangeRequest, NamesFound, Person
from network.privacy import invitations, letters, names, occurrences, parts, wishes
from network.privacy.needles import Needles, needles_of, surnames_of

#: Consents are the office's business, not that of a department's own editors.
PERMISSION = "network.publish_person"
_guard = permission_required(PERMISSION)
#: A shorter text is no name.
_SHORTEST = 4


def _page(
    request: HttpRequest, template: str, title: str, **context: Any
) -> TemplateResponse:
    shown = frame(title, "user") | context
    response = TemplateResponse(request, f"network_admin/{template}.html", shown)
    return signed_links.guarded(response)


def person_url(person: Person) -> str:
    """Where a person is edited."""
    return reverse(Person.snippet_viewset.get_url_name("edit"), args=[person.pk])


# Inviting -------------------------------------------------------------------------------------


@_guard
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person will see, and a button that sends the invitation."""
    person = get_object_or_404(Person, pk=pk)
    obstacle = invitations.obstacle(person)
    languages = dict(settings.LANGUAGES)
    if request.method == "POST" and not obstacle:
        language = request.POST.get("sprache", "")
        language = language if language in languages else settings.LANGUAGE_CODE
        invitations.invite(person, request.user, language)
        messages.success(request, _("Die Einladung ist unterwegs."))
        return redirect(person_url(person))
    draft = person.get_latest_revision_as_object() if person.latest_revision else person
    return _page(
        request,
        "invite",
        _("Einladen: %(name)s") % {"name": person},
        person=person,
        obstacle=obstacle,
        parts=[part for part in parts.parts(draft) if part.rows],
        sent=invitations.waiting().filter(person=person).first(),
        languages=[(code, str(label)) for code, label in languages.items()],
        days=settings.HUB_PRIVACY["INVITATION_DAYS"],
        back_url=person_url(person),
    )


# Wishes ---------------------------------------------------------------------------------------


@_guard
def wish_list(request: HttpRequest) -> HttpResponse:
    """Corrections that wait for a decision, the oldest first."""
    rows = ChangeRequest.objects.select_related("person")
    entries = [
        {
            "title": str(row.person),
            "url": reverse("network_wish", args=[row.pk]),
            "note": ", ".join(str(wishes.LABELS[n]) for n in row.values),
            "day": row.created_at,
        }
        for row in rows
    ]
    return _page(request, "list", _("Gewünschte Änderungen"), entries=entries)


@_guard
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody wants changed, before and after; a POST decides."""
    row = ChangeRequest.objects.select_related("person").filter(pk=pk).first()
    if row is None:
        messages.info(request, _("Darüber hat schon jemand entschieden."))
        return redirect("network_wishes")
    if request.method == "POST":
        return _decide(request, row)
    return _page(
        request,
        "wish",
        _("Gewünschte Änderungen: %(name)s") % {"name": row.person},
        row=row,
        differences=wishes.differences(row),
        edit_url=person_url(row.person),
    )


def _decide(request: HttpRequest, row: ChangeRequest) -> HttpResponse:
    accepted = "annehmen" in request.POST
    address, language = row.person.private_email, row.language
    reason = request.POST.get("grund", "").strip()[:1000]
    decide = wishes.accept if accepted else wishes.reject
    decide(row, request.user)
    if address:
        letters.deliver(lambda: letters.decided(address, accepted, reason), language)
    done = _("Übernommen.") if accepted else _("Abgelehnt.")
    messages.success(request, done)
    return redirect("network_wishes")


# Looking for names ------------------------------------------------------------------------------


@_guard
def occurrence_list(request: HttpRequest) -> HttpResponse:
    """Every place that names somebody: a person of the directory, or any name."""
    pk = request.GET.get("person", "")
    person = Person.objects.filter(pk=pk).first() if pk.isdigit() else None
    name = " ".join(request.GET.get("name", "").split())[:120]
    found = maybe = []
    if person is not None:
        needles = needles_of(person)
        found = occurrences.everywhere(needles, request.user)
        sure = {(entry.kind, entry.title, entry.field) for entry in found}
        maybe = [
            entry
            for entry in occurrences.everywhere(surnames_of(person), request.user)
            if (entry.kind, entry.title, entry.field) not in sure
            and not entry.is_history
        ]
    elif len(name) >= _SHORTEST:
        found = occurrences.everywhere(Needles((name,)), request.user)
    return _page(
        request,
        "occurrences",
        _("Wo jemand vorkommt"),
        person=person,
        name=name,
        is_asked=person is not None or bool(name),
        found=[entry for entry in found if not entry.is_history],
        history=sum(entry.is_history for entry in found),
        maybe=maybe,
    )


def may_see_names(user: Any) -> bool:
    return user.has_perm("wagtailadmin.access_admin")


@permission_required("wagtailadmin.access_admin")
def name_list(request: HttpRequest) -> HttpResponse:
    """Pages with probable names; a POST says that somebody has looked."""
    rows = NamesFound.objects.filter(is_open=True).select_related("page")
    if request.method == "POST":
        row = rows.filter(pk=_number(request.POST.get("seite", ""))).first()
        if row is not None and row.page.permissions_for_user(request.user).can_edit():
            names.accept(row)
            messages.success(request, _("Vermerkt: Diese Namen dürfen so bleiben."))
        return redirect("network_names")
    entries = [
        {
            "title": row.page.title,
            "url": reverse("wagtailadmin_pages:edit", args=[row.page_id]),
            "note": ", ".join(n for n in row.names if n not in row.accepted),
            "pk": row.pk,
        }
        for row in rows.order_by("page__title")[:200]
    ]
    return _page(
        request,
        "list",
        _("Wahrscheinlich Namen von Menschen im Text"),
        entries=entries,
        can_accept=True,
        explanation=_(
            "Darf dieser Name hier stehen? Menschen in öffentlicher Funktion: ja. Alle "
            "anderen nur, wenn sie es erlaubt haben. Sonst schreiben Sie die Funktion."
        ),
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 18 else 0


def warn(request: HttpRequest, page: Page) -> None:
    """After saving: a hint, never an obstacle."""
    page = page.specific
    if not names.is_content(page):
        return
    found = names.new_on(page)
    if not found:
        return
    text = ngettext(
        "Im Text steht wahrscheinlich der Name eines Menschen: %(names)s. "
        "Darf er hier stehen?",
        "Im Text stehen wahrscheinlich Namen von Menschen: %(names)s. "
        "Dürfen sie hier stehen?",
        len(found),
    )
    messages.warning(request, text % {"names": ", ".join(found[:8])})


# Wagtail ----------------------------------------------------------------------------------------


def admin_urls() -> list[Any]:
    return [
        path("netzwerk/einladen/<int:pk>/", invite, name="network_invite"),
        path("netzwerk/wuensche/", wish_list, name="network_wishes"),
        path("netzwerk/wuensche/<int:pk>/", wish, name="network_wish"),
        path("netzwerk/vorkommen/", occurrence_list, name="network_occurrences"),
        path("netzwerk/namen/", name_list, name="network_names"),
    ]


def _objections(model: type[Person]) -> QuerySet:
    return model.objects.filter(objected_on__isnull=False)


def _without_basis(model: type[Person]) -> QuerySet:
    """Entered, and neither invited nor with a basis: nobody has told them (Art. 14)."""
    people = model.objects.filter(is_demo=False, consents=None, invitations=None)
    return people.filter(objected_on=None)


def register_work_lists() -> None:
    """What waits for somebody. Called once."""
    register(
        WorkList(
            gettext_lazy("Gewünschte Änderungen von Personen"),
            lambda _user: ChangeRequest.objects.count(),
            lambda: reverse("network_wishes"),
            permission=PERMISSION,
            order=12,
        )
    )
    register(
        WorkList(
            gettext_lazy("Wahrscheinlich Namen von Menschen im Text"),
            lambda _user: NamesFound.objects.filter(is_open=True).count(),
            lambda: reverse("network_names"),
            order=45,
        )
    )
    register_report(
        "widerspruch",
        Report(gettext_lazy("Hat widersprochen"), lambda: [Person], _objections),
        11,
    )
    register_report(
        "ohne-einladung",
        Report(
            gettext_lazy("Weder eingeladen noch mit Grundlage"),
            lambda: [Person],
            _without_basis,
        ),
        22,
    )
