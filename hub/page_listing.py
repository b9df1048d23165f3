"""A list of pages of one kind, as one request asks for it: filters, orders, pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hub.filters import SORT, FacetedList
from hub.models import BasePage, SectionPage
from hub.pagination import paginate
from hub.sorting import SortOrder, collation_key, sort_options

PER_PAGE = 20


class PageListing:
    """Subclasses name the page type and its relations, and say how to filter and order.

    Filters read the neutral values of the German originals, so both languages count the
    same; titles and dates are those of the language shown.
    """

    model: ClassVar[type[BasePage]]
    relations: ClassVar[tuple[str, ...]] = ("locale", "alias_of__locale")

    def __init__(self, page: SectionPage, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.rows = {
            row["pk"]: row
            for row in self.model.objects.visible()
            .in_language(page.language)
            .values("pk", "translation_key", "title", "last_published_at")
        }
        keys = {pk: row["translation_key"] for pk, row in self.rows.items()}
        self.values = self.neutral_values(list(keys.values()))
        self.listing: FacetedList = self.faceted(keys)

    def neutral_values(self, keys: list[Any]) -> dict[Any, dict[str, Any]]:
        """What filters and orders read, per translation key."""
        raise NotImplementedError

    def faceted(self, keys: dict[int, Any]) -> FacetedList:
        """The filtered list of these pages."""
        raise NotImplementedError

    @property
    def orders(self) -> list[SortOrder]:
        """The orders a reader may choose; the first is the usual one."""
        raise NotImplementedError

    def entries(self, ids: Sequence[int]) -> list[Any]:
        """These pages as entries of the list."""
        raise NotImplementedError

    def by_name(self, pk: int) -> Any:
        return collation_key(self.rows[pk]["title"])

    def by_date(self, pk: int) -> Any:
        moment = self.rows[pk]["last_published_at"]
        return -(moment.timestamp() if moment else 0), self.by_name(pk)

    def newest(self) -> SortOrder:
        return SortOrder("neu", _("Zuletzt geändert"), self.by_date)

    def ordered(self, order: str | None = None) -> list[int]:
        """Ids of the matching pages in the order asked for."""
        wanted = self.request.GET.get(SORT, "") if order is None else order
        chosen = next((o for o in self.orders if o.code == wanted), self.orders[0])
        return sorted(self.listing.matching, key=chosen.key)

    def load(self, ids: Sequence[int]) -> list[Any]:
        """The pages of these ids, in this order."""
        pages = self.model.objects.select_related(*self.relations).in_bulk(list(ids))
        return [pages[pk] for pk in ids if pk in pages]

    def context(self) -> dict[str, Any]:
        """What the template of a list shows."""
        paged = paginate(
            self.ordered(),
            self.request.GET,
            PER_PAGE,
            self.listing.query_without_page,
        )
        narrowed = self.listing.is_filtered or paged.number > 1
        return {
            "listing": self.listing,
            "page_of_list": paged,
            "entries": self.entries(paged.items),
            "total": self.listing.total,
            "sort": sort_options(self.orders, self.request.GET, self.listing),
            # Every combination of filters would be a page of its own to a crawler.
            "robots": "noindex, follow" if narrowed else "",
        }
