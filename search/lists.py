"""The lists that editors maintain, as every search uses them: held in memory by each
process, read again soon after a change (see ``search.held``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from .bulk import is_held
from .held import LABELS, NAMES, PROMOTED, SYNONYMS, Held, touch
from .models import PromotedResult, SynonymSet
from .promoting import Promotions
from .registry import registry
from .synonyms import LIST, Group, Synonyms, languages_of


def _groups() -> Iterator[Group]:
    """Every group there is; what editors wrote comes before what records bring."""
    for row in SynonymSet.objects.filter(is_active=True):
        yield Group(row.term_list, LIST, languages_of(row.language))
    for provider in registry.synonyms.values():
        yield from provider.groups()


def _build_synonyms() -> dict[str, Synonyms]:
    groups = list(_groups())
    return {code: Synonyms(groups, code) for code in settings.SEARCH["LANGUAGES"]}


_synonyms: Held[dict[str, Synonyms]] = Held(SYNONYMS, _build_synonyms)
_promotions: Held[Promotions] = Held(
    PROMOTED, lambda: Promotions(PromotedResult.objects.current())
)


def synonyms(language: str) -> Synonyms:
    """The synonyms of one language's search."""
    return _synonyms.get()[language]


def promotions() -> Promotions:
    """The recommendations of the editors."""
    return _promotions.get()


def touch_all() -> None:
    """After a bulk change: anything may be different."""
    for name in (SYNONYMS, PROMOTED, LABELS, NAMES):
        touch(name)


def on_change(sender: type[Model], **kwargs: Any) -> None:
    """Something that a list is made of was saved or deleted."""
    sources = {m for provider in registry.synonyms.values() for m in provider.models}
    if sender in (*sources, SynonymSet) and not is_held():
        touch(SYNONYMS)
    if sender is PromotedResult:
        touch(PROMOTED)
    if sender in registry.models_of_labels and not is_held():
        touch(LABELS)
    if sender in registry.models_of_names and not is_held():
        touch(NAMES)


def connect() -> None:
    """Listen to changes of the lists."""
    post_save.connect(on_change, dispatch_uid="search.lists_saved")
    post_delete.connect(on_change, dispatch_uid="search.lists_deleted")
