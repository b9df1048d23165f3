"""``manage.py search_evaluate``: judged sets → figures, as one JSON object."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from search.engines.base import SearchUnavailableError
from search.evaluation.reading import InputError
from search.evaluation.tasks import Judge

_FILES = ("corpus", "queries", "qrels")
_SETS = ("pairs", "gender_pairs", "in_endings", "typos")
_FIELDS = {"title", "text"}


class Command(BaseCommand):
    help = (
        "Measure the search with judged sets and print the figures as one JSON object. "
        "Needs no database. Formats: hub/docs/search.md"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--corpus", type=Path, help="documents: JSON lines, packed (.gz) or not")
        add("--queries", type=Path, help="id<TAB>query")
        add("--qrels", type=Path, help="TREC: query 0 document grade")
        add("--fields", default="title,text", help="fields of the corpus to index")
        add("--experts", action="store_true", help="rank people, not documents")
        add("--pairs", type=Path, help="table: query, text, expect, category")
        add("--gender-pairs", type=Path, help="table: masculine, feminine")
        add("--in-endings", type=Path, help="one noun a line")
        add("--typos", type=Path, help="word<TAB>misspelling")
        add("--meaning", action="store_true", help="also by meaning; reads all texts")
        add("--language", default="de", choices=("de", "en"))
        add("--engine", default="embedded", help="embedded, or http(s)://host:port")

    def handle(self, *args: Any, **options: Any) -> None:
        given = [name for name in _FILES if options[name]]
        if given and len(given) < len(_FILES):
            raise CommandError("--corpus, --queries and --qrels go together.")
        if options["experts"] and not given:
            raise CommandError("--experts needs --corpus, --queries and --qrels.")
        if not given and not any(options[name] for name in _SETS):
            raise CommandError("Nothing to measure: name a corpus or one of the sets.")
        try:
            result = self.measure(options)
        except (InputError, ImproperlyConfigured, SearchUnavailableError) as error:
            raise CommandError(f"Could not measure: {error}") from error
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def measure(self, options: dict[str, Any]) -> dict[str, Any]:
        """Everything that was asked for, in one object."""
        judge = Judge(options["engine"], options["language"], options["meaning"])
        result: dict[str, Any] = {}
        if options["corpus"]:
            work = judge.experts if options["experts"] else judge.known_items
            corpus, queries, qrels = (options[name] for name in _FILES)
            result |= work(corpus, queries, qrels, _fields(options["fields"]))
        for name in _SETS:
            if options[name]:
                result |= getattr(judge, name)(options[name])
        return result


def _fields(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names or not _FIELDS.issuperset(names):
        raise CommandError("--fields are title, text or both: --fields title,text")
    return names
