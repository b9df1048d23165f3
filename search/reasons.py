"""Why a person or organisation stands in a result list, in plain words.

A subject gives each document ``details["reasons"]``: a basis (``responsibility``,
``self``, ``editorial`` …), a text, and other words for the same, the most telling
first. Shown are those that hold a word of the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .analysis import get_analyser
from .query import Marks
from .results import Hit
from .snippets import Span, make_snippet, spans_of

MAX_REASONS = 2
_LENGTH = 140


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: on what it rests, and the words."""

    basis: str
    text: SafeString


@dataclass(frozen=True, slots=True)
class Who:
    """A person or organisation with reasons, as the templates show it."""

    hit: Hit
    reasons: tuple[Reason, ...]
    details: Mapping[str, object]


def explain(hit: Hit, marks: Marks | None) -> Who:
    """A hit with its reasons."""
    return Who(hit, tuple(_reasons(hit, marks)), hit.details)


def _reasons(hit: Hit, marks: Marks | None) -> list[Reason]:
    """Reasons with a word of the question; else the first one, as it stands."""
    given = hit.details.get("reasons", ())
    found: list[Reason] = []
    for basis, text, *other_words in given:
        spans = spans_in(text, hit.language, marks)
        if spans or any(spans_in(words, hit.language, marks) for words in other_words):
            found.append(_reason(basis, text, spans))
        if len(found) == MAX_REASONS:
            return found
    if not found and given:
        basis, text, *_ = given[0]
        found.append(_reason(basis, text, []))
    return found


def _reason(basis: str, text: str, spans: Sequence[Span]) -> Reason:
    shown = make_snippet(text, spans, 0, _LENGTH)
    return Reason(basis, mark_safe(shown))  # noqa: S308 (escaped in make_snippet)


def spans_in(text: str, language: str, marks: Marks | None) -> list[Span]:
    """What a question marks in a short text that has no stored offsets."""
    if marks is None:
        return []
    return spans_of(get_analyser(language).tokens(text), marks)
