"""From typed text to steps, and from tokens to snippets: no database, no engine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import get_analyser
from search.ladder import build, most_of
from search.parsing import MAX_CHARS, clean, parse
from search.query import All, Marks
from search.snippets import find_spans, highlight, make_snippet, pack_marks
from search.typed import MAX_WORDS

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
    assert names("Garten ") == ["all", "distance-1"]
    assert names("Park ") == ["all"]
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


# ---- whatever is typed ---------------------------------------------------------------

SIGNS = st.sampled_from(
    ['"', "„", "“", "-", "--", " ", "art:", "kind:methode", "Park", "Bürger*innen", "\0",
     "\ud800", "()", "AND", "NOT ", "*", "~2", "MA 18", "ü", "u\u0308", "\n", "🌳"]
)  # fmt: skip
TYPED = st.one_of(st.text(), st.lists(SIGNS, max_size=40).map("".join))


@settings(deadline=None, max_examples=300)
@given(text=TYPED)
def test_any_text_is_parsed_and_planned(text):
    parsed = parse(text, KINDS)
    assert '"' not in parsed.text
    for piece in (parsed.text, *parsed.phrases, *parsed.without):
        assert piece == piece.strip()
        assert len(piece) <= MAX_CHARS
    assert set(parsed.kinds) <= set(KINDS.values())
    for language in ("de", "en"):
        plan = build(parsed, language)
        assert plan.steps
        assert len(plan.tokens) <= MAX_WORDS


@pytest.mark.parametrize(
    "text",
    ["-", "- - -", '"', '""', '"""', "-- --", "()", "* ~ ^ : /", "art:", '-"', '-""'],
)
def test_only_operators_ask_for_nothing_in_particular(text):
    parsed = parse(text, KINDS)
    assert not parsed.phrases
    assert not parsed.without
    assert build(parsed, "de").steps[0].name == "all"


@pytest.mark.parametrize("text", ['"Park', 'Park"', "„Park", '"Park" "', '"a" "Park'])
def test_unbalanced_quotes_lose_no_word(text):
    parsed = parse(text)
    assert "Park" in (parsed.text, *parsed.phrases)


def test_200_words_are_a_query_too():
    plan = build(parse(" ".join(f"wort{n}" for n in range(200))), "de")
    assert [step.name for step in plan.steps][:2] == ["all", "most"]
    assert len(plan.tokens) == MAX_WORDS


def test_stop_words_alone_are_looked_for():
    plan = build(parse("der die das "), "de")
    assert plan.steps[0].name == "all"
    assert "Everything" not in str(plan.steps[0].query)


def test_words_that_are_words_are_never_misspelt():
    token = get_analyser("de").query_tokens("Stadt")[0]
    assert names("Stadt ", certain={token.exact}) == ["all"]
    assert names("Stadt ") == ["all", "distance-1"]
    assert get_analyser("de").knows(token)
    assert not get_analyser("de").knows(get_analyser("de").query_tokens("Sdatt")[0])


def test_a_whole_word_is_no_beginning_of_others():
    assert "Prefix" not in str(build(parse("Organ"), "de").steps[0])
    assert "Prefix" in str(build(parse("betei"), "de").steps[0])
