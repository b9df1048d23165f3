"""What the database holds of every subject, and what was last imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType

from hub.models import ExchangeItem

from .refs import References
from .registry import Registry
from .subjects import Subject


@dataclass
class Held:
    """One subject's objects by stable id, in load order, and its remembered rows."""

    objects: dict[str, Any] = field(default_factory=dict)
    items: dict[str, ExchangeItem] = field(default_factory=dict)


class State:
    """Everything there is, read once per run."""

    def __init__(self, registry: Registry) -> None:
        self.refs = References(registry.page_spaces())
        self.held: dict[str, Held] = {}
        #: Names (space, token) of invented objects.
        self.invented: set[tuple[str, str]] = set()
        for subject in registry.subjects:
            self.held[subject.name] = self._read(subject)
        self.refs.add_translations()

    def _read(self, subject: Subject) -> Held:
        held = Held()
        waiting = {(type(obj), obj.pk): obj for obj in subject.objects()}
        for item in ExchangeItem.objects.filter(subject=subject.name).order_by("pk"):
            kind = ContentType.objects.get_for_id(item.content_type_id)
            model: Any = kind.model_class()
            held.items[item.stable_id] = item
            obj = waiting.pop((model, item.object_id), None)
            if obj is not None:
                self._hold(subject, held, item.stable_id, obj)
        self._name_others(subject, held, waiting.values())
        return held

    def _name_others(
        self, subject: Subject, held: Held, objects: Iterable[Any]
    ) -> None:
        """Editors' own objects get an id from what they are called."""
        for obj in objects:
            wanted = name = subject.stable_id(obj, self.refs)
            number = 2
            while name in held.objects or name in held.items:
                name = f"{wanted}-{number}"
                number += 1
            self._hold(subject, held, name, obj)

    def _hold(self, subject: Subject, held: Held, stable_id: str, obj: Any) -> None:
        held.objects[stable_id] = obj
        self.bind(subject, stable_id, obj)

    def bind(self, subject: Subject, stable_id: str, obj: Any) -> None:
        """Let others refer to the object."""
        space = subject.space(type(obj))
        token = subject.token_of(obj, stable_id)
        self.refs.bind(space, token, obj.pk)
        if getattr(obj, "is_demo", False):
            self.invented.add((space, token))
