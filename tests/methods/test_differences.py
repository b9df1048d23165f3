"""How values differ, in words: pure functions, read in German."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.compare.differences import (
    Verdict,
    Words,
    extremes,
    is_below,
    only_here,
    verdict,
)

WORDS = Words("kürzer", "länger", "am kürzesten", "am längsten")
ends = st.one_of(st.none(), st.integers(0, 50))
ranges = st.tuples(ends, ends).map(
    lambda pair: (min(pair), max(pair)) if None not in pair else pair
)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([1], None),
        ([1, 1], Verdict.SAME),
        ([1, 2], Verdict.DIFFERENT),
        ([1, 2, None], Verdict.DIFFERENT),
        ([1, 1, None], Verdict.PARTLY),
        ([1, None], Verdict.PARTLY),
        ([None, None], Verdict.UNKNOWN),
    ],
)
def test_the_unknown_is_never_called_the_same(keys, expected):
    assert verdict(keys) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(4, 8), (12, 20)], ["kürzer", "länger"]),
        ([(4, 8), (12, 20), (6, 9)], ["am kürzesten", "am längsten", ""]),
        ([(4, 8), (4, 8), (12, 20)], ["", "", "am längsten"]),
        # One lies within the other: neither is shorter.
        ([(1, 50), (10, 20)], ["", ""]),
        ([(4, 8), (8, 12)], ["kürzer", "länger"]),
        # Nobody is the shortest while a value is missing.
        ([(4, 8), (12, 20), (None, None)], ["", "", ""]),
        # An open end is compared only where it cannot matter.
        ([(4, 8), (20, None)], ["kürzer", "länger"]),
        ([(4, 8), (6, None)], ["", ""]),
        ([(None, 8), (6, 12)], ["", ""]),
        ([(4, 8)], [""]),
        ([(4, 4), (4, 4)], ["", ""]),
    ],
)
def test_extremes_are_named_only_where_that_is_honest(values, expected):
    assert extremes(values, WORDS) == expected


@given(ranges, ranges)
def test_only_one_of_two_is_lower(one, other):
    assert not (is_below(one, other) and is_below(other, one))


@given(st.lists(ranges, min_size=2, max_size=4))
def test_nobody_shares_an_extreme(values):
    said = [word for word in extremes(values, WORDS) if word]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([["a", "b"], ["b", "c"]], [["a"], ["c"]]),
        ([["a", "b"], ["b"], ["a"]], [[], [], []]),
        # Where nothing was written down, nobody is alone with anything.
        ([["a", "b"], []], [[], []]),
        ([["a"]], [[]]),
    ],
)
def test_what_only_one_has(lists, expected):
    assert only_here(lists) == expected
