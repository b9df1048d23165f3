"""A list of records: filters, order, pages, and the same list as table or data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hub import exports
from hub.filters import SORT, FacetedList
from hub.pagination import paginate
from hub.sorting import SortOrder, collation_key, sort_options

PER_PAGE = 20


@dataclass(frozen=True)
class Column:
    """A column of an export: its name in data, its heading in tables, its value."""

    name: str
    label: str
    value: Callable[[Any], Any]


class Listing:
    """A list as one request asks for it. Subclasses say what is in it."""

    template = ""
    route = ""
    #: Title of the list when it is shared; empty: the title of its page.
    title: Any = ""
    #: Name of the exported file; without one the list is not exported.
    export_name = ""
    per_page = PER_PAGE

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.language: str = page.language
        self.records = self.get_records()
        self.names: dict[int, str] = self.get_names()
        self.listing: FacetedList = self.get_listing()

    # What is in it ---------------------------------------------------------------

    def get_records(self) -> QuerySet:
        raise NotImplementedError

    def get_listing(self) -> FacetedList:
        raise NotImplementedError

    def noun(self, count: int) -> str:
        raise NotImplementedError

    def load(self, records: QuerySet) -> QuerySet:
        """With everything an entry needs, in a fixed number of queries."""
        return records

    def entry(self, record: Any) -> Any:
        """A record as the template shows it."""
        return record

    def columns(self) -> list[Column]:
        return []

    def extra(self) -> dict[str, Any]:
        """More for the template of this list."""
        return {}

    # Order -----------------------------------------------------------------------

    def get_names(self) -> dict[int, str]:
        """Names to sort by: one query; German where there is no other."""
        own = f"name_{self.language}"
        rows = self.records.order_by().values("pk", own, "name_de")
        return {row["pk"]: row[own] or row["name_de"] for row in rows}

    def by_name(self, pk: int) -> Any:
        return collation_key(self.names.get(pk, "")), pk

    @property
    def orders(self) -> list[SortOrder]:
        """The orders a reader may choose; the first is the usual one."""
        return [SortOrder("", _("Name"), self.by_name)]

    @property
    def order(self) -> str:
        """The order asked for, if it is one of them."""
        wanted = self.request.GET.get(SORT, "")
        return wanted if any(o.code == wanted for o in self.orders) else ""

    def ordered(self) -> list[int]:
        """Ids of the matching records in the order asked for."""
        orders = self.orders
        chosen = next((o for o in orders if o.code == self.order), orders[0])
        return sorted(self.listing.matching, key=chosen.key)

    # Showing -----------------------------------------------------------------------

    def entries(self, ids: Sequence[int]) -> list[Any]:
        found = self.load(self.records.filter(pk__in=ids)).in_bulk()
        return [self.entry(found[pk]) for pk in ids if pk in found]

    @property
    def url(self) -> str:
        """The list without any choice."""
        return self.page.route_url(self.route)

    def crumbs(self) -> list[dict[str, str]]:
        if not self.route:
            return []
        return [{"title": self.page.title, "url": self.page.route_url()}]

    def context(self) -> dict[str, Any]:
        paged = paginate(
            self.ordered(),
            self.request.GET,
            self.per_page,
            self.listing.query_without_page,
        )
        narrowed = self.listing.is_filtered or paged.number > 1 or self.order
        return {
            "listing": self.listing,
            "list_url": self.url,
            "page_of_list": paged,
            "entries": self.entries(paged.items),
            "total": self.listing.total,
            "noun": self.noun(self.listing.total),
            "sort": sort_options(self.orders, self.request.GET, self.listing)
            if len(self.orders) > 1
            else [],
            "crumbs": self.crumbs(),
            "alternates": self.page.route_alternates(self.route),
            "canonical": self.request.build_absolute_uri(self.url),
            # Every combination of filters would be a page of its own to a crawler.
            "robots": "noindex, follow" if narrowed else "",
            "can_export": bool(self.export_name),
            "social_title": str(self.title),
        } | self.extra()

    def respond(self) -> HttpResponse:
        """The list, or exactly this list as table or data."""
        form = exports.wanted(self.request) if self.export_name else ""
        if form == "csv":
            return self._csv()
        if form == "json":
            return self._json()
        context = self.page.get_context(self.request) | self.context()
        return TemplateResponse(self.request, self.template, context)

    # Other forms ---------------------------------------------------------------------

    def _csv(self) -> HttpResponse:
        columns = self.columns()
        rows = (
            [column.value(entry) for column in columns]
            for entry in self.entries(self.ordered())
        )
        return exports.csv_response(
            self.export_name, [column.label for column in columns], rows
        )

    def _json(self) -> HttpResponse:
        columns = self.columns()
        return exports.json_response(
            {column.name: column.value(entry) for column in columns}
            for entry in self.entries(self.ordered())
        )

    def absolute(self, record: Any) -> str:
        """The record's address with the host, for exports."""
        url = record.get_url(self.language)
        return self.request.build_absolute_uri(url) if url else ""
