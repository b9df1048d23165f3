"""English words, and German names in English text."""

import pytest

from search.analysis import get_analyser


def stems(text):
    return [token.stem for token in get_analyser("en").tokens(text)]


@pytest.mark.parametrize(
    ("british", "american"),
    [("organisation", "organization"), ("organising", "organize"),
     ("programmes", "program"), ("neighbourhood", "neighborhoods"),
     ("centre", "centers"), ("theatre", "theater"), ("licence", "license"),
     ("behaviour", "behavior"), ("analyse", "analyzed"), ("travelling", "traveling"),
     ("dialogue", "dialog"), ("catalogue", "catalogs"), ("defence", "defense"),
     ("fulfil", "fulfill"), ("citizen's", "citizens'"), ("citizen’s", "citizen"),
     ("co-creation", "cocreation"), ("decision-making", "decisionmaking"),
     ("city", "cities"), ("café", "cafe"), ("Bürger*innen", "Bürger"),
     ("MA 18", "Municipal Department 18"), ("MA18", "MA-18"), ("10,000", "10000")],
)  # fmt: skip
def test_forms_fall_together(british, american):
    assert stems(british) == stems(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("hour", "whore"), ("tour", "tor"), ("does", "dos"),
     ("value", "valu e"), ("MA 18", "MA 21"), ("city", "citizen")],
)  # fmt: skip
def test_different_words_stay_apart(one, other):
    assert stems(one) != stems(other)


def test_hyphen_parts_are_found_singly():
    (token,) = get_analyser("en").tokens("decision-making")
    assert list(token.parts) == stems("decision making")


def test_stop_words_are_marked_and_kept():
    tokens = get_analyser("en").tokens("to be or not to be")
    assert len(tokens) == 6
    assert all(token.is_stop for token in tokens)


def test_no_other_language():
    with pytest.raises(ValueError, match="fr"):
        get_analyser("fr")
