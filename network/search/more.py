"""What other subjects add to the search documents of the network.

Cases and methods know the network and not the other way round: they say here with which
methods a party has worked, and whose change changes that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model

from search.registry import registry

#: Takes a record; codes per facet.
Provider = Callable[[Any], Mapping[str, Iterable[str]]]
#: As in ``Source.related``.
Related = Mapping[type[Model], Callable[[Any], Iterable[Model]]]

_providers: list[Provider] = []


def add_facets(provider: Provider, related: Mapping[str, Related]) -> None:
    """Register a provider; ``related`` says per kind whose change changes what it
    says."""
    _providers.append(provider)
    for kind, models in related.items():
        source = registry.source(kind)
        for model, resolve in models.items():
            source.relate(model, resolve)


def more_facets(record: Any) -> dict[str, tuple[str, ...]]:
    """Codes that others add to the facets of a record."""
    found: dict[str, list[str]] = {}
    for provider in _providers:
        for name, codes in provider(record).items():
            found.setdefault(name, []).extend(codes)
    return {name: tuple(dict.fromkeys(codes)) for name, codes in found.items()}
