"""Who knows about a question: people ranked by the documents they took part in.

Needs no engine and no database: it gets hits with their scores and who did what in
them. Each document counts with its score, times what the role says about the person,
times how recent it is; a person has the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import fields

#: So many of the best documents speak for people.
DOCUMENTS = 200
#: Contributions that are named as reasons.
REASONS = 3

#: How much a role says about knowing the subject. Who paid knows least of it.
ROLE_WEIGHTS: Mapping[str, float] = {
    "led": 1.0,
    "moderated": 1.0,
    "expertise": 1.0,
    "evaluated": 0.9,
    "initiated": 0.9,
    "implemented": 0.8,
    "co_organised": 0.8,
    "applied": 0.8,
    "outreach": 0.7,
    "commissioned": 0.6,
    "funded": 0.4,
}
#: Any other role, and none.
OTHER_ROLE = 0.7

#: After so many years work counts half; it never counts less than the floor.
HALF_LIFE = 8.0
OLDEST = 0.3
#: Work of an unknown year.
UNDATED = 0.6

#: What is only spelt like the words asked for, or means the same, speaks less.
LOWER_TIER = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """A person's or organisation's part in a document."""

    key: str
    role: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One document that speaks for somebody, and how much."""

    document: str
    role: str
    year: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who can say something about the question."""

    key: str
    score: float
    reasons: tuple[Contribution, ...]


def rank(
    hits: Iterable[tuple[str, float]],
    parts: Mapping[str, Iterable[Part]],
    this_year: int,
) -> list[Expert]:
    """Rank people by hits: documents with their scores, the best first. ``parts`` says
    who did what in a document. In one document a person counts once, by the role that
    says most."""
    found: dict[str, list[Contribution]] = {}
    top: float | None = None
    for document, score in list(hits)[:DOCUMENTS]:
        tier, strength = divmod(score, fields.TIER)
        top = tier if top is None else top
        if tier < top:
            strength *= LOWER_TIER
        for key, given in _once(document, strength, parts, this_year).items():
            found.setdefault(key, []).append(given)
    experts = [_expert(key, given) for key, given in found.items()]
    return sorted(experts, key=lambda expert: (-expert.score, expert.key))


def _once(
    document: str,
    strength: float,
    parts: Mapping[str, Iterable[Part]],
    this_year: int,
) -> dict[str, Contribution]:
    best: dict[str, Contribution] = {}
    for part in parts.get(document, ()):
        worth = strength * role_weight(part.role) * recency(part.year, this_year)
        if part.key not in best or best[part.key].score < worth:
            best[part.key] = Contribution(document, part.role, part.year, worth)
    return best


def _expert(key: str, given: list[Contribution]) -> Expert:
    largest = sorted(given, key=lambda one: (-one.score, one.document))
    return Expert(key, sum(one.score for one in given), tuple(largest[:REASONS]))


def role_weight(role: str) -> float:
    """What a role says about knowing the subject."""
    return ROLE_WEIGHTS.get(role, OTHER_ROLE)


def recency(year: int | None, this_year: int) -> float:
    """1 for this year (and for what is to come), then less, down to the floor."""
    if year is None:
        return UNDATED
    age = max(0, this_year - year)
    return max(OLDEST, 0.5 ** (age / HALF_LIFE))
