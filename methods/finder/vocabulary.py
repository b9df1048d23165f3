"""What may be chosen, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from hub.formats import is_german
from hub.models import Goal, InclusionMeasure, TargetGroup
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
                Criterion.GOALS: _entries(Goal),
                Criterion.LEVEL: _choices(Level),
                Criterion.GROUPS: _entries(TargetGroup),
                Criterion.BARRIERS: _entries(InclusionMeasure),
                Criterion.INVITATION: _choices(Recruitment),
                Criterion.CONFLICT: _choices(Conflict),
                Criterion.FORMATS: _choices(Format),
            }
    return found


def within_sentence(label: str) -> str:
    """A name as it stands inside a sentence: English ones begin small."""
    return label if is_german() else lower_first(label)


def listed(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Names of codes in a row. A code nobody knows any more is left out."""
    wanted = [within_sentence(names[code]) for code in codes if code in names]
    return ", ".join(wanted)


def _entries(model: Any) -> dict[str, str]:
    return {entry.code: str(entry) for entry in model.objects.active()}


def _choices(choices: Any) -> dict[str, str]:
    return {code: str(label) for code, label in choices.choices}


_vocabulary: Held[dict[str, Vocabulary]] = Held(LABELS, _read)
