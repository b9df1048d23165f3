"""The fields of every index and how much a match in each is worth.

The boost table in prose stands in ``hub/docs/search.md``. Both sides of the search use
these names: documents are filled into them, queries ask for them.
"""

from __future__ import annotations

TITLE, NAMES, HEADINGS, BODY = "title", "names", "headings", "body"
EXACT = "exact"  # unstemmed words, with positions: phrases and the plain spelling
LEAD = "lead"  # stems of the text's first words
PARTS = "parts"  # all forms of every word: its stem, its root, those of its parts
FUZZY = "fuzzy"  # folded, unstemmed: prefixes and spelling distance
WHOLE = "whole"  # title and names, each as one term (``analysis.tokens.whole``)
SUGGEST = "suggest"  # folded words of title and names, for suggestions
SPELLING = "spelling"  # words that "Meinten Sie" may propose; never of people
FACETS = "facets"  # raw "name=value"
KEY = "key"

#: Stemmed fields that a word is looked for in, with the worth of a match there.
WORD_BOOSTS: dict[str, float] = {
    TITLE: 4.0,
    NAMES: 4.0,
    HEADINGS: 2.0,
    LEAD: 1.0,
    BODY: 1.0,
}

#: So many words of a text are its lead: they say what it is about.
LEAD_WORDS = 30

#: How much the weaker fields still count beside the best one.
FIELD_TIE = 0.3

WHOLE_BONUS = 20.0  # the question is just the title or a name
TITLED_BONUS = 5.0  # … and it is the title, before other names
WORD_BONUS = 4.0  # for each word that is there, in whatever form and however often
EXACT_BOOST = 0.05  # the very spelling typed, before its relatives
PART_BOOST = 0.2  # the word as part of a longer one, or in another part of speech
SPLIT_BOOST = 0.7  # each part of a typed compound, standing apart
PREFIX_BOOST = 0.2  # a beginning of a word, below whole words
FUZZY_BOOST = 0.1  # a word spelt differently
NEAR_BOOST = 0.3  # the likeliest words in the place of a misspelt one
STOP_BOOST = 0.1  # stop words only ever lower a weight
SYNONYM_BOOST = 0.5  # another word for it, in the same fields
PHRASE_BOOST = 2.0  # words in quotation marks, found as they stand

#: Exact hits always stand above fuzzy ones: no other score comes near this.
TIER = 1000.0

#: How far hits with all words stand above those with most words.
ALL_BONUS = 5.0

#: A step that finds fewer than this many is "thin": the next one is tried.
THIN = 10

#: Facets that carry the kind of a document, and the group of its kind: to ask for a
#: group costs a third of asking for its kinds.
KIND, GROUP = "kind", "group"
#: Marks documents of what is there in no other language.
ALONE = "alone"


def titled(name: str) -> str:
    """A whole title as one term, beside the same as a name."""
    return f"={name}"


def facet_token(name: str, value: str) -> str:
    """A facet value as one raw index term."""
    return f"{name}={value}"


def split_facet_token(token: str) -> tuple[str, str]:
    """Name and value of a raw facet term."""
    name, _, value = token.partition("=")
    return name, value
