"""Who contributes documents, and what changes them.

Each subject registers one ``Source`` per kind from its ``AppConfig.ready``::

    registry.register(MethodSource())
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import translation

from .documents import SearchDocument
from .held import LABELS, Held
from .results import FacetCount, FacetGroup
from .synonyms import Group

#: Kinds shown as "Methoden und Fälle" and as "Menschen und Stellen".
CONTENT, NETWORK = "content", "network"


def _language() -> str:
    return (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]


class Source:
    """One kind of thing that can be found.

    Subclasses name the kind, its labels and its model, say which objects may be seen
    by everyone, and turn one object into its documents.
    """

    kind: ClassVar[str]
    group: ClassVar[str] = CONTENT
    label: ClassVar[Any]  # singular, lazily translated
    label_plural: ClassVar[Any]
    icon: ClassVar[str] = ""  # symbol in icons.svg, without "i-"
    order: ClassVar[int] = 100  # position of the kind's tab
    model: type[Model]
    #: Whether its objects are parties: people, organisations and others who can help.
    is_party: ClassVar[bool] = False
    #: Whether parties take part in its objects.
    has_parties: ClassVar[bool] = False
    #: Facet names this kind fills, in the order shown.
    facets: ClassVar[tuple[str, ...]] = ()

    def visible(self) -> QuerySet[Any]:
        """Objects that everyone may see now, in every language."""
        raise NotImplementedError

    def visible_in(self, language: str) -> QuerySet[Any]:
        """Visible objects that may have a document in a language, with what their
        documents need: whole indexes are built from these."""
        return self.visible()

    def documents(self, obj: Any) -> Iterable[SearchDocument]:
        """The documents of one visible object: one per language it exists in."""
        raise NotImplementedError

    def object_for(self, instance: Model) -> Any:
        """The object to index when ``instance`` was saved or deleted (usually itself)."""
        return instance

    def private_names(self) -> Iterable[str]:
        """Names of people, visible or not: never proposed as a spelling, and no search
        that holds one is written down."""
        return ()

    def at(self, path: str) -> Any:
        """The visible object whose page has this path on the site, if there is one."""
        return None

    #: Other models whose change changes documents of this kind: model → objects to
    #: index again. Called with the changed instance, also just before it is deleted.
    related: Mapping[type[Model], Callable[[Any], Iterable[Model]]] = {}

    def relate(
        self, model: type[Model], resolve: Callable[[Any], Iterable[Model]]
    ) -> None:
        """One more such model, from a subject that adds to documents of this kind."""
        before = self.related.get(model)

        def both(instance: Any) -> Iterable[Model]:
            return [*(before(instance) if before else ()), *resolve(instance)]

        self.related = {**self.related, model: both}

    def dependents(self, instance: Model) -> Iterator[Iterable[Model]]:
        """Objects of this kind whose documents show something of ``instance``."""
        for model, resolve in self.related.items():
            if isinstance(instance, model):
                yield resolve(instance)


class Facet:
    """A named facet: its label and the labels of its codes in the active language. With
    ``in_order`` its values show in the order of the labels, not the frequent ones first.
    ``models`` are what they come from: they are held in memory until one of these
    changes; without any, they never do.
    """

    def __init__(
        self,
        name: str,
        label: Any,
        labels: Callable[[], Mapping[str, str]],
        in_order: bool = False,
        models: tuple[type[Model], ...] = (),
    ) -> None:
        self.name = name
        self.label = label
        self.in_order = in_order
        self.models = models
        self._read = labels
        self._labels: Held[dict[str, Mapping[str, str]]] = Held(LABELS, self._build)

    def labels(self) -> Mapping[str, str]:
        """Codes and their labels in the active language, in their order."""
        labels = self._labels.get() if self.models else self._fixed
        return labels[_language()]

    def group(self, counts: Mapping[str, int], chosen: Collection[str]) -> FacetGroup:
        """The values that something was found for, and those chosen."""
        values = [
            FacetCount(self.name, code, str(label), counts.get(code, 0), code in chosen)
            for code, label in self.labels().items()
            if counts.get(code) or code in chosen
        ]
        if not self.in_order:
            values.sort(key=lambda value: -value.count)
        return FacetGroup(self.name, str(self.label), tuple(values))

    @cached_property
    def _fixed(self) -> dict[str, Mapping[str, str]]:
        """Labels that come from no model: no stamp in the database tells of a change."""
        return self._build()

    def _build(self) -> dict[str, Mapping[str, str]]:
        built: dict[str, Mapping[str, str]] = {}
        for code in settings.SEARCH["LANGUAGES"]:
            with translation.override(code):
                built[code] = {key: str(label) for key, label in self._read().items()}
        return built


@dataclass(frozen=True, slots=True)
class SynonymProvider:
    """Groups of synonyms that records bring along, and the models they come from: when
    one of these changes, they are read again."""

    origin: str
    label: Any
    models: tuple[type[Model], ...]
    groups: Callable[[], Iterable[Group]]


#: Takes role, basis and year; words before and after the title of the document.
Phrasing = Callable[[str, str, int | None], tuple[str, str]]


class Registry:
    """All sources and facets, by name, in the order in which they show."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._facets: dict[str, Facet] = {}
        self._label_models: set[type[Model]] = set()
        #: Names of kinds by language: several questions a page ask for them.
        self._names: dict[str, dict[str, str]] = {}
        self._synonyms: dict[str, SynonymProvider] = {}
        self._phrase: Phrasing = lambda role, basis, year: (role, "")
        self._answers: Callable[[str], str] = lambda question: ""
        self._planner: Callable[[str, str], str] = lambda question, language: ""
        #: Kinds in the order of registration, with repetitions: a check reads it.
        self.registered: list[str] = []

    def register(self, source: Source) -> None:
        """Add a source; a second one of the same kind replaces the first."""
        self.registered.append(source.kind)
        self._sources[source.kind] = source
        self._names.clear()

    def register_facet(self, facet: Facet) -> None:
        """Add a facet that sources may fill."""
        self._facets[facet.name] = facet

    def register_synonyms(self, provider: SynonymProvider) -> None:
        """Add words that records bring along; the origin names them."""
        self._synonyms[provider.origin] = provider

    def register_answers(
        self, phrasing: Phrasing, address: Callable[[str], str]
    ) -> None:
        """How the part of somebody in a document is put into words, and where the page
        is that answers who can help with a question (in the active language)."""
        self._phrase = phrasing
        self._answers = address

    def register_planner(self, address: Callable[[str, str], str]) -> None:
        """Where a plan can be worked on that a question in a language describes; the
        address is empty for questions that describe none."""
        self._planner = address

    def planner_url(self, question: str, language: str) -> str:
        """Where the plan can be worked on that a question describes, if it does."""
        return self._planner(question, language)

    def phrase(self, role: str, basis: str, year: int | None) -> tuple[str, str]:
        """What stands before and after the title of a document that somebody took part
        in."""
        return self._phrase(role, basis, year)

    def answers_url(self, question: str) -> str:
        """The page that answers who can help; empty when there is none."""
        return self._answers(question)

    @property
    def synonyms(self) -> dict[str, SynonymProvider]:
        return dict(self._synonyms)

    @property
    def sources(self) -> list[Source]:
        return sorted(self._sources.values(), key=lambda source: source.order)

    @property
    def facets(self) -> dict[str, Facet]:
        return dict(self._facets)

    def register_labels(self, *models: type[Model]) -> None:
        """Further models that something held under ``LABELS`` is read from."""
        self._label_models.update(models)

    @property
    def models_of_labels(self) -> set[type[Model]]:
        """What labels of facets, and what else is held with them, are read from."""
        of_facets = {m for facet in self._facets.values() for m in facet.models}
        return of_facets | self._label_models

    @property
    def models_of_names(self) -> set[type[Model]]:
        """What has names that are private."""
        default = Source.private_names
        return {s.model for s in self.sources if type(s).private_names is not default}

    def source(self, kind: str) -> Source:
        """The source of a kind; raises ``KeyError`` if nobody registered it."""
        return self._sources[kind]

    def find(self, kind: str) -> Source | None:
        """The source of a kind, if anybody registered it."""
        return self._sources.get(kind)

    def kind_names(self) -> dict[str, str]:
        """What may stand behind ``kind:`` or ``art:`` → kind code."""
        language = _language()
        if language not in self._names:
            self._names[language] = {
                str(name).casefold(): source.kind
                for source in self.sources
                for name in (source.label_plural, source.label, source.kind)
            }
        return self._names[language]

    def party_kinds(self) -> tuple[str, ...]:
        """Kinds whose documents are those of parties."""
        return tuple(s.kind for s in self.sources if s.is_party)

    def work_kinds(self) -> tuple[str, ...]:
        """Kinds that parties take part in."""
        return tuple(s.kind for s in self.sources if s.has_parties)

    def label(self, kind: str) -> str:
        """What one thing of a kind is called; its code when nobody knows it any more."""
        source = self.find(kind)
        return str(source.label) if source else kind

    def kinds(self, group: str | None = None) -> list[str]:
        """Kind codes in display order, of one group or of all."""
        return [s.kind for s in self.sources if group in (None, s.group)]


registry = Registry()
