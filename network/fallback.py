"""What remains when nobody, or hardly anybody, is found for a question: the nearest
topic, the department in charge of it, and the office. Each is called what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from hub.models import Topic
from hub.searching import entry_words
from network.models import Organisation
from network.services import OFFICE_SLUG, ORGANISATION_COLUMNS
from search.analysis import get_analyser

#: Two words are alike enough to be meant, of 100.
ALIKE = 75
MOST_DEPARTMENTS = 2


@dataclass(frozen=True, slots=True)
class Way:
    """A department in charge, with what of its work touches the topic."""

    record: Organisation
    duties: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The topic that comes nearest, and who is in charge of it."""

    topic: Topic | None = None
    departments: tuple[Way, ...] = ()


def ways(question: str, language: str, facets: Mapping[str, Mapping[str, int]]) -> Ways:
    """Ways on: two queries."""
    topics = list(Topic.objects.active())
    topic = nearest(question, language, topics) or _frequent(topics, facets)
    if topic is None:
        return Ways()
    return Ways(topic, tuple(_departments(topic, question, language)))


def office() -> Organisation | None:
    """The office, which answers everybody: one query."""
    offices = Organisation.objects.visible().filter(slug_de=OFFICE_SLUG)
    return offices.only(*ORGANISATION_COLUMNS).first()


def nearest(question: str, language: str, topics: Iterable[Topic]) -> Topic | None:
    """The topic whose name or other words come nearest to a word of the question."""
    asked = _words(question, language)
    best, found = 0.0, None
    for topic in topics:
        said = _words(" ".join(entry_words([topic])), language)
        score = max(
            (_alike(one, other) for one in asked for other in said), default=0.0
        )
        if score > best:
            best, found = score, topic
    return found if best >= ALIKE else None


def _words(text: str, language: str) -> set[str]:
    """Stems of a text and of the parts of its compounds, without stop words."""
    tokens = [t for t in get_analyser(language).query_tokens(text) if not t.is_stop]
    return {form for token in tokens for form in (token.stem, *token.part_roots)}


def _alike(one: str, other: str) -> float:
    return 100.0 if one == other else ratio(one, other)


def _frequent(
    topics: Iterable[Topic], facets: Mapping[str, Mapping[str, int]]
) -> Topic | None:
    """The topic of most of those that were found."""
    counts = facets.get("thema", {})
    found = [topic for topic in topics if counts.get(topic.code)]
    return max(found, key=lambda topic: counts[topic.code], default=None)


def _departments(topic: Topic, question: str, language: str) -> Iterable[Way]:
    """Those in charge of the topic, whose responsibilities come nearest first."""
    records = Organisation.objects.visible().current().departments()
    asked = _words(question, language) | _words(str(topic), language)
    listed = [
        (len(asked & _words(" ".join(record.responsibility_list), language)), record)
        for record in records.for_topic(topic).filter(is_demo=False).order_by("pk")
    ]
    listed.sort(key=lambda entry: (-entry[0], entry[1].pk))
    for _count, record in listed[:MOST_DEPARTMENTS]:
        yield Way(record, ", ".join(record.responsibility_list[:4]))
