"""Questions to one language's index on a server."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import fields
from ..query import Step
from ..results import Hit
from .base import Asked, Found, Match, Meant, Near, Reader
from .elastic_query import DIGEST, translated
from .translating import Translator

if TYPE_CHECKING:
    from .elastic import ElasticEngine

_ALL_WORDS = 60_000
_DIGESTS = 5_000
#: How words that are spelt nearly so are asked for.
_NEAR = {
    "field": fields.SPELLING,
    "prefix_length": 1,
    "suggest_mode": "always",
    "string_distance": "damerau_levenshtein",
    "size": 20,
}


class ElasticReader(Reader):
    """Questions to one language. The server gives no view of one moment that would be
    worth its price: what vanishes between two questions is left out."""

    def __init__(self, engine: ElasticEngine, language: str) -> None:
        self.engine = engine
        self.language = language
        self.translate = Translator(translated)

    def find(self, asked: Asked) -> Found:
        return self.engine.find_many([(self, asked)])[0]

    def nearest(self, asked: Meant) -> list[Near]:
        return self.engine.nearest_many([(self, asked)])[0]

    def hits(self, matches: Sequence[Match], step: Step | None) -> list[Hit]:
        return self.engine.load_many([(self, matches, step)])[0]

    def known(self, stems: Collection[str]) -> set[str]:
        return self.engine.known_many({self.language: stems})[self.language]

    def vocabulary(self, prefix: str) -> list[tuple[str, int]]:
        words = {"field": fields.SPELLING, "size": _ALL_WORDS}
        if prefix:
            words["include"] = f"{re.escape(prefix)}.*"
        answer = self._search({"size": 0, "aggs": {"words": {"terms": words}}})
        buckets = answer["aggregations"]["words"]["buckets"]
        return sorted((bucket["key"], bucket["doc_count"]) for bucket in buckets)

    def near_many(self, words: Mapping[str, int]) -> dict[str, dict[str, int]]:
        if not words:
            return {}
        questions = {
            str(at): {"text": word, "term": _NEAR | {"max_edits": distance}}
            for at, (word, distance) in enumerate(words.items())
        }
        answer = self._search({"size": 0, "suggest": questions})["suggest"]
        return {
            word: {
                option["text"]: option["freq"]
                for entry in answer[str(at)]
                for option in entry["options"]
            }
            for at, word in enumerate(words)
        }

    def digests(self) -> Iterator[tuple[str, str]]:
        body = _digests_body({"match_all": {}}, _DIGESTS)
        while found := self._digests(body):
            yield from found
            body["search_after"] = [found[-1][0]]

    def digests_of(self, keys: Collection[str]) -> dict[str, str]:
        wanted = sorted(set(keys))
        body = _digests_body({"terms": {fields.KEY: wanted}}, len(wanted))
        return dict(self._digests(body)) if wanted else {}

    def _digests(self, body: Mapping[str, Any]) -> list[tuple[str, str]]:
        hits = self._search(body)["hits"]["hits"]
        return [(hit["sort"][0], hit["fields"][DIGEST][0]) for hit in hits]

    def _search(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        line = {"index": self.engine.alias(self.language)}
        return self.engine.msearch([line, body], [self.language])[0]


def _digests_body(query: Mapping[str, Any], size: int) -> dict[str, Any]:
    return {
        "size": size,
        "query": query,
        "sort": [{fields.KEY: "asc"}],
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [DIGEST],
        "track_total_hits": False,
    }
