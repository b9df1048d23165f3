import pytest

from hub.references import Reference, read_references


def test_references_keep_their_order_and_come_once():
    found, unreadable = read_references(["method-12", "case-3", " method-12 "])
    assert found == [Reference("method", 12), Reference("case", 3)]
    assert unreadable == 0
    assert [str(reference) for reference in found] == ["method-12", "case-3"]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "method",
        "method-",
        "method-0",
        "method--1",
        "METHOD-1",
        "method-1²",
        "1",
        "method-" + "9" * 40,
        "x" * 31 + "-1",
        "method-1; DROP",
        "method-1\x00",
    ],
)
def test_what_is_no_reference_is_counted(value):
    assert read_references([value]) == ([], 1)
