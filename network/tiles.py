"""The tile map of the districts as a filter of a list.

Each tile is a link that adds the district to the choice or takes it away. Its text twin
is the facet of the same name in the form: same names, same numbers, same result.
"""

from __future__ import annotations

from dataclasses import dataclass

from hub.filters import FacetedList

#: From how many on a tile gets the next shade.
HEAT_STEPS = (1, 4, 7)


@dataclass(frozen=True)
class Tile:
    """One district on the map."""

    number: int
    name: str
    count: int
    url: str
    is_chosen: bool

    @property
    def heat(self) -> int:
        return heat(self.count)


def heat(count: int) -> int:
    """0 to 3: the shade of a tile."""
    return sum(count >= step for step in HEAT_STEPS)


def tiles(listing: FacetedList, name: str) -> list[Tile]:
    """All districts the facet knows by name, with what choosing each would give. No query.

    A district that nothing on the list is about has a tile without a link.
    """
    spec = next((spec for spec in listing.specs if spec.name == name), None)
    if spec is None:
        return []
    facet = listing.facet(name)
    options = {option.code: option for option in facet.options} if facet else {}
    found = []
    for code, label in spec.labels.items():
        if not code.isdigit():
            continue
        option = options.get(code)
        found.append(
            Tile(
                number=int(code),
                name=str(label).removeprefix(f"{code}. "),
                count=option.count if option else 0,
                url=option.url_toggle if option else "",
                is_chosen=bool(option and option.selected),
            )
        )
    return found
