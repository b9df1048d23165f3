"""Measure the analyser: speed on a corpus, rates on the development sets.

    python -m tests.search.analysis.measure ../shared/eval [--documents 6000]

prints one JSON object. Two words count as finding each other when their stems are
equal; no engine takes part. ``cold`` starts with empty caches, ``warm`` goes on with
other documents; both count processor time on one core.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from search.analysis import ANALYSIS_VERSION, get_analyser
from search.evaluation.tasks import rate, spellings

German = get_analyser("de")


def stems(text: str) -> set[str]:
    """Return the stems of a text without those of stop words."""
    return {token.stem for token in German.tokens(text) if not token.is_stop}


def gender_rates(folder: Path) -> dict[str, float]:
    """Return how many pairs, spellings and other words in -in come out right."""
    with (folder / "gender_pairs_dev.tsv").open(encoding="utf-8") as lines:
        pairs = [
            (r["masculine"], r["feminine"])
            for r in csv.DictReader(lines, delimiter="\t")
        ]
    found = [stems(one) == stems(other) for one, other in pairs]
    spelled = [
        stems(query) <= stems(text)
        for pair in pairs
        for query in spellings(*pair)
        for text in spellings(*pair)
    ]
    words = (folder / "in_ending_not_feminine_dev.tsv").read_text("utf-8").split()
    alone = [stems(word).isdisjoint(stems(word.removesuffix("in"))) for word in words]
    return {
        "pair_rate": rate(found),
        "spelling_recall": rate(spelled),
        "left_alone_rate": rate(alone),
    }


def finds(query: str, text: str) -> bool:
    """Does every word of the query, or all its parts, occur in the text?"""
    tokens = German.tokens(text)
    known = {token.stem for token in tokens}.union(*(token.parts for token in tokens))
    return all(
        token.stem in known or (token.parts and known.issuperset(token.parts))
        for token in German.query_tokens(query)
    )


def wrong_pairs(folder: Path) -> list[dict[str, str]]:
    """Return the rows of ``pairs_dev.tsv`` that the analyser alone does not decide right."""
    with (folder / "pairs_dev.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        row
        for row in rows
        if finds(row["query"], row["text"]) != (row["expect"] != "mustnot")
    ]


def speed(texts: Iterable[str]) -> dict[str, float]:
    """Return tokens and megabytes per second of processor time."""
    tokens = size = 0
    start = time.process_time()
    for text in texts:
        tokens += len(German.tokens(text))
        size += len(text.encode())
    seconds = time.process_time() - start
    return {
        "tokens_per_second": round(tokens / seconds),
        "mb_per_second": round(size / seconds / 1e6, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=6000)
    options = parser.parse_args()
    with gzip.open(options.folder / "laws_dev.jsonl.gz", "rt", "utf-8") as lines:
        texts = [
            json.loads(line)["text"] for line in islice(lines, 2 * options.documents)
        ]
    result = {
        "version": ANALYSIS_VERSION,
        "cold": speed(texts[: options.documents]),
        "warm": speed(texts[options.documents :]),
        **gender_rates(options.folder),
        "pairs_left_to_others": [
            f"{row['query']} → {row['text']} ({row['category']})"
            for row in wrong_pairs(options.folder)
        ],
    }
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
