"""Both engines answer alike: from the same tokens the same scores, so the same first ten
in the same order. Exceptions have a test that says how small they are."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings

import pytest

from search.documents import SearchDocument
from search.engines.base import Asked, Engine, Order, Request, Sort
from search.engines.embedded import EmbeddedEngine
from search.ladder import build
from search.parsing import parse
from search.typed import content_tokens

from .contract import CORPUS

pytestmark = pytest.mark.elastic

STARTER = Path(settings.BASE_DIR) / "hub" / "starter"
#: Development corpora that lie beside some checkouts.
EVAL = Path(settings.BASE_DIR).parent / "shared" / "eval"
FIRST = 10
_WORD = re.compile(r"[^\W\d_]{4,}")


def starter() -> Iterator[SearchDocument]:
    """The texts of the starter content, as they stand in its files."""
    number = 0
    for name in (
        "glossary",
        "methods",
        "organisations",
        "programmes",
        "partner_cities",
    ):
        for row in json.loads((STARTER / f"{name}.json").read_text("utf-8"))["rows"]:
            texts = [str(v) for k, v in row.items() if k.endswith("_de")] or [str(row)]
            title = str(row.get("name_de") or row.get("title_de") or texts[0])[:120]
            number += 1
            yield document(number, title, " ".join(texts), name)


def contributions() -> Iterator[SearchDocument]:
    with (EVAL / "contributions_dev.jsonl").open(encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            yield document(number, row["title"], row["text"], "contribution")


def laws() -> Iterator[SearchDocument]:
    with gzip.open(EVAL / "laws_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, islice(lines, 200))):
            yield document(number, str(row.get("title", "")), row["text"], "law")


def document(number: int, title: str, text: str, kind: str) -> SearchDocument:
    weight = (0.85, 1.0, 1.05)[number % 3]
    facets = {"third": (f"third-{number % 3}",), "fifth": (f"fifth-{number % 5}",)}
    return SearchDocument(
        kind,
        number,
        "de",
        title,
        f"/{number}/",
        body=text,
        facets=facets,
        weight=weight,
    )


CORPORA = {"contract": lambda: iter(CORPUS), "starter": starter}
if EVAL.is_dir():
    CORPORA |= {"contributions": contributions, "laws": laws}


def questions(documents: list[SearchDocument]) -> list[str]:
    """Words as they stand in the texts: of titles, neighbours, some far apart."""
    found = []
    for document in documents[:: max(1, len(documents) // 15)]:
        words = _WORD.findall(document.body or document.summary) or ["Park"]
        found += [document.title, " ".join(words[:2]), words[len(words) // 2]]
        found += [f"{words[0]} {words[-1]} {words[len(words) // 3]}", words[-1][:5]]
        found.append(f'"{" ".join(words[:2])}" -{words[-1]}')
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module", params=CORPORA)
def both(request, make_elastic_engine, tmp_path_factory):
    """A corpus in both engines, and questions about it."""
    documents = list(CORPORA[request.param]())
    engines = (
        EmbeddedEngine(tmp_path_factory.mktemp("parity")),
        make_elastic_engine(),
    )
    for engine in engines:
        engine.rebuild("de", documents)
    return (*engines, documents)


def ask(engine: Engine, text: str, **values) -> Request:
    parsed = parse(text)
    stems = {t.stem for t in content_tokens(parsed.text, "de") if not t.is_stop}
    unknown = stems - engine.reader("de").known(stems)
    return Request("de", build(parsed, "de", unknown).steps, **values)


def first(engine: Engine, text: str, **values) -> tuple:
    answer = engine.search(ask(engine, text, limit=FIRST, **values))
    step = answer.step.name if answer.step else ""
    shown = [(hit.key, hit.snippet, hit.is_near) for hit in answer.hits]
    return answer.total, step, shown, answer.facets


def test_first_ten_facets_and_snippets_are_the_same(both):
    embedded, elastic, documents = both
    asked = questions(documents)
    assert len(asked) >= 20
    for text in asked:
        assert first(embedded, text) == first(elastic, text), text


def test_scores_agree_to_five_digits(both):
    embedded, elastic, documents = both
    for text in questions(documents):
        step = ask(embedded, text).steps[0]
        asked = Asked(step.query, limit=FIRST)
        scores = [
            [match.score for match in engine.reader("de").find(asked).matches]
            for engine in (embedded, elastic)
        ]
        assert scores[0] == pytest.approx(scores[1], rel=1e-5), text


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "Beteiligung Kinder", "Mensch"])
def test_filters_and_orders_are_the_same(both, sort, text):
    embedded, elastic, _ = both
    filters = {"third": ("third-0", "third-1"), "fifth": ("fifth-2",)}
    for values in ({"sort": sort}, {"sort": sort, "filters": filters}):
        for offset in (0, 20):
            found = [
                first(e, text, offset=offset, **values) for e in (embedded, elastic)
            ]
            assert found[0] == found[1]


@pytest.mark.parametrize("order", [o for o in Order if o is not Order.SCORE])
def test_whole_lists_are_the_same(both, order):
    """From the first to the last: there are no ties left to chance."""
    embedded, elastic, documents = both
    step = build(parse(""), "de").steps[0]
    asked = Asked(step.query, order=order, limit=len(documents))
    lists = [
        [hit.key for hit in reader.hits(reader.find(asked).matches, None)]
        for reader in (embedded.reader("de"), elastic.reader("de"))
    ]
    assert lists[0] == lists[1]


@pytest.mark.parametrize(
    "text", ["Beteiligugn", "Jugentliche reden", "Klimaanpasung", "Verfaren der Stadt"]
)
def test_misspelt_words_are_found_alike(both, text):
    """A word some letters away scores the same wherever it is found: no exception."""
    embedded, elastic, _ = both
    assert first(embedded, text) == first(elastic, text)


def test_known_words_and_near_words_are_the_same(both):
    embedded, elastic, documents = both
    words = {t.stem for d in documents[:50] for t in content_tokens(d.title, "de")}
    asked = [*words, "gibtsnicht"]
    readers = embedded.reader("de"), elastic.reader("de")
    assert readers[0].known(asked) == readers[1].known(asked) >= words
    assert dict(readers[0].vocabulary("be")) == dict(readers[1].vocabulary("be"))
    for word in ("beteiligugn", "jugentliche", "schuhlhof"):
        assert readers[0].near(word, 2) == readers[1].near(word, 2)


def test_exception_deleted_documents_count_until_they_are_merged(both):
    """Engines merge at different moments; until then a document that was replaced
    counts twice in the frequencies. The first ten stay the same ones nearly always."""
    embedded, elastic, documents = both
    part = documents[: len(documents) // 10 or 1]
    for engine in (embedded, elastic):
        engine.apply("de", part)
        engine.apply("de", part)
    same = total = 0
    for text in questions(documents):
        keys = [
            {key for key, _, _ in first(engine, text)[2]}
            for engine in (embedded, elastic)
        ]
        same += len(keys[0] & keys[1])
        total += max(map(len, keys))
    assert same >= 0.97 * total
