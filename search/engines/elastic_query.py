"""Our fields and query tree in Elasticsearch's terms.

Fields get tokens that the analyser made, parted by blanks: Elasticsearch only cuts at
the blanks. Its BM25 is then tantivy's: the same parameters, the same lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from itertools import pairwise
from typing import Any as AnyValue

from elasticsearch.dsl import query as q

from .. import fields
from ..indexed import FIELD_GAP, IndexedDocument, Word
from ..query import (
    All,
    Any,
    Constant,
    Everything,
    Filter,
    Fuzzy,
    Keys,
    Phrase,
    Prefix,
    Term,
    VisibleAt,
)
from .translating import Translator

PARTIES = "parties"
FROM, UNTIL, STANDING, DIGEST = "visible_from", "visible_until", "standing", "digest"
BY_TITLE, BY_DATE = "by_title", "by_date"
COUNTED = (*fields.WORD_BOOSTS, fields.PARTS)  # frequency counts, no positions
KNOWN = (fields.PARTS, fields.FUZZY)  # all forms of words, and words as written
LISTED = (fields.FUZZY, fields.SUGGEST)  # presence counts
#: What a model read of a document, passage by passage, and which model. How long its
#: vectors are, the first one says.
PASSAGES, MODEL = "passages", "model"
VECTOR, START, END = "vector", "start", "end"
#: Stored with a document as they are, and never searched.
CARD, TEXT, MARKS = "card", "text", "marks"

_ANALYSER = "whitespace"
#: That analyser cuts words after 255 units of UTF-16.
_LONGEST = 120

SETTINGS: dict[str, AnyValue] = {
    "number_of_shards": 1,  # more shards count words apart, and scores differ
    "refresh_interval": -1,  # every write says itself when it is to be seen
    "max_result_window": 1_000_000,  # never more than there is: see climbing.py
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
}


def _text(options: str, norms: bool) -> dict[str, AnyValue]:
    return {
        "type": "text",
        "analyzer": _ANALYSER,
        "index_options": options,
        "norms": norms,
        "position_increment_gap": FIELD_GAP,
    }


def mapping(versions: str) -> dict[str, AnyValue]:
    """The fields of an index, and what it was built with."""
    keyword = {"type": "keyword"}
    number = {"type": "long"}
    properties: dict[str, AnyValue] = {
        fields.KEY: keyword,
        fields.FACETS: keyword,
        fields.SPELLING: keyword,
        fields.WHOLE: keyword,
        FROM: number,
        UNTIL: number,
        STANDING: number | {"index": False},
        fields.EXACT: _text("positions", norms=True),
    }
    for name in (DIGEST, BY_TITLE, BY_DATE, PARTIES):
        properties[name] = keyword | {"index": False}
    properties[MODEL] = keyword
    properties[PASSAGES] = {
        "type": "nested",
        "dynamic": False,
        "properties": {
            VECTOR: {
                "type": "dense_vector",
                "similarity": "dot_product",
                "index_options": {"type": "int8_hnsw"},
            },
            START: number | {"index": False},
            END: number | {"index": False},
        },
    }
    properties |= {name: _text("freqs", norms=True) for name in COUNTED}
    properties |= {name: _text("docs", norms=False) for name in LISTED}
    return {
        "dynamic": False,
        "_meta": {"versions": versions},
        "_source": {"includes": [CARD, TEXT, MARKS]},
        "properties": properties,
    }


def to_fields(indexed: IndexedDocument) -> dict[str, AnyValue]:
    """What of a document is searched, counted and ordered by."""
    found: dict[str, AnyValue] = {
        fields.KEY: indexed.key,
        fields.FACETS: indexed.facets,
        fields.SPELLING: [word.text for word in indexed.words[fields.SPELLING]],
        fields.WHOLE: [word.text for word in indexed.words[fields.WHOLE]],
        FROM: indexed.visible_from,
        UNTIL: indexed.visible_until,
        STANDING: indexed.standing,
        BY_TITLE: indexed.by_title,
        BY_DATE: indexed.by_date,
        DIGEST: indexed.digest,
        PARTIES: indexed.parties,
        fields.EXACT: _runs(indexed.words[fields.EXACT]),
    }
    for name in (*COUNTED, *LISTED):
        found[name] = " ".join(_cut(word.text) for word in indexed.words[name])
    return found


def _runs(words: Sequence[Word]) -> list[str]:
    """Words that follow each other, as one text each; between two texts is a gap that
    no phrase spans."""
    if not words:
        return []
    runs = [[_cut(words[0].text)]]
    for before, word in pairwise(words):
        if word.position == before.position + 1:
            runs[-1].append(_cut(word.text))
        else:
            runs.append([_cut(word.text)])
    return [" ".join(run) for run in runs]


def _cut(text: str) -> str:
    return text[:_LONGEST]


@singledispatch
def translated(query: object, translate: Translator[q.Query]) -> q.Query:
    """One part, its own parts by way of the translator."""
    raise TypeError(f"No translation for {type(query).__name__}")


@translated.register
def _(query: Term, translate: Translator[q.Query]) -> q.Query:
    return q.Term(query.field, {"value": _cut(query.text), "boost": query.boost})


@translated.register
def _(query: Phrase, translate: Translator[q.Query]) -> q.Query:
    if len(query.words) == 1:
        return translate(Term(query.field, query.words[0], query.boost))
    text = " ".join(map(_cut, query.words))
    return q.MatchPhrase(query.field, {"query": text, "boost": query.boost})


@translated.register
def _(query: Prefix, translate: Translator[q.Query]) -> q.Query:
    return q.Prefix(query.field, {"value": query.text, "boost": query.boost})


@translated.register
def _(query: Fuzzy, translate: Translator[q.Query]) -> q.Query:
    value = {
        "value": query.text,
        "fuzziness": query.distance,
        "rewrite": "constant_score",  # all relatives, not the best fifty
        "boost": query.boost,
    }
    return q.Fuzzy(query.field, value)


@translated.register
def _(query: Any, translate: Translator[q.Query]) -> q.Query:
    children = translate.all(query.children)
    if query.tie is not None:
        return q.DisMax(queries=children, tie_breaker=query.tie, boost=query.boost)
    return q.Bool(
        should=children, minimum_should_match=query.minimum, boost=query.boost
    )


@translated.register
def _(query: All, translate: Translator[q.Query]) -> q.Query:
    children = query.children or (Everything(),)
    clauses: dict[str, AnyValue] = {
        "must": [translate(child) for child in children if not _only_limits(child)],
        "filter": [
            translate(child.child)
            for child in children
            if isinstance(child, Constant) and _only_limits(child)
        ],
        "should": translate.all(query.optional),
        "must_not": translate.all(query.without),
    }
    if not clauses["must"]:
        clauses["must"] = [q.ConstantScore(filter=q.MatchAll(), boost=0.0)]
    return q.Bool(**{name: some for name, some in clauses.items() if some})


def _only_limits(query: object) -> bool:
    return isinstance(query, Constant) and query.score == 0.0


@translated.register
def _(query: Constant, translate: Translator[q.Query]) -> q.Query:
    return q.ConstantScore(filter=translate(query.child), boost=query.score)


@translated.register
def _(query: Filter, translate: Translator[q.Query]) -> q.Query:
    tokens = [fields.facet_token(query.name, value) for value in query.values]
    return q.Terms(fields.FACETS, tokens)


@translated.register
def _(query: Everything, translate: Translator[q.Query]) -> q.Query:
    return q.MatchAll()


@translated.register
def _(query: Keys, translate: Translator[q.Query]) -> q.Query:
    return q.Terms(fields.KEY, sorted(query.keys))


@translated.register
def _(query: VisibleAt, translate: Translator[q.Query]) -> q.Query:
    begun = q.Range(FROM, {"lte": query.second})
    open_ = q.Range(UNTIL, {"gt": query.second})
    return q.Bool(filter=[begun, open_])
