"""Why a person or organisation stands in a result list, in plain words.

A subject gives each document ``details["reasons"]``: a basis (``responsibility``,
``self``, ``editorial`` …), a text, and other words for the same, the most telling
first. Shown are those that hold a word of the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .experts import PROFILE, REASONS, Contribution, Expert
from .parties import Work
from .query import Marks
from .registry import registry
from .results import Hit
from .snippets import Span, make_snippet, spans_in

MAX_REASONS = 2
_LENGTH = 140
#: Where on the page of a party something stands, by what it rests on.
_PLACES = {"responsibility": "#aufgaben"}
_DUTY = "responsibility"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: on what it rests, and the words."""

    basis: str
    text: SafeString
    #: Where it can be read: linked are its own words, or these.
    url: str = ""
    url_text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """A person or organisation with reasons, as the templates show it."""

    hit: Hit
    reasons: tuple[Reason, ...]
    details: Mapping[str, object]


def explain(hit: Hit, marks: Marks | None) -> Who:
    """A hit with its reasons."""
    return Who(hit, tuple(_reasons(hit, marks)), hit.details)


def reasons_for(
    expert: Expert, hit: Hit, works: Mapping[str, Work], marks: Marks | None
) -> Who:
    """A party with what speaks for it: work in words, with the document it is told in;
    what it says itself, with its own page. What several of its people say of themselves
    is one reason to look at it, not several."""
    found: list[Reason] = []
    for contribution in expert.reasons:
        if contribution.role != PROFILE:
            found.append(_work_reason(contribution, works[contribution.document]))
            continue
        for reason in _reasons(hit, marks):
            place = _PLACES.get(reason.basis, "")
            found.append(replace(reason, url=hit.url + place))
    return Who(hit, tuple(dict.fromkeys(found))[:REASONS], hit.details)


def _work_reason(contribution: Contribution, work: Work) -> Reason:
    part = contribution.part
    before, after = registry.phrase(part.role, part.basis, part.year)
    text = SafeString(escape(before))
    return Reason(part.basis, text, work.url, work.title, after)


def _reasons(hit: Hit, marks: Marks | None) -> list[Reason]:
    """Reasons with words of the question, those with most of them first; else the first
    one, as it stands."""
    given = hit.details.get("reasons", ())
    found: list[tuple[int, Reason]] = []
    for basis, text, *other_words in given:
        if basis == _DUTY:
            text = _asked_first(text, hit.language, marks)
        spans = spans_in(text, hit.language, marks)
        others = [spans_in(words, hit.language, marks) for words in other_words]
        if spans or any(others):
            asked = len({span.form for span in spans})
            found.append((-asked, _reason(basis, text, spans)))
    if not found and given:
        basis, text, *_ = given[0]
        return [_reason(basis, text, [])]
    # A stable order: subjects name the most telling first.
    return [reason for _, reason in sorted(found, key=lambda e: e[0])[:MAX_REASONS]]


def _asked_first(text: str, language: str, marks: Marks | None) -> str:
    """Responsibilities in a list: those that were asked for come first."""
    items = text.split(", ")
    asked = [item for item in items if spans_in(item, language, marks)]
    return ", ".join([*asked, *(item for item in items if item not in asked)])


def _reason(basis: str, text: str, spans: Sequence[Span]) -> Reason:
    shown = make_snippet(text, spans, 0, _LENGTH)
    return Reason(basis, mark_safe(shown))  # noqa: S308 (escaped in make_snippet)
