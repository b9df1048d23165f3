"""Judged queries: reading the files and the figures. Formats: ``hub/docs/search.md``."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

Qrels = dict[str, dict[str, int]]


def read_corpus(path: Path) -> Iterator[dict[str, Any]]:
    """Documents, one JSON object a line, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_queries(path: Path) -> dict[str, str]:
    """Query id → text."""
    rows = (line.split("\t", 1) for line in _lines(path))
    return {row[0]: row[1] for row in rows if len(row) == 2}


def read_qrels(path: Path) -> Qrels:
    """Query id → document id → grade, in TREC's format."""
    judged: Qrels = {}
    for line in _lines(path):
        query, _, document, grade = line.split()
        judged.setdefault(query, {})[document] = int(grade)
    return judged


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line.strip()]


def figures(
    runs: Mapping[str, Sequence[str]], judged: Qrels, seconds: Sequence[float]
) -> dict[str, float]:
    """MRR@10, S@1, nDCG@10, R@10 and MAP over all judged queries, and times."""
    per_query = [
        _measure(runs.get(query, ()), right) for query, right in judged.items()
    ]
    names = ("MRR@10", "nDCG@10", "S@1", "R@10", "MAP")
    result = {name: round(mean(row[name] for row in per_query), 4) for name in names}
    return result | _times(seconds)


def _measure(ranked: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    relevant = {document for document, grade in grades.items() if grade > 0}
    gains = [grades.get(document, 0) for document in ranked[:10]]
    ideal = sorted(grades.values(), reverse=True)[:10]
    places = [place for place, d in enumerate(ranked, start=1) if d in relevant]
    first = places[0] if places else 0
    return {
        "MRR@10": 1 / first if 0 < first <= 10 else 0.0,
        "nDCG@10": _dcg(gains) / (_dcg(ideal) or 1.0),
        "S@1": float(first == 1),
        "R@10": sum(p <= 10 for p in places) / max(len(relevant), 1),
        "MAP": sum(n / p for n, p in enumerate(places, start=1))
        / max(len(relevant), 1),
    }


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def _times(seconds: Sequence[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {}
    cuts = quantiles([1000 * s for s in seconds], n=20)
    return {"ms_p50": round(cuts[9], 2), "ms_p95": round(cuts[18], 2)}
