"""The office hours of one organisation as a calendar."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from hub.routing import record_at
from network import office_hours
from network.models import Organisation


def show(page: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """The calendar at this slug; nothing where no hours are given."""
    record = record_at(Organisation.objects.visible(), slug, page.language)
    rows = office_hours.current(record) if record else []
    if not rows:
        raise Http404
    url = record.get_full_url(page.language)
    body = office_hours.calendar(record, rows, url)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    name = record.slugs()[page.language]
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
