"""What may be chosen, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import translation

from hub.formats import is_german
from hub.models import Goal, InclusionMeasure, TargetGroup
from hub.searching import choice_labels, vocabulary_labels
from hub.templatetags.hub_tags import lower_first
from methods.choices import Conflict, Format, Level, Recruitment
from search.held import LABELS, Held

from .answers import Criterion

#: Names of codes, by criterion, in their own order.
Vocabulary = Mapping[Criterion, Mapping[str, str]]


def vocabulary(language: str) -> Vocabulary:
    """Everything that has codes; held in memory until editors change it."""
    return _vocabulary.get()[language]


def _read() -> dict[str, Vocabulary]:
    found: dict[str, Vocabulary] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = {
                Criterion.GOALS: vocabulary_labels(Goal),
                Criterion.LEVEL: choice_labels(Level),
                Criterion.GROUPS: vocabulary_labels(TargetGroup),
                Criterion.BARRIERS: vocabulary_labels(InclusionMeasure),
                Criterion.INVITATION: choice_labels(Recruitment),
                Criterion.CONFLICT: choice_labels(Conflict),
                Criterion.FORMATS: choice_labels(Format),
            }
    return found


def within_sentence(label: str) -> str:
    """A name as it stands inside a sentence: English ones begin small."""
    return label if is_german() else lower_first(label)


def listed(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Names of codes in a row. A code nobody knows any more is left out."""
    wanted = [within_sentence(names[code]) for code in codes if code in names]
    return ", ".join(wanted)


_vocabulary: Held[dict[str, Vocabulary]] = Held(LABELS, _read)
