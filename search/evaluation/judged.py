"""Figures of judged queries, computed by ``ir_measures``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import quantiles

from .reading import Qrels

_MEASURES = {
    "MRR@10": "RR@10",
    "nDCG@10": "nDCG@10",
    "S@1": "Success@1",
    "R@10": "R@10",
    "MAP": "AP",
}


def figures(
    runs: Mapping[str, Sequence[str]], judged: Qrels, seconds: Sequence[float]
) -> dict[str, float]:
    """MRR@10, nDCG@10, S@1, R@10 and MAP over all judged queries, and times."""
    import ir_measures

    run = {
        query: {
            document: float(-place)
            for place, document in reversed(list(enumerate(ranked)))
        }
        for query, ranked in runs.items()
    }
    measures = {
        name: ir_measures.parse_measure(text) for name, text in _MEASURES.items()
    }
    found = ir_measures.calc_aggregate(list(measures.values()), judged, run)
    result = {name: round(found[measure], 4) for name, measure in measures.items()}
    return result | times(seconds)


def times(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds of half and of 95 % of the queries."""
    values = [1000 * second for second in seconds]
    if not values:
        return {}
    cuts = quantiles(values, n=20) if len(values) > 1 else values * 19
    return {"ms_p50": round(cuts[9], 2), "ms_p95": round(cuts[18], 2)}
