"""What the city's own cases say about a method.

Cases know methods and not the other way round, so the subject of cases registers here
what it can tell. Without it a method page simply has no practice to show.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class CaseUse:
    """A case that used the method, ready to be shown."""

    page_id: int
    title: str
    url: str
    lang: str
    marker: str
    note: str
    text: str
    is_inherited: bool
    is_demo: bool


@dataclass(frozen=True)
class FigureRange:
    """What the cases took, as a range over those with a figure."""

    label: str
    low: int
    high: int
    cases: int


@dataclass(frozen=True)
class Practice:
    """Everything cases tell about one method."""

    own: list[CaseUse] = field(default_factory=list)
    inherited: list[CaseUse] = field(default_factory=list)
    figures: list[FigureRange] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether no case used the method."""
        return not (self.own or self.inherited)


@dataclass(frozen=True)
class Conditions:
    """What is known of a plan that cases may have in common with it."""

    groups: tuple[str, ...] = ()
    people: int | None = None
    budget: int | None = None

    def __bool__(self) -> bool:
        return bool(self.groups) or self.people is not None or self.budget is not None


@dataclass(frozen=True)
class LikeCase:
    """A case that used a method under like conditions, and what is alike."""

    title: str
    url: str
    lang: str
    is_demo: bool
    alike: tuple[str, ...]


class Provider(Protocol):
    """What the subject of cases offers."""

    def counts(self, methods: Collection[int]) -> dict[int, int]:
        """Number of cases with their own experience, by German method page."""

    def of(self, method: int, language: str) -> Practice:
        """Practice with one method, in one language."""

    def like(
        self, methods: Collection[int], conditions: Conditions, language: str
    ) -> dict[int, list[LikeCase]]:
        """Cases under like conditions, by German method page."""


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called once by the subject of cases when it is ready."""
    if provider not in _providers:
        _providers.append(provider)


def counts(methods: Collection[int]) -> dict[int, int]:
    """Number of cases with their own experience, by German method page."""
    found: dict[int, int] = {}
    for provider in _providers:
        found.update(provider.counts(methods))
    return found


def of(method: int, language: str) -> Practice:
    """Practice with one method; empty when nobody knows any."""
    for provider in _providers:
        return provider.of(method, language)
    return Practice()


def like(
    methods: Collection[int], conditions: Conditions, language: str
) -> dict[int, list[LikeCase]]:
    """Cases under like conditions, the most alike first, by German method page."""
    found: dict[int, list[LikeCase]] = {}
    if methods and conditions:
        for provider in _providers:
            found.update(provider.like(methods, conditions, language))
    return found
