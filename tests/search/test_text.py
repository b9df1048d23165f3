"""From typed text to steps, and from tokens to snippets: no database, no engine."""

from __future__ import annotations

import pytest

from search.analysis import get_analyser
from search.ladder import MAX_WORDS, build, most_of
from search.parsing import MAX_CHARS, clean, parse
from search.query import All, Marks
from search.snippets import find_spans, highlight, make_snippet, pack_marks

KINDS = {"methode": "method", "method": "method"}


@pytest.mark.parametrize(
    ("typed", "text", "phrases", "without", "kinds"),
    [
        ("Park", "Park", (), (), ()),
        ('"neuer Park" Bank', "Bank", ("neuer Park",), (), ()),
        ("„neuer Park“", "", ("neuer Park",), (), ()),
        ("Park -Bank", "Park", (), ("Bank",), ()),
        ('Park -"alte Bank"', "Park", (), ("alte Bank",), ()),
        ("Open-Space", "Open-Space", (), (), ()),
        ("art:Methode Park", "Park", (), (), ("method",)),
        ("kind:nix Park", "kind:nix Park", (), (), ()),
        ('Park "ohne Ende', "Park ohne Ende", (), (), ()),
        ('""', "", (), (), ()),
        ("- --", "- --", (), (), ()),
    ],
)
def test_parts_of_a_query(typed, text, phrases, without, kinds):
    parsed = parse(typed, KINDS)
    assert parsed.text == text
    assert parsed.phrases == phrases
    assert parsed.without == without
    assert parsed.kinds == kinds


def test_clean_text_is_short_composed_and_visible():
    assert clean("a\x00b\n c\u0308") == "a b c̈"
    assert clean("u\u0308") == "ü"
    assert len(clean("x" * 10_000)) == MAX_CHARS
    assert clean("\ud800x") == "x"


def test_word_is_open_while_it_is_typed():
    assert parse("Par").open_end
    assert not parse("Par ").open_end
    assert not parse('Par "x"').open_end


def names(text: str, **values) -> list[str]:
    return [step.name for step in build(parse(text), "de", **values).steps]


def test_steps_from_strict_to_generous():
    assert names("Bürgerbeteiligung im neuen Park") == [
        "all",
        "most",
        "distance-1",
        "distance-2",
    ]
    assert names("Park ") == ["all", "distance-1"]
    assert names("Öl") == ["all"]
    assert names("MA 18") == ["all"]
    assert names('"Park"') == ["all"]
    assert names("") == ["all"]


def test_half_of_the_words_are_most():
    assert [most_of(n) for n in (1, 2, 3, 4, 5, 6)] == [1, 1, 1, 2, 2, 3]


def test_words_are_capped():
    many = " ".join(f"wort{n}" for n in range(500))
    assert len(build(parse(many), "de").tokens) == MAX_WORDS


def test_exact_hits_stand_a_tier_above_fuzzy_ones():
    steps = build(parse("Werkstätten "), "de").steps
    assert [step.exact_from for step in steps] == [0.0, 1000.0, 2000.0]
    assert steps[0].bonus == 1000.0


def test_phrases_and_exclusions_hold_in_every_step():
    for step in build(parse('Garten "neuer Park" -Bank'), "de").steps:
        assert isinstance(step.query, All)
        assert len(step.query.without) == 1
        assert any("neuer" in str(child) for child in step.query.children)


def snippet(text: str, query: str, summary: str = "", **values) -> str:
    whole = "\n\n".join(filter(None, (summary, text)))
    analyser = get_analyser("de")
    marks = build(parse(query), "de").steps[0].marks
    spans = find_spans(pack_marks(analyser.tokens(whole)), marks)
    return make_snippet(whole, spans, len(summary), **values)


def test_whole_words_of_the_source_are_marked():
    assert snippet("Die Bürger*innen reden.", "Bürger") == (
        "Die <mark>Bürger*innen</mark> reden."
    )
    assert snippet("Im Beteiligungsverfahren.", "Beteiligung") == (
        "Im <mark>Beteiligungsverfahren</mark>."
    )


def test_everything_is_escaped():
    text = "<script>alert('Park')</script> & Park"
    found = snippet(text, "Park")
    assert "<script>" not in found
    assert found.count("<mark>Park</mark>") == 2
    assert "&amp;" in found


def test_densest_passage_is_shown():
    filler = "Hier steht lange etwas anderes. " * 30
    text = f"{filler}Ein Park. {filler}Ein Park mit Schatten und Bäumen. {filler}"
    found = snippet(text, "Park Schatten Bäume ")
    assert "<mark>Schatten</mark>" in found
    assert found.startswith("… ")
    assert len(found) < 400


def test_summary_wins_when_it_says_as_much():
    body = "Der Park. " * 40
    found = snippet(body, "Park", summary="Ein Park für alle.")
    assert found.startswith("Ein <mark>Park</mark> für alle.")


def test_without_marks_the_summary_is_shown():
    assert make_snippet("Kurz & gut.\n\nLang.", [], 11) == "Kurz &amp; gut."
    assert find_spans(b"", Marks()) == []


def test_long_text_without_blanks_ends():
    found = snippet("Park" + "x" * 30_000 + " Park", "Park")
    assert len(found) < 700


def test_highlight_of_a_whole_text():
    analyser = get_analyser("de")
    marks = Marks(stems=frozenset({analyser.query_tokens("Park")[0].stem}))
    spans = find_spans(pack_marks(analyser.tokens("Park & Bank")), marks)
    assert highlight("Park & Bank", spans) == "<mark>Park</mark> &amp; Bank"


def test_headings_stand_apart_from_what_follows():
    found = snippet("Kennenlernen\nEin Tag im Park.\n\nDanach", "Park")
    assert found == "Kennenlernen · Ein Tag im <mark>Park</mark>. Danach"
