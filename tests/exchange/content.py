"""A small content in the exchange format: at least one row of every subject."""

from __future__ import annotations

import copy
import json
import uuid
from pathlib import Path
from typing import Any

SPACE = uuid.UUID("7a0e3f1e-6f1c-4a44-9d0e-3f6a2d9f1f10")


def block(kind: str, value: Any, *path: Any) -> dict[str, Any]:
    """A StreamField block with an id of its own."""
    name = "/".join(map(str, (kind, *path)))
    return {"id": str(uuid.uuid5(SPACE, name)), "type": kind, "value": value}


def rich(text: str, key: str = "aaaaa") -> str:
    return f'<p data-block-key="{key}">{text}</p>'


def both(german: Any, english: Any) -> dict[str, Any]:
    return {"de": german, "en": english}


def page(kind: str, name: str, parent: str | None, title: Any, **more: Any) -> Any:
    slug = both(name, f"{name}-en")
    row = {"id": name, "type": kind, "parent": parent, "title": title, "slug": slug}
    return row | more


def method(name: str, german: str, english: str, **more: Any) -> dict[str, Any]:
    step = {"text": "Tun.", "title": "Anfangen", "when": ""}
    other = {"text": "Do it.", "title": "Start", "when": ""}
    return {
        "id": name,
        "slug": both(name, f"{name}-en"),
        "title": both(german, english),
        "summary": both(f"{german} in einem Satz.", f"{english} in one sentence."),
        "how_it_works": both(
            rich(f'So geht {german} mit <a href="https://example.org/x">Link</a>.'),
            rich(f'How {english} works, a <a href="https://example.org/x">link</a>.'),
        ),
        "steps": both([block("step", step, name)], [block("step", other, name)]),
        "strengths": both(
            [block("item", "Einfach", name)], [block("item", "Simple", name)]
        ),
        "levels": ["consult", "involve"],
        "effort": "low",
        "group_size_min": 5,
        "group_size_max": 50,
        "topics": ["greening"],
        "goals": ["ideas"],
    } | more


def word(model: str, code: str, german: str, english: str) -> dict[str, Any]:
    return {
        "id": f"{model}/{code}",
        "model": model,
        "code": code,
        "name_de": german,
        "name_en": english,
    }


CONTENT: dict[str, list[dict[str, Any]]] = {
    "vocabulary": [
        word("topic", "greening", "Begrünung", "Greening") | {"synonyms_de": ["Bäume"]},
        word("topic", "energy", "Energie", "Energy"),
        word("target_group", "youth", "Jugendliche", "Young people"),
        word("goal", "ideas", "Ideen sammeln", "Collect ideas"),
        word("inclusion_measure", "childcare", "Kinderbetreuung", "Childcare"),
    ],
    "districts": [
        {
            "id": number,
            "number": int(number),
            "name": name,
            "slug_de": name.lower(),
            "postal_code": f"1{int(number):02}0",
            "tile_row": int(number),
            "tile_column": 1,
            "area_km2": 2.87,
            "neighbours": [other],
        }
        for number, other, name in (("1", "9", "Stadt"), ("9", "1", "Grund"))
    ],
    "organisations": [
        {
            "id": "magistrat",
            "slug_de": "magistrat",
            "name_de": "Magistrat",
            "name_en": "City administration",
            "kind": "city_administration",
        },
        {
            "id": "ma-20",
            "slug_de": "ma-20",
            "slug_en": "ma-20-en",
            "code": "MA 20",
            "name_de": "Energieplanung",
            "name_en": "Energy planning",
            "kind": "department",
            "parent": "magistrat",
            "topics": ["energy", "greening"],
            "districts": ["9"],
            "aliases": ["Energieabteilung"],
            "responsibilities_de": ["Energie planen", "Beraten"],
            "responsibilities_en": ["Plan energy", "Advise"],
            "languages": ["en", "de"],
        },
    ],
    "programmes": [
        {
            "id": "klimafonds",
            "slug_de": "klimafonds",
            "name_de": "Klimafonds",
            "name_en": "Climate fund",
            "kind": "funding",
            "parties": [{"organisation": "ma-20", "role": "funded"}],
        }
    ],
    "partner_cities": [
        {
            "id": "graz",
            "slug_de": "graz",
            "kind": "city",
            "name_de": "Graz",
            "name_en": "Graz",
            "latitude": 47.07,
            "longitude": 15.44,
            "programmes": [
                block(
                    "programme",
                    {"name": "Rat", "what_de": "Ein Rat", "what_en": "A council"},
                    "graz",
                )
            ],
        }
    ],
    "glossary": [
        {
            "id": "anliegen",
            "slug_de": "anliegen",
            "slug_en": "concern",
            "term_de": "Anliegen",
            "term_en": "Concern",
            "definition_de": "Was jemandem wichtig ist.",
            "definition_en": "What matters to somebody.",
        }
    ],
    "rounds": [
        {
            "id": "2022",
            "code": "2022",
            "slug_de": "2022",
            "name_de": "Durchgang 2022",
            "name_en": "Round 2022",
            "year_label": "2022",
            "districts": [{"district": "9", "ideas": 30}],
        }
    ],
    "process": [
        {
            "id": "ideen",
            "code": "ideen",
            "kind": "phase",
            "name_de": "Ideen",
            "name_en": "Ideas",
            "what_de": "Menschen sagen, was sie wollen.",
            "what_en": "People say what they want.",
            "who_de": ["Alle"],
            "who_en": ["Everybody"],
        }
    ],
    "pages": [
        page(
            "home",
            "start",
            None,
            both("Drehscheibe", "Hub"),
            headline_first=both("Mitreden", "Have a say"),
            headline_second=both("in Wien", "in Vienna"),
            featured_case="cases/park",
        ),
        page("methods", "methoden", "start", both("Methoden", "Methods")),
        page("guides", "leitfaeden", "start", both("Leitfäden", "Guides")),
        page("cases", "faelle", "start", both("Fallbeispiele", "Case studies")),
        page(
            "standard",
            "impressum",
            "start",
            both("Impressum", "Imprint"),
            body=both(
                [
                    block("heading", "Wer wir sind"),
                    block(
                        "paragraph",
                        rich(
                            'Siehe <a linktype="page" ref="methods/cafe">Café</a> und '
                            '<a href="https://example.org/de">mehr</a>.'
                        ),
                    ),
                ],
                [
                    block("heading", "Who we are"),
                    block(
                        "paragraph",
                        rich(
                            'See <a linktype="page" ref="methods/cafe">café</a> and '
                            '<a href="https://example.org/en">more</a>.'
                        ),
                    ),
                ],
            ),
            show_in_footer=True,
        ),
    ],
    "methods": [
        method("cafe", "Café", "Café meeting", related_methods=["rat"], tags=["Tisch"]),
        method("rat", "Rat", "Council"),
    ],
    "guides": [
        {
            "id": "eile",
            "slug": both("eile", "haste"),
            "title": both("Wenn es eilt", "When time is short"),
            "methods": ["cafe"],
            "terms": ["anliegen"],
            "sections": both(
                [
                    block(
                        "section",
                        {
                            "heading": "Zuerst",
                            "text": rich("Ruhe."),
                            "checks": [block("item", "Wer fehlt?")],
                        },
                    )
                ],
                [
                    block(
                        "section",
                        {
                            "heading": "First",
                            "text": rich("Calm."),
                            "checks": [block("item", "Who is missing?")],
                        },
                    )
                ],
            ),
        }
    ],
    "cases": [
        {
            "id": "park",
            "slug": both("park", "park"),
            "title": both("Ein Park", "A park"),
            "round": "2022",
            "year_from": 2022,
            "year_to": 2023,
            "districts": ["9"],
            "topics": ["greening"],
            "participants": 40,
            "participants_source": "https://example.org/zahl",
            "decided_by": both("Die Jury", "The jury"),
            "commitments": both(
                [
                    block(
                        "commitment",
                        {
                            "what": "Zehn Bäume",
                            "by_whom": "Bezirk",
                            "promised_on": "2023-05-01",
                            "source": "https://example.org/zusage",
                            "status": "open",
                            "due": None,
                        },
                    )
                ],
                [
                    block(
                        "commitment",
                        {
                            "what": "Ten trees",
                            "by_whom": "District",
                            "promised_on": "2023-05-01",
                            "source": "https://example.org/zusage",
                            "status": "open",
                            "due": None,
                        },
                    )
                ],
            ),
            "method_uses": [
                {
                    "method": "cafe",
                    "phase": "ideate",
                    "note_de": "Im Park.",
                    "note_en": "In the park.",
                }
            ],
        },
        {
            "id": "nur-deutsch",
            "slug": {"de": "nur-deutsch"},
            "title": {"de": "Noch nicht übersetzt"},
        },
    ],
    "involvements": [
        {
            "id": "park-ma-20",
            "page": "cases/park",
            "organisation": "ma-20",
            "role": "led",
            "basis": "source",
            "source_url": "https://example.org/quelle",
        },
        {
            "id": "cafe-ma-20",
            "page": "methods/cafe",
            "organisation": "ma-20",
            "basis": "responsibility",
        },
    ],
    "method_links": [{"id": "graz-rat", "method": "rat", "city": "graz"}],
    "easy_texts": [
        {
            "id": "cafe-de",
            "page": "methods/cafe",
            "language": "de",
            "title": "Reden am Tisch",
            "sentences": ["Menschen sitzen am Tisch.", "Sie reden."],
        },
        {
            "id": "ma-20-de",
            "record": "organisations/ma-20",
            "language": "de",
            "title": "Energie",
            "sentences": ["Diese Stelle plant Energie."],
        },
    ],
}


def content() -> dict[str, list[dict[str, Any]]]:
    """A copy to change at will."""
    return copy.deepcopy(CONTENT)


def write(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Path:
    """Write files as an import reads them."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for subject, found in rows.items():
        data = {"format": 1, "rows": found, "subject": subject}
        (folder / f"{subject}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def row(rows: dict[str, list[dict[str, Any]]], subject: str, name: str) -> Any:
    return next(found for found in rows[subject] if found["id"] == name)
