"""The figures, against values computed by hand."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

from search.evaluation.judged import figures
from search.experts import Part, rank


def test_figures_by_hand():
    judged = {"a": {"x": 1}, "b": {"y": 1, "z": 1}, "c": {"w": 1}}
    runs = {"a": ["n", "x"], "b": ["y", "n", "z"], "c": []}
    found = figures(runs, judged, [])
    assert found["MRR@10"] == pytest.approx((0.5 + 1 + 0) / 3, abs=1e-4)
    assert found["S@1"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["R@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["MAP"] == pytest.approx((0.5 + (1 + 2 / 3) / 2) / 3, abs=1e-4)
    second = 1 / math.log2(3)
    ideal = 1 + second
    expected = (second + (1 + 1 / 2) / ideal + 0) / 3
    assert found["nDCG@10"] == pytest.approx(expected, abs=1e-4)


def test_beyond_ten_counts_for_nothing_but_map():
    found = figures({"a": [f"n{n}" for n in range(10)] + ["x"]}, {"a": {"x": 1}}, [])
    assert found["MRR@10"] == found["nDCG@10"] == found["R@10"] == 0
    assert found["MAP"] == pytest.approx(1 / 11, abs=1e-4)


def test_twice_in_a_run_counts_at_its_first_place():
    found = figures({"a": ["x", "n", "x"]}, {"a": {"x": 1}}, [])
    assert found["MRR@10"] == 1


def test_times_are_given_even_for_one_query():
    found = figures({"a": ["x"]}, {"a": {"x": 1}}, [0.01])
    assert found["ms_p50"] == found["ms_p95"] == 10


# ---- the command, without a database -------------------------------------------------

CORPUS = [
    {"id": "d1", "title": "", "text": "Ein Park mit Bäumen.", "people": [
        {"key": "p1", "role": "led", "year": 2025}, {"key": "p2", "role": "funded"}]},
    {"id": "d2", "title": "", "text": "Ein Schulhof.", "people": [
        {"key": "p2", "role": "led", "year": 2025}]},
]  # fmt: skip


@pytest.fixture
def files(tmp_path):
    """A small judged set; gives the options of the command."""
    (tmp_path / "c.jsonl.gz").write_bytes(
        gzip.compress("\n".join(map(json.dumps, CORPUS)).encode())
    )
    (tmp_path / "q.tsv").write_text("a\tPark\nb\tSchulhof\n")
    (tmp_path / "docs.txt").write_text("a 0 d1 1\nb 0 d2 1\n")
    (tmp_path / "people.txt").write_text("a 0 p1 1\nb 0 p2 1\n")

    def options(qrels="docs.txt", **values):
        names = {"corpus": "c.jsonl.gz", "queries": "q.tsv", "qrels": qrels} | values
        return {name: tmp_path / value for name, value in names.items()}

    return options


def measured(capsys, **options):
    call_command("search_evaluate", **options)
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_known_items(files, capsys):
    found = measured(capsys, **files(), fields="text")
    assert found["MRR@10"] == found["S@1"] == found["MAP"] == 1
    assert {"nDCG@10", "R@10", "ms_p50", "ms_p95"} <= set(found)


def test_people_instead_of_documents(files, capsys):
    found = measured(capsys, **files("people.txt"), experts=True)
    assert found["MRR@10"] == 1


def test_sets_in_one_call(tmp_path, capsys):
    def write(name, text):
        (tmp_path / name).write_text(text)
        return tmp_path / name

    found = measured(
        capsys,
        pairs=write(
            "p.tsv",
            "query\ttext\texpect\tcategory\nPark\tPark\tmust\tx\nOhr\tUhr\tmust\ty\n"
            "Tee\tKomitee\tmustnot\tz\n",
        ),
        gender_pairs=write("g.tsv", "masculine\tfeminine\nLehrer\tLehrerin\n"),
        in_endings=write("i.tsv", "Verein\nLehrerin\n"),
        typos=write("t.tsv", "bürgerbeteiligung\tbürgerbeteilgung\n"),
    )
    assert found["must_rate"] == 0.5
    assert found["mustnot_rate"] == 1
    assert found["nice_rate"] is None
    assert found["failures"] == {"y": ["must: Ohr → Uhr"]}
    assert found["pair_rate"] == found["spelling_recall"] == 1
    assert found["left_alone_rate"] == 0.5
    assert found["success_at_10"] == 1


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("c.jsonl", '{"id": "a"}\n{"id": \n', "c.jsonl, line 2"),
        ("c.jsonl", '{"id": "a"}\n["b"]\n', "c.jsonl, line 2"),
        ("c.jsonl", '{"id": "a"}\n\n{"id": "a"}\n', "c.jsonl, line 3"),
        ("c.jsonl", '{"id": "a", "people": [{"role": "led"}]}\n', "c.jsonl, line 1"),
        ("q.tsv", "a\tPark\nb Schulhof\n", "q.tsv, line 2"),
        ("docs.txt", "a 0 d1 1\nb 0 d2 yes\n", "docs.txt, line 2"),
        ("docs.txt", "a d1 1\n", "docs.txt, line 1"),
        ("gone.txt", None, "gone.txt"),
    ],
)
def test_a_broken_file_is_named_with_its_line(files, tmp_path, name, text, place):
    options = files(**{{"c": "corpus", "q": "queries"}.get(name[0], "qrels"): name})
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(CommandError, match=place):
        call_command("search_evaluate", **options)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"experts": True},
        {"corpus": Path("c")},
        {"pairs": Path("x"), "engine": "ftp"},
    ],
)
def test_a_call_that_makes_no_sense_is_refused(options):
    with pytest.raises(CommandError):
        call_command("search_evaluate", **options)


def test_pairs_of_our_own(capsys):
    path = Path(__file__).parent / "data" / "pairs_own.tsv"
    found = measured(capsys, pairs=path)
    assert found["must_rate"] >= 0.95, found["failures"]
    assert found["mustnot_rate"] >= 0.97, found["failures"]


# ---- people --------------------------------------------------------------------------


def test_work_on_the_subject_counts_by_role_and_year():
    parts = {
        "d1": [Part("old", "led", 2000), Part("new", "led", 2025)],
        "d2": [Part("paid", "funded", 2025)],
    }
    found = rank([("d1", 10.0), ("d2", 10.0)], parts, 2025)
    assert [expert.key for expert in found] == ["new", "paid", "old"]
    assert found[0].score == pytest.approx(10)


def test_work_adds_up_and_the_largest_three_are_the_reasons():
    parts = {f"d{n}": [Part("a", "led", 2025)] for n in range(5)}
    found = rank([(f"d{n}", 10.0 - n) for n in range(5)], parts, 2025)
    assert found[0].score == pytest.approx(40)
    assert [reason.document for reason in found[0].reasons] == ["d0", "d1", "d2"]


def test_a_person_counts_once_in_a_document_by_the_best_role():
    parts = {"d": [Part("a", "funded", 2025), Part("a", "led", 2025)]}
    assert rank([("d", 10.0)], parts, 2025)[0].score == pytest.approx(10)


def test_what_is_only_spelt_alike_counts_little():
    parts = {"d1": [Part("a", "led", 2025)], "d2": [Part("b", "led", 2025)]}
    found = rank([("d1", 1005.0), ("d2", 12.0)], parts, 2025)
    assert [expert.key for expert in found] == ["a", "b"]
    assert rank([], parts, 2025) == []
