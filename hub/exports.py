"""Exactly the list on the screen, as a table, as data or as a feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

#: Parameter of a list's address that asks for another form of it.
OUTPUT = "als"

#: A cell that starts like this would run as a formula in a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed."""

    title: str
    url: str
    summary: str
    updated: datetime | date | None


@dataclass(frozen=True)
class Table:
    """A list as it is taken along: name of the file, columns as (code, label), rows."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[Any]]


class TakenAlong:
    """For section pages whose whole list is on the page: the same as table and data."""

    def table(self, request: HttpRequest) -> Table:
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = wanted(request)
        if form in ("csv", "json"):
            return table_response(form, self.table(request))
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]


def wanted(request: HttpRequest) -> str:
    """The form asked for: ``csv``, ``json``, ``feed`` or nothing."""
    form = request.GET.get(OUTPUT, "")
    return form if form in ("csv", "json", "feed") else ""


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A table that spreadsheets open with the right letters (with byte order mark)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(cell) for cell in header])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    response = HttpResponse(
        "\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return _not_for_search_engines(response)


def json_response(items: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """The list as data."""
    response = JsonResponse(
        {"items": list(items)}, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    return _not_for_search_engines(response)


def table_response(form: str, table: Table) -> HttpResponse:
    """A list as CSV, or as data."""
    if form == "csv":
        labels = [label for _code, label in table.columns]
        return csv_response(table.name, labels, table.rows)
    codes = [code for code, _label in table.columns]
    return json_response(dict(zip(codes, row, strict=True)) for row in table.rows)


def _moment(value: datetime | date | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return timezone.make_aware(datetime.combine(value, time(12)))


def _list_address(request: HttpRequest) -> str:
    """The list as a page: what is filtered is another list, and another feed."""
    query = request.GET.copy()
    query.pop(OUTPUT, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def feed_response(
    request: HttpRequest, title: str, description: str, entries: Iterable[FeedEntry]
) -> HttpResponse:
    """The list as an Atom feed, newest first."""
    here = request.build_absolute_uri(_list_address(request))
    feed = Atom1Feed(
        title=title,
        link=here,
        description=description,
        language=get_language() or "de",
        feed_url=request.build_absolute_uri(),
    )
    for entry in entries:
        url = request.build_absolute_uri(entry.url)
        feed.add_item(
            title=entry.title,
            link=url,
            unique_id=url,
            description=entry.summary,
            updateddate=_moment(entry.updated),
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return _not_for_search_engines(response)


def _not_for_search_engines(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
