"""Every row of every file, before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .hashing import fingerprint
from .links import LinksColumn
from .problems import Problem, WrongValue
from .reader import Batch
from .registry import Registry
from .state import State
from .subjects import Row, Subject

RAW = ""  # key of the fingerprint of a whole row


class Checker:
    """Finds everything that is wrong with a batch."""

    def __init__(
        self, batch: Batch, registry: Registry, state: State, *, invented: bool
    ) -> None:
        self.batch = batch
        self.registry = registry
        self.state = state
        self.refs = state.refs
        #: Whether the files hold invented things, and nothing else.
        self.invented = invented
        self.announced: set[tuple[str, str]] = set()

    def run(self) -> list[Problem]:
        """All problems, file by file."""
        problems = list(self.batch.problems)
        for subject, rows in self._batches():
            for row in rows:
                self._announce(subject, row)
        for subject, rows in self._batches():
            for row in rows:
                problems += self._check(subject, row)
            problems += self._doubles(subject, rows)
        return problems

    def _batches(self) -> Iterator[tuple[Subject, list[Row]]]:
        for subject in self.registry.subjects:
            yield subject, self.batch.rows.get(subject.name, [])

    def _announce(self, subject: Subject, row: Row) -> None:
        try:
            model = subject.models[subject.kind(row)]
        except WrongValue:
            return
        name = subject.space(model), subject.token(row)
        self.refs.announce(*name)
        self.announced.add(name)

    def _check(self, subject: Subject, row: Row) -> list[Problem]:
        item = self.state.held[subject.name].items.get(row.id)
        if item and item.is_demo == self.invented:
            row.is_known = item.field_hashes.get(RAW) == fingerprint(row.data)
        if row.is_known:
            return []
        problems = subject.check(row)
        if row.values:
            problems += self._references(subject, row)
            problems += self._truth(row)
        return problems or subject.check_deeply(row)

    # ---- references ------------------------------------------------------------------

    def _references(self, subject: Subject, row: Row) -> Iterator[Problem]:
        for name, column in subject.columns(subject.kind(row)).items():
            if name not in row.values:
                continue
            for space, token in column.references(row.values[name]):
                if not self.refs.knows(space, token):
                    yield row.problem(name, f"unbekannter Eintrag „{token}“ ({space})")
                else:
                    yield from self._mixed(row, name, (space, token))
            if isinstance(column, LinksColumn) and column.is_symmetrical:
                yield from self._one_sided(row, name)

    def _one_sided(self, row: Row, name: str) -> Iterator[Problem]:
        others = {other.id: other for other in self.batch.rows[row.subject]}
        for token in row.values[name]:
            if token == row.id:
                yield row.problem(name, "nennt sich selbst")
            elif token in others and row.id not in (others[token].data.get(name) or []):
                yield row.problem(name, f"„{token}“ nennt umgekehrt „{row.id}“ nicht")

    # ---- invented and real -----------------------------------------------------------

    def _mixed(self, row: Row, name: str, target: tuple[str, str]) -> Iterator[Problem]:
        """Invented things refer to invented ones, real ones to real ones."""
        subject = self.registry.get(target[0])
        if subject is None or not _can_be_invented(subject):
            return
        is_invented = target in self.state.invented
        if self.invented and target not in self.announced and not is_invented:
            yield row.problem(name, f"Erfundenes hängt an Echtem: „{target[1]}“")
        elif not self.invented and is_invented and target not in self.announced:
            yield row.problem(name, f"Echtes hängt an Erfundenem: „{target[1]}“")

    def _truth(self, row: Row) -> Iterator[Problem]:
        if "is_demo" in row.values and row.values["is_demo"] != self.invented:
            wanted = "true" if self.invented else "false"
            yield row.problem("is_demo", f"muss in diesem Ordner {wanted} sein")

    # ---- uniqueness ------------------------------------------------------------------

    def _doubles(self, subject: Subject, rows: list[Row]) -> Iterator[Problem]:
        seen: dict[tuple[Any, ...], str] = {}
        for row in rows:
            for names, key in self._unique_keys(subject, row):
                first = seen.setdefault(key, row.id)
                if first != row.id:
                    reason = f"derselbe Wert steht schon bei „{first}“"
                    yield row.problem(", ".join(names), reason)

    def _unique_keys(
        self, subject: Subject, row: Row
    ) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
        try:
            kind = subject.kind(row)
        except WrongValue:
            return
        columns = subject.columns(kind)
        for names in subject.unique_sets(kind):
            needed = [columns[name].is_link or len(names) == 1 for name in names]
            for language in subject.languages:
                values = [_text(row.data.get(name), language) for name in names]
                if all(v or not n for v, n in zip(values, needed, strict=True)):
                    space = subject.space(subject.models[kind])
                    yield names, (space, names, language, *values)


def _text(value: Any, language: str) -> str:
    if language and isinstance(value, dict):
        value = value.get(language)
    if value in (None, "", [], {}):
        return ""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _can_be_invented(subject: Subject) -> bool:
    return any(
        any(field.name == "is_demo" for field in model._meta.get_fields())
        for model in subject.models.values()
    )
