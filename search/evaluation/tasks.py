"""The single judgements: each indexes what it needs, asks, and returns its figures."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .. import experts
from ..analysis import get_analyser
from . import judged, reading, starter
from .running import DEPTH, PAGE, Corpus, filled

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judge:
    """The engine and language that everything is measured with."""

    engine: str = "embedded"
    language: str = "de"
    by_meaning: bool = False

    def _filled(
        self,
        rows: Iterable[Mapping[str, Any]],
        fields: Sequence[str] = ("title", "text"),
    ) -> AbstractContextManager[Corpus]:
        return filled(self.engine, self.language, rows, fields, self.by_meaning)

    def known_items(
        self, corpus: Path, queries: Path, qrels: Path, fields: Sequence[str]
    ) -> Figures:
        """Judged queries over a corpus."""
        return self._judged(corpus, queries, qrels, fields, _documents, DEPTH)

    def experts(
        self, corpus: Path, queries: Path, qrels: Path, fields: Sequence[str]
    ) -> Figures:
        """Judged queries whose answers are the people of the documents."""
        return self._judged(corpus, queries, qrels, fields, _people, experts.DOCUMENTS)

    def _judged(
        self,
        corpus: Path,
        queries: Path,
        qrels: Path,
        fields: Sequence[str],
        ranked: Any,
        depth: int,
    ) -> Figures:
        rows, texts = reading.read_corpus(corpus), reading.read_queries(queries)
        right = reading.read_qrels(qrels)
        runs: dict[str, Sequence[str]] = {}
        seconds = []
        with self._filled(rows, fields) as index:
            asked = {name: texts[name] for name in right if name in texts}
            for text in asked.values():
                begun = time.perf_counter()
                index.hits(text, PAGE)
                seconds.append(time.perf_counter() - begun)
            rank = ranked(index, rows, depth)
            runs = {name: rank(text) for name, text in asked.items()}
        return judged.figures(runs, right, seconds) | {
            "documents": len(rows),
            "queries": len(right),
            "index_seconds": round(index.index_seconds, 1),
        }

    def pairs(self, path: Path) -> Figures:
        """Does a query find a text, among all texts of the file?"""
        rows = reading.read_pairs(path)
        texts = _texts(row["text"] for row in rows)
        with self._filled(texts) as index:
            found = [index.finds(row["query"], row["text"]) for row in rows]
        right = [
            hit != (row["expect"] == "mustnot")
            for row, hit in zip(rows, found, strict=True)
        ]
        rates = {
            f"{expect}_rate": rate(
                ok
                for row, ok in zip(rows, right, strict=True)
                if row["expect"] == expect
            )
            for expect in ("must", "nice", "mustnot")
        }
        failures: dict[str, list[str]] = {}
        for row, ok in zip(rows, right, strict=True):
            if not ok:
                line = f"{row['expect']}: {row['query']} → {row['text']}"
                failures.setdefault(row["category"], []).append(line)
        return rates | {"failures": failures}

    def gender_pairs(self, path: Path) -> Figures:
        """Each form of a person noun as query, each as text."""
        rows = reading.read_table(path, ("masculine", "feminine"))
        pairs = [(row["masculine"], row["feminine"]) for row in rows]
        forms = [spellings(*pair) for pair in pairs]
        texts = _texts(form for ten in forms for form in ten)
        recall, both = [], []
        with self._filled(texts) as index:
            for (masculine, feminine), ten in zip(pairs, forms, strict=True):
                found = {form: set(index.ranked(form, 2 * DEPTH)) for form in ten}
                recall += [text in found[query] for query in ten for text in ten]
                both.append(
                    feminine in found[masculine] and masculine in found[feminine]
                )
        return {"pair_rate": rate(both), "spelling_recall": rate(recall)}

    def in_endings(self, path: Path) -> Figures:
        """Nouns in -in that are no feminines: the word without its ending is another."""
        words = reading.read_words(path)
        return {"left_alone_rate": rate(not self._is_cut(word) for word in words)}

    def _is_cut(self, word: str) -> bool:
        """Whether the word is taken for the feminine of what stands before "-in". The
        analyser decides it; as the beginning of the word it is found in any case."""
        base = word.removesuffix("in")
        analyser = get_analyser(self.language)
        indexed = {token.stem for token in analyser.tokens(word)}
        asked = {token.stem for token in analyser.query_tokens(base)}
        return base != word and bool(indexed & asked)

    def typos(self, path: Path) -> Figures:
        """A document per word, before the background of methods and glossary."""
        pairs = reading.read_typos(path)
        words = [
            {"id": word, "title": word} for word in dict.fromkeys(w for w, _ in pairs)
        ]
        background = starter.documents(self.language)
        with self._filled([*words, *background]) as index:
            found = [index.finds(typo, word) for word, typo in pairs]
        missed = [
            f"{word} ← {typo}"
            for (word, typo), hit in zip(pairs, found, strict=True)
            if not hit
        ]
        return {"success_at_10": rate(found), "missed": missed}


def _documents(index: Corpus, rows: Any, depth: int) -> Any:
    return lambda text: index.ranked(text, depth)


def _people(index: Corpus, rows: list[Mapping[str, Any]], depth: int) -> Any:
    parts = {
        row["id"]: [
            experts.Part(
                str(p["key"]), p.get("role") or "", p.get("year"), p.get("basis") or ""
            )
            for p in row["people"]
        ]
        for row in rows
    }
    year = date.today().year

    def rank(text: str) -> list[str]:
        hits = index.hits(text, depth)
        scored = [(index.names[hit.object_id], hit.score) for hit in hits]
        ranked = experts.rank(experts.emphasised(scored), parts, year)
        return [expert.key for expert in ranked]

    return rank


def spellings(masculine: str, feminine: str) -> list[str]:
    """The ten forms in which people write a pair."""
    base = feminine.removesuffix("in")
    marked = ["*innen", ":innen", "_innen", "Innen", "/innen", "/-innen"]
    return [
        masculine,
        feminine,
        f"{feminine}nen",
        *(base + ending for ending in marked),
        f"{feminine}nen und {masculine}",
    ]


def _texts(texts: Iterable[str]) -> list[dict[str, str]]:
    """Each different text is one document, and its own id."""
    return [{"id": text, "text": text} for text in dict.fromkeys(texts)]


def rate(outcomes: Iterable[bool]) -> float | None:
    """The share of what came out right; nothing when there was nothing to judge."""
    values = list(outcomes)
    return round(sum(values) / len(values), 4) if values else None
