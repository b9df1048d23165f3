"""The page an invitation opens: what would be shown, to be changed and decided on."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from hub import signed_links
from hub.models import SignedLink
from network.models import Invitation, Person
from network.privacy import invitations, letters, parts, wishes, wording
from network.privacy.forms import InvitationForm
from network.privacy.views import agree, closed, render


def answer(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows, a POST decides. What is wrong in the form uses no link up."""
    row = _invitation(signed_links.peek(letters.INVITATION, token))
    if row is None:
        return closed(page, request, letters.INVITATION, token)
    person = _draft(row.person)
    explicit = False if parts.is_sensitive(person) else None
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, person=person, explicit=explicit)
    if data is None:
        return _show(page, request, person, form)
    if data.get("tun") == "ablehnen":
        return _decide(page, request, token, [], {}, explicit=False)
    if not form.is_valid():
        return _show(page, request, person, form)
    if not form.agreed:
        return _show(page, request, person, form, nothing_agreed=True)
    return _decide(
        page,
        request,
        token,
        form.agreed,
        form.wished(),
        explicit=bool(form.cleaned_data.get("explicit")),
    )


def _draft(person: Person) -> Person:
    """The entry as it would be published."""
    if person.latest_revision_id:
        return person.get_latest_revision_as_object()
    return person


def _invitation(link: SignedLink | None) -> Invitation | None:
    label, _colon, pk = (link.subject if link else "").rpartition(":")
    if label != Invitation._meta.label_lower:
        return None
    rows = Invitation.objects.filter(pk=pk, answered_at__isnull=True)
    return rows.select_related("person").first()


def _show(
    page: Any, request: HttpRequest, person: Person, form: InvitationForm, **extra: Any
) -> HttpResponse:
    shown = parts.parts(person, form, form)
    shown = [part for part in shown if part.group != "photo" or person.photo]
    return render(
        page, request, "invitation", person=person, form=form, parts=shown, **extra
    )


@transaction.atomic
def _decide(
    page: Any,
    request: HttpRequest,
    token: str,
    agreed: list[str],
    wished: dict[str, Any],
    *,
    explicit: bool,
) -> HttpResponse:
    """Write the texts first, then the consents: never is more shown than agreed to."""
    row = _invitation(signed_links.consume(letters.INVITATION, token))
    if row is None:
        return closed(page, request, letters.INVITATION, token)
    profile_url = ""
    if agreed:
        person = wishes.write(row.person, wished)
        agree(person, agreed, way=wording.BY_INVITATION, explicit=explicit)
        profile_url = person.get_url(page.language)
    invitations.answered(row, agreed)
    return render(
        page,
        request,
        "invitation_done",
        is_agreed=bool(agreed),
        profile_url=profile_url,
    )
