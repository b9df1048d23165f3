"""``manage.py search_evaluate``: judged queries → figures, as one JSON object."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.evaluation.judged import figures, read_corpus, read_qrels, read_queries
from search.evaluation.running import measure, run_queries


class Command(BaseCommand):
    help = "Measure the ranking with judged queries and print the figures as JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True)
        parser.add_argument("--queries", type=Path, required=True)
        parser.add_argument("--qrels", type=Path, required=True)
        parser.add_argument("--engine", default="embedded")
        parser.add_argument("--language", default="de")
        parser.add_argument(
            "--fields", default="title,text", help="fields of the corpus to index"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self.measure(**options)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"Could not measure: {error}") from error
        self.stdout.write(json.dumps(result))

    def measure(
        self,
        corpus: Path,
        queries: Path,
        qrels: Path,
        engine: str,
        language: str,
        fields: str,
        **options: Any,
    ) -> dict[str, Any]:
        """Index, ask, judge."""
        texts, judged = read_queries(queries), read_qrels(qrels)
        (runs, seconds), size, index_seconds = measure(
            engine,
            language,
            read_corpus(corpus),
            fields.split(","),
            lambda filled: run_queries(filled, texts),
        )
        return figures(runs, judged, seconds) | {
            "documents": size,
            "queries": len(judged),
            "index_seconds": round(index_seconds, 1),
        }
