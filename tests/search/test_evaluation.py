"""The figures, against values computed by hand."""

from __future__ import annotations

import math

import pytest

from search.evaluation.judged import figures


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
