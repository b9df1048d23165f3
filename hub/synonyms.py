"""Words of the hub's own records that the search may look for beside what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.models import (
    GlossaryTerm,
    Goal,
    InclusionMeasure,
    TargetGroup,
    Topic,
    lines,
)
from search.registry import SynonymProvider, registry
from search.synonyms import Group, Shape

#: A single word of another language needs so many letters: shorter ones are often a
#: word of this language, too, that means something else ("rent", "rate").
MIN_FOREIGN = 6
OTHER = {"de": "en", "en": "de"}

#: Stands on every page: as another word for anything it would say nothing.
EVERYWHERE = frozenset({"wiener*innen", "viennese"})


def plain(text: str | None) -> str:
    """A name without what stands in brackets, and without soft hyphens."""
    return (text or "").split("(")[0].replace("\u00ad", "").strip()


def foreign(words: Iterable[str]) -> list[str]:
    """Words of the other language that cannot be taken for one of this."""
    return [w for w in words if " " in w or len(w) >= MIN_FOREIGN]


def groups_of(entry: Any, field: str, origin: str, shape: Shape) -> Iterator[Group]:
    """One group for each language: the record's words, and those it has in the other."""
    for code, other in OTHER.items():
        head = plain(getattr(entry, f"{field}_{code}", None))
        if not head:
            continue
        own = lines(getattr(entry, f"synonyms_{code}", None))
        theirs = (
            getattr(entry, f"{field}_{other}", None),
            *lines(getattr(entry, f"synonyms_{other}", None)),
        )
        their_words = foreign(filter(None, map(plain, theirs)))
        terms = (*map(plain, own), *their_words)
        terms = tuple(t for t in terms if t.casefold() not in EVERYWHERE)
        if shape is Shape.EQUAL:
            terms = (head, *terms)
        others = frozenset(their_words) - {head, *map(plain, own)}
        yield Group(terms, origin, (code,), shape, head, others)


def _glossary() -> Iterator[Group]:
    """Synonyms of a glossary term are true ones: each means each."""
    for term in GlossaryTerm.objects.visible():
        yield from groups_of(term, "term", "glossary", Shape.EQUAL)


def _vocabulary(model: Any, origin: str, shape: Shape) -> Iterator[Group]:
    for entry in model.objects.active():
        yield from groups_of(entry, "name", origin, shape)


#: Words of a topic or goal lead to it and not back: "Trinkbrunnen" belongs to "Wasser",
#: and who asks for water does not ask for fountains. Those of a group or measure are
#: other names for it.
VOCABULARIES = (
    ("topic", _("Thema"), Topic, Shape.TOWARDS),
    ("goal", _("Ziel"), Goal, Shape.TOWARDS),
    ("target_group", _("Zielgruppe"), TargetGroup, Shape.STAR),
    ("measure", _("Inklusionsmaßnahme"), InclusionMeasure, Shape.STAR),
)


def register() -> None:
    """Called once, when all apps are there."""
    registry.register_synonyms(
        SynonymProvider("glossary", _("Glossar"), (GlossaryTerm,), _glossary)
    )
    for origin, label, model, shape in VOCABULARIES:
        registry.register_synonyms(
            SynonymProvider(
                origin,
                label,
                (model,),
                lambda m=model, o=origin, s=shape: _vocabulary(m, o, s),
            )
        )
