"""Pages of a list: a number out of range leads to the nearest page, never a 404."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from hub.filters import PAGE


@dataclass(frozen=True)
class PageLink:
    """One link of the pager; ``number`` 0 is a gap."""

    number: int
    url: str
    current: bool = False


@dataclass(frozen=True)
class ListPage:
    """One page of a list with the links to its neighbours."""

    items: Sequence[Any]
    number: int
    pages: int
    count: int
    start: int
    links: list[PageLink]
    url_previous: str = ""
    url_next: str = ""


def nearest_page(text: str | None, pages: int) -> int:
    """The page number meant by ``text``, at least 1 and at most ``pages``."""
    text = (text or "").strip()
    if text.startswith("-") or not (text.isascii() and text.isdigit()):
        return 1
    # Anything this long is past the end; int() of thousands of digits raises.
    number = int(text) if len(text) < 10 else pages
    return max(1, min(number, pages))


def paginate(
    items: Sequence[Any], params: QueryDict, per_page: int = 20, query: str = ""
) -> ListPage:
    """Cut ``items`` (a list or queryset); ``query`` is the state links must keep."""
    paginator = Paginator(items, per_page)
    number = nearest_page(params.get(PAGE), paginator.num_pages)
    page = paginator.page(number)

    def url(target: int) -> str:
        state = QueryDict(query, mutable=True)
        state.pop(PAGE, None)
        if target > 1:
            state[PAGE] = str(target)
        return "?" + state.urlencode()

    links = [
        PageLink(target, url(target), target == number)
        if isinstance(target, int)
        else PageLink(0, "")
        for target in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]
    return ListPage(
        items=page.object_list,
        number=number,
        pages=paginator.num_pages,
        count=paginator.count,
        start=page.start_index(),
        links=links if paginator.num_pages > 1 else [],
        url_previous=url(number - 1) if page.has_previous() else "",
        url_next=url(number + 1) if page.has_next() else "",
    )
