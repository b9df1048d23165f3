"""``python -m tests.search.meaning``: what the site answers to questions as people ask
them, in figures, as JSON.

    --engine embedded    or the address of an Elasticsearch (http://127.0.0.1:9200)
    --ablation           also what each part brings (reads everything anew: takes long)
    --worse              also the questions that words alone answer better
    --database FOLDER    a data folder (HUB_VAR_DIR) with starter and demo content

Starter and demo content are loaded once and used again until they change.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from tests.search.golden.__main__ import prepared_database, set_up


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.search.meaning")
    parser.add_argument("--engine", default="embedded", help="embedded or an address")
    parser.add_argument("--database", type=Path, help="a data folder to ask instead")
    parser.add_argument("--ablation", action="store_true", help="what each part brings")
    parser.add_argument("--worse", action="store_true", help="where meaning hurts")
    options = parser.parse_args()
    set_up(options.database or prepared_database("experts", "load_demo"), meaning=True)
    with tempfile.TemporaryDirectory(prefix="meaning-") as index:
        found = _measure(options, Path(index))
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _measure(options: argparse.Namespace, index: Path) -> dict[str, Any]:
    from tests.search.golden.indexing import answering, engine_named
    from tests.search.golden.judging import Names

    from . import ablation, judging

    names = Names()
    with engine_named(options.engine, index) as engine, answering(engine):
        return {
            "engine": options.engine,
            **{
                way: {
                    "documents": judging.measure(judging.documents(), names, documents),
                    "who can help": judging.measure(judging.people(), names, people),
                }
                for way, documents, people in judging.ways()
            },
            **({"worse": ablation.worse(names)} if options.worse else {}),
            **({"parts": ablation.measured(engine, names)} if options.ablation else {}),
        }


if __name__ == "__main__":
    main()
