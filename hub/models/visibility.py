"""Which pages everyone may see, as one condition in the query itself."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left, Length

from wagtail.models import Page, PageViewRestriction

Pages = TypeVar("Pages", bound="QuerySet[Page]")


def unrestricted(pages: Pages) -> Pages:
    """Pages without a view restriction on themselves or on a page above. Wagtail's own
    ``public()`` reads all restrictions with a query of its own, each time anew."""
    beginning = Left(OuterRef("path"), Length("page__path"))
    above = PageViewRestriction.objects.filter(page__path=beginning)
    return pages.filter(~Exists(above))


def public_pages() -> QuerySet[Page]:
    """Pages of every kind that everyone may see."""
    return unrestricted(Page.objects.live())
