"""Orders of a list: names as people expect them, and the links between orders."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from hub.filters import SORT, FacetedList


@dataclass(frozen=True)
class SortOrder:
    """One order: its code in the address (empty: the usual one), label and key."""

    code: str
    label: str
    key: Callable[[int], Any]


def collation_key(text: str) -> str:
    """As in an Austrian index: "Ö" beside "O", capitals like small letters."""
    folded = unicodedata.normalize("NFKD", str(text).replace("ß", "ss").casefold())
    return "".join(
        char for char in folded if not unicodedata.combining(char) and char != "\u00ad"
    )


def sort_options(
    orders: Sequence[SortOrder], params: QueryDict, listing: FacetedList
) -> list[dict[str, Any]]:
    """Links to the same list in every order."""
    wanted = params.get(SORT, "")
    current = wanted if any(order.code == wanted for order in orders) else ""
    options = []
    for order in orders:
        query = QueryDict(listing.query_without_sort, mutable=True)
        if order.code:
            query[SORT] = order.code
        options.append(
            {
                "label": order.label,
                "url": "?" + query.urlencode(),
                "current": order.code == current,
            }
        )
    return options
