"""Methods and glossary of the starter content as plain texts, without a database."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings

_FILES = ("methods", "glossary")
_TAG = re.compile(r"<[^>]+>")
_LANGUAGES = ("de", "en")
#: Not for readers: ids, addresses, notes of editors.
_SKIPPED = re.compile(r"id|.*_id|slug.*|.*note|url|.*url|related|review_due|source.*")


def documents(language: str) -> list[dict[str, str]]:
    """One row per method and term, as far as it is written in this language."""
    return [
        {"id": f"{name}-{number}", "title": title, "text": "\n".join(texts)}
        for name in _FILES
        for number, row in enumerate(_rows(name))
        for title, *texts in [[*_texts(row, language)] or [""]]
    ]


def _rows(name: str) -> list[dict[str, Any]]:
    path = settings.BASE_DIR / "hub" / "starter" / f"{name}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["rows"]
    return [
        dict(sorted(row.items(), key=lambda entry: _rank(entry[0]))) for row in rows
    ]


def _rank(name: str) -> bool:
    return not name.startswith(("title", "term"))


def _texts(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, str):
        text = html.unescape(_TAG.sub(" ", value)).strip()
        if text:
            yield text
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry, language)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if not _SKIPPED.fullmatch(name) and _is_in(name, language):
                yield from _texts(entry, language)


def _is_in(name: str, language: str) -> bool:
    """Names say the language: "de", "title_de"; others hold for all."""
    code = name.rpartition("_")[2]
    return code == language or code not in _LANGUAGES
