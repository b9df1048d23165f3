"""What stands in the main navigation beside the sections that editors put there.

A subject registers a label and where it leads; ``hub`` names no subject.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NavLink:
    """One word of the navigation. ``address`` takes a language and returns a path, empty
    where there is none."""

    label: Any
    address: Callable[[str], str]


_links: list[NavLink] = []


def register(link: NavLink) -> None:
    """Called once by a subject when it is ready."""
    if link not in _links:
        _links.append(link)


def links() -> list[NavLink]:
    """All of them, in the order of registration."""
    return list(_links)
