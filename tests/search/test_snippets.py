"""What every snippet keeps to, whatever the text and whatever was typed."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import get_analyser
from search.ladder import build
from search.parsing import parse
from search.query import Marks
from search.snippets import LENGTH, find_spans, highlight, make_snippet, pack_marks

WORDS = [
    "Bürger*innen",
    "Beteiligungsverfahren",
    "Park",
    "MA 18",
    "Open-Space",
    "Straße",
    "u\u0308ber",
    "<b>fett</b>",
    "<script>alert('x')</script>",
    "&amp;",
    "a&b",
    '"Zitat"',
    "🌳",
    "مشاركة",
    "\u202e",
    "x" * 90,
    "und",
]
GAPS = [" ", "  ", "\n", "\n\n", ". ", ".\n", ", ", "/", "\t"]

texts = st.lists(
    st.tuples(st.sampled_from(WORDS) | st.text(max_size=12), st.sampled_from(GAPS)),
    max_size=120,
).map(lambda pairs: "".join(word + gap for word, gap in pairs))
queries = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=4).map(
    " ".join
)
languages = st.sampled_from(["de", "en"])


def _plain(snippet: str) -> str:
    """Without marks and escapes: what a person reads."""
    return html.unescape(re.sub(r"</?mark>", "", snippet))


def _letters(text: str) -> str:
    """Without what a snippet adds or draws together."""
    return re.sub(r"[\s·…]+", "", text)


def _marks(query: str, language: str) -> Marks:
    return build(parse(query), language).steps[-1].marks


@settings(max_examples=200, deadline=None)
@given(texts, queries, languages, st.integers(0, 400))
def test_snippet_is_a_stretch_of_the_text(text, query, language, summary_end):
    tokens = get_analyser(language).tokens(text)
    spans = find_spans(pack_marks(tokens), _marks(query, language))
    snippet = make_snippet(text, spans, min(summary_end, len(text)))

    tags = set(re.findall(r"<[^>]*>", snippet))
    assert tags <= {"<mark>", "</mark>"}
    assert snippet.count("<mark>") == snippet.count("</mark>")
    assert ">" not in re.sub(r"</?mark>", "", snippet)
    assert _letters(_plain(snippet)) in _letters(text)
    assert len(_plain(snippet)) <= LENGTH + 160
    words = {_letters(token.text) for token in tokens}
    for marked in re.findall(r"<mark>(.*?)</mark>", snippet):
        assert _letters(html.unescape(marked)) in words


@settings(max_examples=100, deadline=None)
@given(texts, queries, languages)
def test_highlight_keeps_the_whole_text(text, query, language):
    tokens = get_analyser(language).tokens(text)
    shown = highlight(text, find_spans(pack_marks(tokens), _marks(query, language)))
    assert _letters(_plain(shown)) == _letters(text)
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<mark>", "</mark>"}


@pytest.mark.parametrize("query", ["Park", "Parks", "Parkbudget "])
def test_only_whole_words_are_marked(query):
    tokens = get_analyser("de").tokens("Im Parkbudget steht der Park.")
    spans = find_spans(pack_marks(tokens), _marks(query, "de"))
    shown = make_snippet("Im Parkbudget steht der Park.", spans, 0)
    assert "<mark>Park</mark>." in shown
    assert "<mark>Parkbudget</mark> " in shown


def test_nothing_is_marked_without_a_question():
    text = "Ein Park & ein <Platz>"
    assert find_spans(pack_marks(get_analyser("de").tokens(text)), Marks()) == []
    assert make_snippet(text, [], 0) == "Ein Park &amp; ein &lt;Platz&gt;"
