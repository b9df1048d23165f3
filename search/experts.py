"""Who knows about a question: people ranked by the documents they took part in.

Needs no engine and no database: it gets hits with their scores and who did what in
them. Each document counts with its score, times what the role says about the party,
times how recent it is, times what it rests on; a party has the sum. What parties say in
their own document counts as one document more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from . import fields
from .documents import Part

__all__ = ["Contribution", "Expert", "Part", "rank"]

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
#: The part of parties in their own document: as current as the entry.
PROFILE = "profile"

#: How much it counts on what a part rests. Documented work stands above what people say
#: of themselves; to be in charge of something is not to have done it.
BASIS_WEIGHTS: Mapping[str, float] = {
    "source": 1.0,
    "confirmed": 1.0,
    "editorial": 0.9,
    "responsibility": 0.5,
    "self": 0.4,
}
#: Where nothing is said about it.
OTHER_BASIS = 1.0
#: What its people did counts for an organisation, but its own part counts more.
INDIRECT = 0.8

#: After so many years work counts half; it never counts less than the floor.
HALF_LIFE = 8.0
OLDEST = 0.3
#: Work of an unknown year.
UNDATED = 0.6

#: What is only spelt like the words asked for, or means the same, speaks less.
LOWER_TIER = 0.25


@dataclass(frozen=True, slots=True)
class Contribution:
    """One document that speaks for somebody, and how much."""

    document: str
    score: float
    part: Part

    @property
    def role(self) -> str:
        return self.part.role

    @property
    def year(self) -> int | None:
        return self.part.year


#: A contribution on its way: how much, in which document, by which part.
Given = tuple[float, str, Part]


class Expert(NamedTuple):
    """Somebody who can say something about the question. A tuple, as a question has
    hundreds of them and shows a few."""

    key: str
    score: float
    given: tuple[Given, ...]

    @property
    def reasons(self) -> tuple[Contribution, ...]:
        """The largest contributions; the own part before that of its people."""
        own = [one for one in self.given if not one[2].indirect]
        largest = nlargest(REASONS, own or self.given, key=lambda one: (one[0], one[1]))
        return tuple(Contribution(name, worth, part) for worth, name, part in largest)


#: Of the parties of one document each once: how much its part says, and the part.
Weighed = tuple[tuple[float, Part], ...]


def rank(
    hits: Iterable[tuple[str, float]],
    parts: Mapping[str, Iterable[Part]],
    this_year: int,
    profiles: Iterable[tuple[str, float]] = (),
) -> list[Expert]:
    """Rank people by hits: documents with their scores, the best first. ``parts`` says
    who did what in a document. ``profiles`` are hits among the parties' own documents."""
    said = {document: weighed(some, this_year) for document, some in parts.items()}
    return rank_weighed(hits, said, profiles)


def weighed(parts: Iterable[Part], this_year: int) -> Weighed:
    """The parts of one document, where a party counts by the one that says most."""
    best: dict[str, tuple[float, Part]] = {}
    for part in parts:
        worth = weight(part, this_year)
        known = best.get(part.key)
        if known is None or known[0] < worth:
            best[part.key] = (worth, part)
    return tuple(best.values())


def rank_weighed(
    hits: Iterable[tuple[str, float]],
    parts: Mapping[str, Weighed],
    profiles: Iterable[tuple[str, float]] = (),
) -> list[Expert]:
    """The same with parts that are weighed already."""
    heard = [*list(hits)[:DOCUMENTS], *list(profiles)[:DOCUMENTS]]
    top = max((score // fields.TIER for _, score in heard), default=0.0)
    found: dict[str, list[Given]] = {}
    scores: dict[str, float] = {}
    for document, score in heard:
        tier, strength = divmod(score, fields.TIER)
        if tier < top:
            strength *= LOWER_TIER
        for worth, part in parts.get(document, ()):
            key, said = part.key, strength * worth
            if key in scores:
                scores[key] += said
                found[key].append((said, document, part))
            else:
                scores[key] = said
                found[key] = [(said, document, part)]
    best_first = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Expert(key, score, tuple(found[key])) for key, score in best_first]


def emphasised(hits: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """The same hits, the weak ones weaker: twenty documents that merely mention the
    subject must not outweigh the one that is about it. Within a tier each score is
    taken by its share of the best one."""
    listed = [(document, *divmod(score, fields.TIER)) for document, score in hits]
    best: dict[float, float] = {}
    for _, tier, rest in listed:
        best[tier] = max(best.get(tier, 0.0), rest)
    return [
        (document, tier * fields.TIER + (rest * rest / best[tier] if rest else 0.0))
        for document, tier, rest in listed
    ]


def weight(part: Part, this_year: int) -> float:
    """How much a part says about knowing the subject."""
    basis = BASIS_WEIGHTS.get(part.basis, OTHER_BASIS)
    beside = INDIRECT if part.indirect else 1.0
    if part.role == PROFILE:
        return basis * beside
    return basis * beside * role_weight(part.role) * recency(part.year, this_year)


def role_weight(role: str) -> float:
    """What a role says about knowing the subject."""
    return ROLE_WEIGHTS.get(role, OTHER_ROLE)


def recency(year: int | None, this_year: int) -> float:
    """1 for this year (and for what is to come), then less, down to the floor."""
    if year is None:
        return UNDATED
    age = max(0, this_year - year)
    return max(OLDEST, 0.5 ** (age / HALF_LIFE))
