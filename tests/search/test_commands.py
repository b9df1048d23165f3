"""The commands, as somebody would run them."""

from __future__ import annotations

import json

from django.core.management import CommandError, call_command

import pytest

from search import maintenance
from search.engines import get_engine
from search.models import IndexChange
from tests.factories import network as parties

from .conftest import found


def run(capsys, *arguments: str) -> str:
    call_command("search_index", *arguments)
    return capsys.readouterr().out


def test_drain_and_check(site, capsys):
    site.organisation.name_de = "Stadtplanung"
    site.organisation.save()
    with pytest.raises(CommandError, match="--repair"):
        run(capsys, "check")
    assert "changes indexed" in run(capsys, "drain")
    assert "MA\u00a018 – Stadtplanung" in found("Stadtplanung")
    assert "0 differences" in run(capsys, "check")


def test_check_repairs(site, capsys):
    get_engine().apply("de", [], [f"case:{site.case.pk}:de"])
    output = run(capsys, "check", "--repair")
    assert f"missing: case:{site.case.pk}:de" in output
    assert "0 differences after repair" in output


def test_ensure_builds_what_is_missing(site, settings, tmp_path, capsys):
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path / "new"}
    assert not maintenance.is_ready()
    assert "de:" in run(capsys, "ensure")
    assert maintenance.is_ready()
    assert "changes indexed" in run(capsys, "ensure")


def test_missing_index_names_the_command(site, settings, tmp_path):
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path / "new"}
    parties.city()
    with pytest.raises(CommandError, match="search_index rebuild"):
        call_command("search_index", "drain")
    assert IndexChange.objects.exists()


def test_explain(site, capsys):
    output = run(capsys, "explain", "Schulhof Bürgerrrat der")
    assert "word Schulhof" in output
    assert "unknown" in output
    assert f"case:{site.case.pk}:de" in output
    with pytest.raises(CommandError):
        run(capsys, "explain", "x", "--language", "fr")


def test_evaluate(tmp_path, capsys):
    texts = {"d1": "Ein Park mit Bäumen.", "d2": "Ein Amt.", "d3": "Ein Schulhof."}
    corpus = tmp_path / "docs.jsonl"
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    corpus.write_text("\n".join(lines))
    (tmp_path / "q.tsv").write_text("q1\tParkbäume\nq2\tSchulhof\nq3\tZebra\n")
    (tmp_path / "r.txt").write_text("q1 0 d1 1\nq2 0 d3 1\nq3 0 d2 1\n")
    call_command(
        "search_evaluate",
        corpus=corpus,
        queries=tmp_path / "q.tsv",
        qrels=tmp_path / "r.txt",
    )
    figures = json.loads(capsys.readouterr().out)
    assert figures["documents"] == 3
    assert figures["MRR@10"] == figures["S@1"] == pytest.approx(2 / 3, abs=1e-3)
    with pytest.raises(CommandError, match="Could not measure"):
        call_command(
            "search_evaluate",
            corpus=corpus,
            queries=tmp_path / "gone.tsv",
            qrels=tmp_path / "r.txt",
        )
