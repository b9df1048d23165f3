"""Mistakes in declarations that are better found at start than in a result list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from .meaning import embedder
from .registry import CONTENT, NETWORK, Registry, Source, registry


@register(Tags.models)
def check_registry(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every source is complete, every kind is there once, every facet is known."""
    return list(find_mistakes(registry))


@register("search")
def check_meaning(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The model of the search by meaning is there. Without it, words are searched."""
    complaint = embedder.complaint()
    if not complaint:
        return []
    hint = (
        "Until then, the search goes by words. HUB_SEARCH_MEANING=off says so for good."
    )
    return [Warning(complaint, hint=hint, id="search.W001")]


def find_mistakes(checked: Registry) -> Iterable[CheckMessage]:
    """All mistakes of one registry."""
    for source in checked.sources:
        yield from _source_mistakes(source, checked)
    for kind, number in Counter(checked.registered).items():
        if number > 1:
            yield Error(
                f"The search kind '{kind}' is registered {number} times.",
                id="search.E002",
            )


def _source_mistakes(source: Source, checked: Registry) -> Iterable[CheckMessage]:
    name = type(source).__name__
    for attribute in ("label", "label_plural", "model"):
        if not hasattr(source, attribute):
            yield Error(f"{name} has no {attribute}.", obj=source, id="search.E001")
    if source.group not in (CONTENT, NETWORK):
        yield Error(
            f"{name} has the unknown group '{source.group}'.",
            obj=source,
            id="search.E004",
        )
    for facet in source.facets:
        if facet not in checked.facets:
            yield Error(
                f"{name} fills the facet '{facet}', which nobody registered.",
                obj=source,
                id="search.E003",
            )
