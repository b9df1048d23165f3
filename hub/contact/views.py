"""The page "Frage an das Büro": the form, what is wrong with it, and the thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from hub import ratelimit
from hub.contact import services
from hub.contact.forms import EnquiryForm
from hub.contact.origin import PARAMETER, came_from
from hub.models import Enquiry

if TYPE_CHECKING:
    from hub.models import AskPage

#: Parameter of the address after sending: a signed number, good for an hour.
RECEIPT = "eingang"
RECEIPT_SECONDS = 3600
_SALT = "hub.contact.receipt"


def serve(page: AskPage, request: HttpRequest) -> HttpResponse:
    """Answer a request for the page."""
    answer = _post if request.method == "POST" else _get
    response = answer(page, request)
    # A stamp and a token belong to one visitor.
    add_never_cache_headers(response)
    return response


def _get(page: AskPage, request: HttpRequest) -> HttpResponse:
    enquiry = _from_receipt(request.GET.get(RECEIPT, ""))
    if enquiry:
        return _render(page, request, enquiry=enquiry, robots="noindex")
    origin = came_from(request, page.url or "")
    form = EnquiryForm(initial={PARAMETER: origin})
    robots = "noindex, follow" if request.GET else ""
    return _render(page, request, form=form, origin=origin, robots=robots)


def _post(page: AskPage, request: HttpRequest) -> HttpResponse:
    form = EnquiryForm(request.POST)
    valid = form.is_valid()
    seconds = ratelimit.spend_by(request, "enquiry") if valid else 0
    if not valid or seconds:
        return _render(
            page,
            request,
            form=form.ready_to_send_again(),
            origin=form.cleaned_data.get(PARAMETER, ""),
            minutes=-(-seconds // 60),
            status=429 if seconds else 200,
        )
    enquiry = form.save(commit=False)
    enquiry.language = page.language
    with transaction.atomic():
        enquiry = services.receive(enquiry, form.opened)
    query = urlencode({RECEIPT: signing.dumps(enquiry.pk, salt=_SALT)})
    return HttpResponseRedirect(f"{page.get_url(request)}?{query}", status=303)


def _from_receipt(text: str) -> Enquiry | None:
    try:
        number = signing.loads(text, salt=_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return None
    return Enquiry.objects.filter(pk=number).first()


def _render(
    page: AskPage, request: HttpRequest, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {**page.get_context(request), "enquiry": None, **extra}
    return TemplateResponse(request, page.template, context, status=status)
