"""Files to rows, with a complaint for whatever is no row."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .problems import Problem
from .registry import Registry
from .subjects import Row, Subject

FORMAT = 1


@dataclass
class Batch:
    """All rows of a folder, by subject, and what was wrong while reading."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(rows) for rows in self.rows.values())


class _DoubleKey(ValueError):
    pass


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubleKey(key)
        found[key] = value
    return found


def read(
    folder: Path, registry: Registry, only: Collection[str] | None = None
) -> Batch:
    """Read every file of a folder; ``only`` names the subjects wanted."""
    batch = Batch()
    if not folder.is_dir():
        batch.problems.append(Problem(str(folder), "", "", "Ordner fehlt"))
        return batch
    names = {subject.file_name: subject for subject in registry.subjects}
    for path in sorted(folder.glob("*.json")):
        if path.name not in names:
            batch.problems.append(
                Problem(path.name, "", "", "zu diesem Namen gibt es keinen Bereich")
            )
    for subject in registry.subjects:
        path = folder / subject.file_name
        if path.exists() and (only is None or subject.name in only):
            batch.rows[subject.name] = _read_file(path, subject, batch.problems)
    return batch


def _read_file(path: Path, subject: Subject, problems: list[Problem]) -> list[Row]:
    try:
        content = json.loads(
            path.read_text(encoding="utf-8"), object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as error:
        reason = f"kein gültiges JSON, Zeile {error.lineno}, Spalte {error.colno}"
        problems.append(Problem(path.name, "", "", f"{reason}: {error.msg}"))
        return []
    except UnicodeDecodeError:
        problems.append(Problem(path.name, "", "", "nicht in UTF-8"))
        return []
    except _DoubleKey as error:
        problems.append(Problem(path.name, "", str(error), "kommt doppelt vor"))
        return []
    reason = _wrong_frame(content, subject)
    if reason:
        problems.append(Problem(path.name, "", "", reason))
        return []
    return _rows(path.name, content["rows"], subject, problems)


def _wrong_frame(content: Any, subject: Subject) -> str:
    if not isinstance(content, dict) or set(content) != {"format", "rows", "subject"}:
        return "die Datei hat genau format, rows und subject"
    if content["format"] != FORMAT:
        return f"Format {content['format']} ist unbekannt, erwartet wird {FORMAT}"
    if content["subject"] != subject.name:
        return f"subject ist „{content['subject']}“ statt „{subject.name}“"
    if not isinstance(content["rows"], list):
        return "rows muss eine Liste sein"
    return ""


def _rows(
    file: str, rows: list[Any], subject: Subject, problems: list[Problem]
) -> list[Row]:
    found: dict[str, Row] = {}
    for number, data in enumerate(rows, start=1):
        place = f"Zeile {number}"
        key = data.get("id") if isinstance(data, dict) else None
        if not isinstance(data, dict):
            problems.append(Problem(file, place, "", "muss ein Objekt sein"))
        elif not isinstance(key, str) or not key.strip() or len(key) > 200:
            problems.append(Problem(file, place, "id", "fehlt oder ist zu lang"))
        elif key in found:
            problems.append(Problem(file, key, "id", "kommt doppelt vor"))
        else:
            found[key] = Row(file, subject.name, key, data)
    return list(found.values())
