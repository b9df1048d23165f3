"""What a message may be about, from the page somebody comes from.

The path is the visitor's input: only what everyone may see is looked at.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest

from wagtail.models import Site
from wagtail.url_routing import RouteResult

from hub.models import HubPageQuerySet, Record, Topic
from hub.routing import RecordSection, record_at


class Origin(NamedTuple):
    """What the page before is called, and its topics."""

    title: str = ""
    topics: tuple[Topic, ...] = ()


NOWHERE = Origin()


def origin_of(request: HttpRequest, path: str) -> Origin:
    """What is at a path of this site, as far as everyone may see it."""
    site = Site.find_for_request(request)
    language, _, below = path.strip("/").partition("/")
    if site is None or not _parts(below):
        return NOWHERE
    root = site.root_page.specific
    home = root.get_translations(inclusive=True).filter(locale__language_code=language)
    page = home.first()
    if page is None:
        return NOWHERE
    try:
        found: RouteResult = page.specific.route(request, _parts(below))
    except Http404:
        return NOWHERE
    target = found.page
    if not HubPageQuerySet(type(target)).visible().filter(pk=target.pk).exists():
        return NOWHERE
    if isinstance(target, RecordSection):
        return _record(target, _parts(below)[-1])
    return _named(target, target.title)


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _record(page: RecordSection, slug: str) -> Origin:
    """A record below a section page; its lists have nothing to be about."""
    for records in page.visible_records():
        record = record_at(records, slug, page.language)
        if record is not None:
            return _named(record, record.label)
    return NOWHERE


def _named(about: Record | Any, title: str) -> Origin:
    """Which topics a page or record has is declared by its model."""
    fields = {field.name for field in about._meta.many_to_many}
    if "topics" not in fields:
        return Origin(title)
    keys = [topic.pk for topic in about.topics.all()]
    return Origin(title, tuple(Topic.objects.active().filter(pk__in=keys)))
