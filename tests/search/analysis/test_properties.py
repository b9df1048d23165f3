"""What must hold for any text at all."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis import get_analyser

# Pieces that meet the rules' edges far more often than random characters would.
EDGES = st.sampled_from(
    [
        *"*:_·/-'’.,()|!@#&\u00ad\u200b\u0000\u0301\u0308 \n0189",
        *(
            "INNEN",
            "İnnen",
            "Bürger",
            "innen",
            "in",
            "(innen)",
            "/-innen",
            "MA",
            "MA ",
            "18",
            "ß",
            "ue",
        ),
        *("Agenda", "Lokale ", "Schule", "Rat", "İ", "ﬁ", "½", "१", "שלום", "🙂", "ü"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(EDGES, max_size=30).map("".join))
LANGUAGES = pytest.mark.parametrize("language", ["de", "en"])
RELAXED = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow]
)


@LANGUAGES
@RELAXED
@given(text=TEXTS)
def test_tokens_point_at_their_place_in_the_source(language, text):
    end = 0
    for count, token in enumerate(get_analyser(language).tokens(text)):
        assert text[token.start : token.end] == token.text
        assert end <= token.start < token.end
        assert token.position == count
        assert token.stem
        assert token.exact
        assert token.fuzzy
        assert all(token.parts)
        end = token.end


@LANGUAGES
@RELAXED
@given(text=TEXTS)
def test_composed_and_decomposed_text_give_the_same_terms(language, text):
    def terms(form):
        tokens = get_analyser(language).tokens(unicodedata.normalize(form, text))
        return [(t.stem, t.exact, t.fuzzy, t.parts, t.is_stop) for t in tokens]

    assert terms("NFC") == terms("NFD")


@LANGUAGES
@RELAXED
@given(text=TEXTS)
def test_a_query_has_the_terms_of_the_text(language, text):
    analyser = get_analyser(language)
    indexed, asked = analyser.tokens(text), analyser.query_tokens(text)
    assert [t.stem for t in indexed] == [t.stem for t in asked]
    for one, other in zip(indexed, asked, strict=True):
        assert set(other.parts) <= set(one.parts)


@LANGUAGES
@pytest.mark.parametrize(
    "unit",
    ["a", "a-", "a*", "a/-", "a(innen)", "innen", "1.", "MA ", "ä", "a\u0308", "🙂", "\0",
     "ש", "_", "'", "-a-", "Rat", "Bürger:", "((", "a(", "a@", "1,1"],
)  # fmt: skip
def test_ten_thousand_characters_of_anything_end(language, unit):
    text = unit * (10_000 // len(unit))
    for token in get_analyser(language).tokens(text):
        assert len(token.stem) <= 80
        assert len(token.exact) <= 80
        assert len(token.fuzzy) <= 80
