"""One step of a search as a request to Elasticsearch, and its answer as ours.

Total, matches and facets come in one answer: selected values narrow the matches
afterwards (``post_filter``), and each facet counts under the selections of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import fields
from ..indexed import number_of
from ..query import All, Filter, Term
from .asking import Asked, Facets, Found, Match, Meant, Near, Order
from .elastic_query import (
    BY_DATE,
    BY_TITLE,
    END,
    MODEL,
    PARTIES,
    PASSAGES,
    STANDING,
    START,
    VECTOR,
    translated,
)
from .translating import Translator

_ALL_VALUES = 10_000
_OTHERS, _OWN = "others", "own:"
#: So many passages are looked at for each document that is wanted.
_CANDIDATES = 10
#: So many times more are compared in full numbers: the graph knows them in bytes.
_OVERSAMPLE = 2.0

_SORTS: dict[Order, list[dict[str, str]]] = {
    Order.SCORE: [{"_score": "desc"}, {STANDING: "asc"}],
    Order.STANDING: [{STANDING: "asc"}],
    Order.NEWEST: [{BY_DATE: "asc"}, {STANDING: "asc"}],
    Order.TITLE: [{BY_TITLE: "asc"}, {STANDING: "asc"}],
}


def search_body(asked: Asked, translate: Translator[Any]) -> dict[str, Any]:
    """What is sent for one question."""
    late = asked.with_facets and any(asked.filters.values())
    query = asked.query if late else asked.narrowed()
    body: dict[str, Any] = {
        "query": translate(query).to_dict(),
        "size": asked.limit,
        "from": asked.offset,
        "track_total_hits": True,
        "_source": False,
    }
    if asked.limit:
        body["sort"] = _SORTS[asked.order]
        body["stored_fields"] = "_none_"
        body["docvalue_fields"] = [fields.KEY]
        if asked.with_parties:
            body["docvalue_fields"].append(PARTIES)
    if late:
        body["post_filter"] = _selected(asked.filters)
    if asked.with_facets:
        body["aggs"] = _facets(asked.filters)
    return body


def _selected(filters: Mapping[str, tuple[str, ...]], but: str = "") -> dict[str, Any]:
    """The selected values of all facets but one."""
    chosen = [
        Translator(translated)(Filter(name, values)).to_dict()
        for name, values in filters.items()
        if values and name != but
    ]
    return {"bool": {"filter": chosen}} if chosen else {"match_all": {}}


def _facets(filters: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    selected = [name for name, values in filters.items() if values]
    aggregations = {_OTHERS: _counted(_selected(filters))}
    for name in selected:
        own = _counted(_selected(filters, but=name), fields.facet_token(name, ""))
        aggregations[_OWN + name] = own
    return aggregations


def _counted(within: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    terms: dict[str, Any] = {"field": fields.FACETS, "size": _ALL_VALUES}
    if prefix:
        terms["include"] = f"{_escaped(prefix)}.*"
    return {"filter": within, "aggs": {"values": {"terms": terms}}}


def _escaped(text: str) -> str:
    """For Lucene's regular expressions, which know more signs than Python's."""
    return "".join(c if c.isalnum() or c == "_" else f"\\{c}" for c in text)


def read_found(answer: Mapping[str, Any], asked: Asked) -> Found:
    """What was answered to a question."""
    hits = answer["hits"]
    matches = [_match(hit, asked.with_numbers) for hit in hits["hits"]]
    counts = _counts(answer["aggregations"]) if asked.with_facets else {}
    return Found(int(hits["total"]["value"]), matches, lambda: counts)


def _match(hit: Mapping[str, Any], with_number: bool) -> Match:
    score = hit["_score"]
    values = hit["fields"]
    parties = values.get(PARTIES, [""])[0]
    key = values[fields.KEY][0]
    score = 1.0 if score is None else score
    number = number_of(key) if with_number else 0
    return Match(score, hit["sort"][-1], key, parties, number)


def nearest_body(asked: Meant) -> dict[str, Any]:
    """What is sent for a question by its meaning: documents by their best passage, among
    those that are what is asked."""
    within = All((asked.within, Term(MODEL, asked.model)))
    return {
        "size": asked.limit,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [fields.KEY],
        "knn": {
            "field": f"{PASSAGES}.{VECTOR}",
            "query_vector": asked.vector.tolist(),
            "k": asked.limit,
            "num_candidates": _CANDIDATES * asked.limit,
            "rescore_vector": {"oversample": _OVERSAMPLE},
            "filter": Translator(translated)(within).to_dict(),
            "inner_hits": {
                "size": 1,
                "_source": False,
                "docvalue_fields": [f"{PASSAGES}.{START}", f"{PASSAGES}.{END}"],
            },
        },
    }


def read_near(answer: Mapping[str, Any]) -> list[Near]:
    """What was answered to it."""
    return [_near(hit) for hit in answer["hits"]["hits"]]


def _near(hit: Mapping[str, Any]) -> Near:
    [best] = hit["inner_hits"][PASSAGES]["hits"]["hits"]
    start, end = (best["fields"][f"{PASSAGES}.{name}"][0] for name in (START, END))
    similarity = 2 * hit["_score"] - 1  # the server has no negative scores
    return Near(hit["fields"][fields.KEY][0], similarity, int(start), int(end))


def _counts(aggregations: Mapping[str, Any]) -> Facets:
    counts = _values(aggregations[_OTHERS])
    for label, found in aggregations.items():
        if label.startswith(_OWN):
            name = label.removeprefix(_OWN)
            counts[name] = _values(found).get(name, {})
    return counts


def _values(found: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for bucket in found["values"]["buckets"]:
        name, value = fields.split_facet_token(bucket["key"])
        counts.setdefault(name, {})[value] = int(bucket["doc_count"])
    return counts
