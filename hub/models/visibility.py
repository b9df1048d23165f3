"""Which pages everyone may see, as one condition in the query itself."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import BooleanField, Func, Q, QuerySet

from wagtail.models import Page, PageViewRestriction

Pages = TypeVar("Pages", bound="QuerySet[Page]")


class Unrestricted(Func):
    """Whether a path of Wagtail's tree has no view restriction on itself or above.

    As SQL, because every page asks this several times: put together from Django's
    expressions, it took longer to write down than to answer.
    """

    output_field = BooleanField()
    template = (
        "NOT EXISTS (SELECT 1 FROM %(restrictions)s r"
        " JOIN %(pages)s above ON above.id = r.page_id"
        " WHERE above.path = SUBSTR(%(expressions)s, 1, LENGTH(above.path)))"
    )

    def __init__(self, path: str = "path") -> None:
        super().__init__(
            path,
            restrictions=PageViewRestriction._meta.db_table,
            pages=Page._meta.db_table,
        )


def unrestricted(pages: Pages) -> Pages:
    """Pages without a view restriction on themselves or on a page above. Wagtail's own
    ``public()`` reads all restrictions with a query of its own, each time anew."""
    return pages.filter(Unrestricted())


def visible_page(relation: str) -> Q:
    """Whether everyone may see the page that a row names. It looks at the pages of the
    rows that are asked for; ``page__in`` with a list of pages reads all of them first,
    half a second with twenty thousand."""
    return Q(**{f"{relation}__live": True}) & Q(Unrestricted(f"{relation}__path"))


def public_pages() -> QuerySet[Page]:
    """Pages of every kind that everyone may see."""
    return unrestricted(Page.objects.live())
