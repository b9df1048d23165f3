"""The judged questions name entries that exist, in grades that mean something."""

import json
from pathlib import Path

import pytest

from tests.search.meaning import judging

STARTER = Path(__file__).resolve().parents[3] / "hub" / "starter"


@pytest.fixture(scope="module")
def entries():
    """Stable ids of starter and demo content, with their files' names before them."""
    found = set()
    for path in [*STARTER.glob("*.json"), *STARTER.glob("demo/*.json")]:
        rows = json.loads(path.read_text())["rows"]
        found |= {f"{path.stem}/{row['id']}" for row in rows}
    return found


@pytest.mark.parametrize("read", [judging.documents, judging.people])
def test_judgements_name_entries_in_grades(entries, read):
    questions = read()
    assert len({one.name for one in questions}) == len(questions) >= 30
    for one in questions:
        assert set(one.grades) <= entries, one.name
        assert set(one.grades.values()) <= {1, 2, 3}, one.name
        assert one.text.strip()
        assert one.language in {"de", "en"}


def test_there_are_enough_questions_in_other_words():
    kinds = [one.kind for one in judging.documents()]
    assert len(kinds) - kinds.count("exact") >= 60
    assert kinds.count("exact") >= 10
