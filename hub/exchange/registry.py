"""Who exchanges what: each subject registers itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Model

if TYPE_CHECKING:
    from .subjects import Subject


class Registry:
    """All subjects in load order, and which of them a model belongs to."""

    def __init__(self) -> None:
        self._subjects: dict[str, Subject] = {}

    def register(self, subject: Subject) -> None:
        """Add a subject; a second one of the same name replaces the first."""
        self._subjects[subject.name] = subject
        subject.registry = self

    @property
    def subjects(self) -> list[Subject]:
        """In load order: what others refer to comes first."""
        return sorted(self._subjects.values(), key=lambda s: (s.order, s.name))

    def get(self, name: str) -> Subject | None:
        """The subject of that name, if anybody registered it."""
        return self._subjects.get(name)

    def space_of(self, model: type[Model]) -> str | None:
        """In which name space ids of this model live; ``None`` if not exchanged."""
        for subject in self._subjects.values():
            if model in subject.models.values():
                return subject.space(model)
        return None

    def page_spaces(self) -> set[str]:
        """Name spaces whose ids name pages."""
        return {s.name for s in self._subjects.values() if s.holds_pages}


registry = Registry()
