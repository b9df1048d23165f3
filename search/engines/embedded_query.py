"""Our fields and query tree in tantivy's terms."""

from __future__ import annotations

from functools import singledispatch

import tantivy
from tantivy import Occur

from .. import fields
from ..indexed import FOREVER
from ..query import (
    All,
    Any,
    Constant,
    Everything,
    Filter,
    Fuzzy,
    Keys,
    Phrase,
    Prefix,
    Term,
    VisibleAt,
)
from .translating import Translator

FROM, UNTIL = "visible_from", "visible_until"
STANDING, BY_TITLE, BY_DATE = "standing", "by_title", "by_date"
STORED, MARKS = "stored", "marks"
#: Stands for the key: tantivy hands out numbers of many documents at once, no texts.
NUMBER = "number"
#: Who took part, and a number that stands for exactly this text (0 for nobody).
PARTIES, PARTIES_ID = "parties", "parties_id"
COUNTED = (*fields.WORD_BOOSTS, fields.PARTS)  # frequency counts, no positions
KNOWN = (fields.PARTS, fields.FUZZY)  # all forms of words, and words as written
LISTED = (fields.WHOLE, fields.FUZZY, fields.SUGGEST, fields.SPELLING)  # presence


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(fields.KEY, True, False, "raw", "basic")
    builder.add_text_field(fields.FACETS, False, True, "raw", "basic")
    for name in COUNTED:
        builder.add_text_field(name, tokenizer_name="raw", index_option="freq")
    for name in LISTED:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(fields.EXACT, tokenizer_name="raw")
    for name in (FROM, UNTIL):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in (STANDING, PARTIES_ID, NUMBER):
        builder.add_integer_field(name, fast=True)
    for name in (BY_TITLE, BY_DATE):
        builder.add_text_field(name, False, True, "raw", "basic")
    for name in (STORED, MARKS, PARTIES):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


SCHEMA = _make_schema()


@singledispatch
def translated(query: object, translate: Translator[tantivy.Query]) -> tantivy.Query:
    """One part, its own parts by way of the translator."""
    raise TypeError(f"No translation for {type(query).__name__}")


@translated.register
def _(query: Term, translate: Translator[tantivy.Query]) -> tantivy.Query:
    found = tantivy.Query.term_query(SCHEMA, query.field, query.text, "freq")
    return _boosted(found, query.boost)


@translated.register
def _(query: Phrase, translate: Translator[tantivy.Query]) -> tantivy.Query:
    if len(query.words) == 1:  # tantivy has no phrases of one word
        return translate(Term(query.field, query.words[0], query.boost))
    found = tantivy.Query.phrase_query(SCHEMA, query.field, list(query.words))
    return _boosted(found, query.boost)


@translated.register
def _(query: Prefix, translate: Translator[tantivy.Query]) -> tantivy.Query:
    found = tantivy.Query.fuzzy_term_query(
        SCHEMA, query.field, query.text, distance=0, prefix=True
    )
    return tantivy.Query.const_score_query(found, query.boost)


@translated.register
def _(query: Fuzzy, translate: Translator[tantivy.Query]) -> tantivy.Query:
    found = tantivy.Query.fuzzy_term_query(
        SCHEMA, query.field, query.text, distance=query.distance
    )
    return tantivy.Query.const_score_query(found, query.boost)


@translated.register
def _(query: Any, translate: Translator[tantivy.Query]) -> tantivy.Query:
    children = translate.all(query.children)
    if query.tie is not None:
        found = tantivy.Query.disjunction_max_query(children, query.tie)
    else:
        found = tantivy.Query.boolean_query(
            [(Occur.Should, child) for child in children],
            minimum_number_should_match=query.minimum,
        )
    return _boosted(found, query.boost)


@translated.register
def _(query: All, translate: Translator[tantivy.Query]) -> tantivy.Query:
    children = query.children or (Everything(),)
    clauses = [(Occur.Must, child) for child in translate.all(children)]
    clauses += [(Occur.Should, child) for child in translate.all(query.optional)]
    clauses += [(Occur.MustNot, child) for child in translate.all(query.without)]
    return tantivy.Query.boolean_query(clauses)


@translated.register
def _(query: Constant, translate: Translator[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.const_score_query(translate(query.child), query.score)


@translated.register
def _(query: Filter, translate: Translator[tantivy.Query]) -> tantivy.Query:
    tokens = [fields.facet_token(query.name, value) for value in query.values]
    if len(tokens) == 1:  # a set of terms is read as a whole before it is looked into
        found = tantivy.Query.term_query(SCHEMA, fields.FACETS, tokens[0], "basic")
        return tantivy.Query.const_score_query(found, 1.0)
    return tantivy.Query.term_set_query(SCHEMA, fields.FACETS, tokens)


@translated.register
def _(query: Everything, translate: Translator[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.all_query()


@translated.register
def _(query: Keys, translate: Translator[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.term_set_query(SCHEMA, fields.KEY, sorted(query.keys))


@translated.register
def _(query: VisibleAt, translate: Translator[tantivy.Query]) -> tantivy.Query:
    number = tantivy.FieldType.Integer
    begun = tantivy.Query.range_query(SCHEMA, FROM, number, 0, query.second)
    open_ = tantivy.Query.range_query(
        SCHEMA, UNTIL, number, query.second, FOREVER, include_lower=False
    )
    return tantivy.Query.boolean_query([(Occur.Must, begun), (Occur.Must, open_)])


def _boosted(query: tantivy.Query, boost: float) -> tantivy.Query:
    return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)
