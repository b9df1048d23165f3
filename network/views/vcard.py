"""The card of one person, to take along."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from hub import errors, ratelimit
from hub.routing import record_at
from network.models import Person
from network.vcard import card
from network.views.people import profile_of, with_profile


def show(page: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """The card at this slug, one at a time: people are never handed out in bulk."""
    seconds = ratelimit.spend_by(request, "vcard")
    if seconds:
        return errors.too_many(request, seconds)
    record = record_at(with_profile(Person.objects.visible()), slug, page.language)
    if record is None:
        raise Http404
    text = card(profile_of(record), record.get_full_url(page.language))
    response = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    name = record.slugs()[page.language]
    response["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    # A consent may be withdrawn at any time: no shared cache keeps it.
    response["Cache-Control"] = "private, no-store"
    return response
