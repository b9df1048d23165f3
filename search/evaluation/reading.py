"""Reading what is judged. Every mistake names its file and line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Qrels = dict[str, dict[str, int]]
_EXPECTED = ("must", "nice", "mustnot")


class InputError(Exception):
    """A file that cannot be read, with the place."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {reason}")


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of every line that is not empty; packed or not."""
    number = 0
    try:
        with _open(path) as handle:
            for number, line in enumerate(handle, start=1):
                text = line.rstrip("\r\n")
                if text.strip():
                    yield number, text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(path, number + 1, "is not UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(path, number + 1 if number else 0, reason) from error


def _open(path: Path) -> Any:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """Documents, one JSON object a line, each with an id of its own."""
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, line in lines(path):
        row = _row(path, number, line)
        if row["id"] in seen:
            raise InputError(path, number, f"id {row['id']!r} stands there twice")
        seen.add(row["id"])
        rows.append(row)
    if not rows:
        raise InputError(path, 0, "holds no documents")
    return rows


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(path, number, f"is no JSON ({error})") from error
    if not isinstance(row, dict) or row.get("id") in (None, ""):
        raise InputError(path, number, "is no JSON object with an id")
    for name in ("title", "text", "kind"):
        if not isinstance(row.get(name, ""), str | None):
            raise InputError(path, number, f"{name!r} is no text")
    people = row.get("people") or []
    if not isinstance(people, list) or not all(map(_is_person, people)):
        raise InputError(
            path, number, "'people' is no list of {key, role, year, basis}"
        )
    return row | {"id": str(row["id"]), "people": people}


def _is_person(person: Any) -> bool:
    return (
        isinstance(person, dict)
        and person.get("key") not in (None, "")
        and isinstance(person.get("role", ""), str | None)
        and isinstance(person.get("basis", ""), str | None)
        and isinstance(person.get("year"), int | None)
    )


def read_queries(path: Path) -> dict[str, str]:
    """Query id → text."""
    queries: dict[str, str] = {}
    for number, line in lines(path):
        name, tab, text = line.partition("\t")
        if not tab or not name.strip():
            raise InputError(path, number, "is not 'id<TAB>text'")
        if name.strip() in queries:
            raise InputError(path, number, f"query {name.strip()!r} stands there twice")
        queries[name.strip()] = text
    if not queries:
        raise InputError(path, 0, "holds no queries")
    return queries


def read_qrels(path: Path) -> Qrels:
    """Query id → document (or person) → grade, in TREC's format."""
    judged: Qrels = {}
    for number, line in lines(path):
        columns = line.split()
        if len(columns) != 4:
            raise InputError(path, number, "is not 'query 0 document grade'")
        query, _, document, grade = columns
        try:
            judged.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise InputError(path, number, f"grade {grade!r} is no number") from error
    if not judged:
        raise InputError(path, 0, "holds no judgements")
    return judged


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a table whose first line names the columns, in any order."""
    found = lines(path)
    _, head = next(found, (0, ""))
    names = head.split("\t")
    missing = [column for column in columns if column not in names]
    if missing:
        raise InputError(path, 1, f"lacks the column {missing[0]!r}")
    rows = [_cells(path, number, line, names, columns) for number, line in found]
    if not rows:
        raise InputError(path, 0, "holds no rows")
    return rows


def _cells(
    path: Path, number: int, line: str, names: list[str], columns: tuple[str, ...]
) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    row = dict(zip(names, cells, strict=False))
    for column in columns:
        if not row.get(column):
            raise InputError(path, number, f"has no {column!r}")
    return row


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Queries, texts and whether they should meet."""
    rows = read_table(path, ("query", "text", "expect", "category"))
    for row in rows:
        if row["expect"] not in _EXPECTED:
            number = next(n for n, line in lines(path) if row["expect"] in line)
            known = ", ".join(_EXPECTED)
            raise InputError(path, number, f"{row['expect']!r} is none of {known}")
    return rows


def read_words(path: Path) -> list[str]:
    """One word a line."""
    words = [line.strip() for _, line in lines(path)]
    if not words:
        raise InputError(path, 0, "holds no words")
    return words


def read_typos(path: Path) -> list[tuple[str, str]]:
    """Words and misspellings of them; a first line that names the columns is skipped."""
    pairs = []
    for number, line in lines(path):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or not all(cells[:2]):
            raise InputError(path, number, "is not 'word<TAB>misspelling'")
        if cells[:2] != ["word", "misspelling"]:
            pairs.append((cells[0], cells[1]))
    if not pairs:
        raise InputError(path, 0, "holds no words")
    return pairs
