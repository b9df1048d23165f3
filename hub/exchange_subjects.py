"""What hub itself exchanges: vocabularies, glossary, its own pages, easy texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from hub.exchange.columns import Column
from hub.exchange.links import LanguageColumn, PageLinkColumn
from hub.exchange.pages import PageSubject
from hub.exchange.problems import WrongValue
from hub.exchange.refs import References
from hub.exchange.registry import registry
from hub.exchange.subjects import RecordSubject, Row
from hub.models import (
    AskPage,
    EasyIndexPage,
    EasyText,
    GlossaryPage,
    GlossaryTerm,
    Goal,
    HomePage,
    InclusionMeasure,
    StandardPage,
    TargetGroup,
    Topic,
)
from search.models import SynonymSet


class VocabularySubject(RecordSubject):
    """All vocabularies in one file. Codes may repeat from one to another."""

    def space(self, model: type[models.Model]) -> str:
        return f"{self.name}:{model._meta.model_name}"

    def token(self, row: Row) -> str:
        return str(row.data.get("code", ""))

    def token_of(self, obj: Any, stable_id: str) -> str:
        return str(obj.code)

    def stable_id(self, obj: Any, refs: References) -> str:
        return f"{self.kind_of(obj)}/{obj.code}"


class RecordLinkColumn(PageLinkColumn):
    """A record of whatever kind: ``organisations/ma-20``."""

    is_link = True

    def __init__(self) -> None:
        self.name = "record"
        self.is_required = False

    field_name = "object_id"
    is_unique = False

    def load(self, value: Any) -> str | None:
        if value is not None and (not isinstance(value, str) or "/" not in value):
            raise WrongValue("erwartet wird Bereich/Kennung")
        return value

    def dump_all(self, objects: Any, refs: References) -> dict[int, Any]:
        return {obj.pk: self._name(obj, refs) for obj in objects}

    def _name(self, obj: EasyText, refs: References) -> str | None:
        if obj.object_id is None or obj.content_type is None:
            return None
        space = registry.space_of(obj.content_type.model_class())
        token = space and refs.token(space, obj.object_id)
        return f"{space}/{token}" if token else None

    def assign(self, obj: EasyText, value: str | None, refs: References) -> None:
        obj.content_type = obj.object_id = None
        if value is None:
            return
        space, _, token = value.partition("/")
        subject = registry.get(space)
        if subject is None:
            raise LookupError(value)
        model = next(iter(subject.models.values()))
        obj.content_type = ContentType.objects.get_for_model(model)
        obj.object_id = refs.pk(space, token)


class EasyTextSubject(RecordSubject):
    """Texts in easy language, about a page or a record."""

    def make_columns(self, model: type[models.Model]) -> list[Column]:
        locale = EasyText._meta.get_field("locale")
        return [
            *super().make_columns(model),
            LanguageColumn(locale, "language"),
            RecordLinkColumn(),
        ]

    def check_row(self, row: Row, kind: str) -> Iterator[tuple[str, str]]:
        if bool(row.values["page"]) == bool(row.values["record"]):
            yield "page", "genau eines von page und record ist anzugeben"

    def stable_id(self, obj: EasyText, refs: References) -> str:
        about = (
            refs.page_name(obj.page_id)
            if obj.page_id
            else RecordLinkColumn()._name(obj, refs)
        )
        return f"{about or obj.pk}/{obj.language}"


class SynonymSubject(RecordSubject):
    """The editors' list of synonyms."""

    def stable_id(self, obj: SynonymSet, refs: References) -> str:
        return f"eigene-{obj.pk}"


def register() -> None:
    """Called once when the app is ready."""
    registry.register(
        VocabularySubject(
            "vocabulary",
            {
                "topic": Topic,
                "target_group": TargetGroup,
                "goal": Goal,
                "inclusion_measure": InclusionMeasure,
            },
            order=10,
            kind_key="model",
            lines=("synonyms",),
            required=(),
        )
    )
    registry.register(
        RecordSubject("glossary", GlossaryTerm, order=60, lines=("synonyms",))
    )
    registry.register(
        SynonymSubject("synonyms", SynonymSet, order=65, required=(), lines=("terms",))
    )
    registry.register(
        PageSubject(
            "pages",
            {
                "home": HomePage,
                "standard": StandardPage,
                "glossary": GlossaryPage,
                "easy": EasyIndexPage,
                "ask": AskPage,
            },
            order=90,
            kind_key="type",
        )
    )
    registry.register(
        EasyTextSubject(
            "easy_texts",
            EasyText,
            order=150,
            required=(),
            lines=("sentences",),
            exclude=("content_type", "object_id"),
            is_target=False,
        )
    )
