"""Does the finder name what an adviser would? ``python -m tests.methods.judge``

Reads situations with answers, methods an experienced adviser would name for them and
methods that would be wrong, asks the finder over the starter content, and prints as JSON
how often a named method is among the first three, and which wrong ones are among the
first five. ``--all`` lists the first five of every situation, ``--file`` takes others.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from methods.finder.answers import Answers
from methods.finder.candidate import Candidate, Range
from methods.finder.scoring import ranked

HERE = Path(__file__).resolve().parent
STARTER = HERE.parents[1] / "hub" / "starter" / "methods.json"
DEVELOPMENT = HERE / "situations.json"
HELD_OUT = HERE / "situations_held_out.json"
FIRST, TOP = 3, 5


@dataclass(frozen=True)
class Verdict:
    """What the finder says to one situation."""

    situation: str
    first: tuple[str, ...]
    named: bool
    wrong: tuple[str, ...]


def starter_methods() -> tuple[list[Candidate], dict[int, str]]:
    """The methods of the starter content, and their German slugs."""
    rows = json.loads(STARTER.read_text())["rows"]
    names = {number: row["slug"]["de"] for number, row in enumerate(rows, 1)}
    return [_candidate(number, row) for number, row in enumerate(rows, 1)], names


def _candidate(key: int, row: dict[str, Any]) -> Candidate:
    def span(name: str) -> Range:
        return Range(row.get(f"{name}_min"), row.get(f"{name}_max"))

    return Candidate(
        key=key,
        goals=frozenset(row["goals"]),
        levels=frozenset(row["levels"]),
        groups=frozenset(row["target_groups"]),
        measures=frozenset(row["inclusion_measures"]),
        recruitment=frozenset(row["recruitment"]),
        formats=frozenset(row["formats"]),
        conflict=row["conflict"],
        effort=row["effort"],
        is_standing=row["is_standing"],
        people=span("group_size"),
        minutes=span("session_minutes"),
        weeks=span("lead_time_weeks"),
        cost=span("cost_eur"),
        staff_hours=span("staff_hours"),
    )


def read_answers(said: dict[str, Any]) -> Answers:
    """Answers of a situation. How people come in is called as methods call it."""
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in said.items()}
    if "recruitment" in values:
        values["invitation"] = values.pop("recruitment")
    return Answers(**values)


def judge(situations: list[dict[str, Any]]) -> list[Verdict]:
    """What the finder says to each situation."""
    methods, names = starter_methods()
    found = []
    for one in situations:
        order = ranked(read_answers(one["answers"]), methods)
        first = tuple(names[a.candidate.key] for a in order[:TOP])
        found.append(
            Verdict(
                one["id"],
                first,
                bool(set(first[:FIRST]) & set(one["named"])),
                tuple(slug for slug in first if slug in one["wrong"]),
            )
        )
    return found


def figures(verdicts: list[Verdict]) -> dict[str, Any]:
    """The figures: a share, and what went wrong."""
    return {
        "situations": len(verdicts),
        "named_among_first_three": round(
            sum(v.named for v in verdicts) / len(verdicts), 3
        ),
        "not_named": [v.situation for v in verdicts if not v.named],
        "wrong_among_first_five": {v.situation: v.wrong for v in verdicts if v.wrong},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.methods.judge")
    parser.add_argument("--file", type=Path, default=DEVELOPMENT)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    verdicts = judge(json.loads(options.file.read_text()))
    found = figures(verdicts)
    if options.all:
        found["first_five"] = {v.situation: v.first for v in verdicts}
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
