"""The form for writing to somebody: what is typed, what is wrong, and what comes next."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from hub import ratelimit
from hub.contact.origin import PARAMETER, came_from
from hub.routing import record_at
from network.contact import services
from network.contact.addresses import contact_alternates, contact_path
from network.contact.forms import ContactForm
from network.contact.origins import origin_of
from network.contact.parties import Party, Reach, reach, same_party
from network.models import Organisation, Person
from network.services import OFFICE_SLUG

TEMPLATE = "pages/network/contact_page.html"
#: People who fill in a form are told no address of the form that machines should keep.
ROBOTS = "noindex, nofollow"


def person(page: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a person."""
    people = Person.objects.visible().prefetch_related("consents")
    return _at(page, request, people, slug)


def organisation(page: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """The form for an organisation."""
    records = Organisation.objects.visible().exclude(slug_de=OFFICE_SLUG)
    return _at(page, request, records, slug)


def _at(page: Any, request: HttpRequest, records: QuerySet, slug: str) -> HttpResponse:
    """Old addresses lead on to the record, like those of its own page."""
    record = record_at(records, slug, page.language)
    if record is None:
        return page.serve_record(request, records, slug, lambda *_args: None)
    wanted = contact_path(record, page.language)
    if request.path != wanted:
        return redirect(wanted, permanent=True)
    answer = _post if request.method == "POST" else _get
    response = answer(page, request, record, reach(record))
    # A stamp and a token belong to one visitor; whether somebody can be reached changes.
    add_never_cache_headers(response)
    return response


def _get(page: Any, request: HttpRequest, party: Party, reached: Reach) -> HttpResponse:
    origin = came_from(request, contact_path(party, page.language))
    about = origin_of(request, origin) if origin else None
    initial: dict[str, Any] = {PARAMETER: origin}
    if about and origin != party.get_url(page.language):
        initial["subject"] = about.title
        accepted = [
            topic
            for topic in about.topics
            if not reached.topics or topic.pk in reached.topics
        ]
        initial["topic"] = accepted[0] if accepted else None
    form = ContactForm(initial=initial, reach=reached)
    return _render(page, request, party, reached, form=form, origin=origin)


def _post(
    page: Any, request: HttpRequest, party: Party, reached: Reach
) -> HttpResponse:
    form = ContactForm(request.POST, reach=reached)
    valid = form.is_valid()
    seconds = _too_often(request, form.cleaned_data["email"]) if valid else 0
    if not reached or not valid or seconds:
        return _render(
            page,
            request,
            party,
            reached,
            form=form.ready_to_send_again(),
            origin=form.cleaned_data.get(PARAMETER, ""),
            minutes=-(-seconds // 60),
            status=429 if seconds else 200,
        )
    message = form.message_to(same_party(party), page.language)
    services.receive(message, form.opened)
    return HttpResponseRedirect(page.route_url("contact_done", what="sent"), status=303)


def _too_often(request: HttpRequest, email: str) -> int:
    """Seconds to wait: per visitor, and per address that gets the confirmations."""
    return ratelimit.spend_by(request, "contact") or ratelimit.spend(
        "contact_sender", email.casefold()
    )


def _render(
    page: Any,
    request: HttpRequest,
    party: Party,
    reached: Reach,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    context = {
        **page.get_context(request),
        "title": _("Nachricht an: %(name)s") % {"name": party.label},
        "party": party,
        "is_person": isinstance(party, Person),
        "party_url": party.get_url(page.language),
        "reachable": bool(reached),
        "crumbs": [
            {"title": page.title, "url": page.route_url()},
            {"title": party.label, "url": party.get_url(page.language)},
        ],
        "action": contact_path(party, page.language),
        "alternates": contact_alternates(party),
        "canonical": request.build_absolute_uri(request.path),
        "robots": ROBOTS,
        "confirm_days": settings.HUB_CONTACT_CONFIRM_DAYS,
        "forward_days": settings.HUB_CONTACT_FORWARD_DAYS,
        "kept_days": settings.HUB_CONTACT_DAYS,
        "wishes_url": page.route_url("contact_wishes_link"),
        **extra,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
