"""Columns of rich text and of StreamFields.

Wagtail drops unknown block types and keys without a word and gives blocks without ids
new ones at every load; here each of that is a problem.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from .columns import Column, TextColumn
from .markup import check_rich_text, linked_pages, with_file_links, with_stored_links
from .problems import WrongValue
from .refs import References


def _tidy(block: blocks.Block, value: Any) -> Any:
    """A checked value, its rich texts in the form Wagtail stores."""
    if isinstance(block, blocks.StreamBlock):
        return [_tidy_item(block.child_blocks[item["type"]], item) for item in value]
    if isinstance(block, blocks.ListBlock):
        return [_tidy_item(block.child_block, item) for item in value]
    if isinstance(block, blocks.StructBlock):
        return {key: _tidy(block.child_blocks[key], v) for key, v in value.items()}
    return check_rich_text(value) if isinstance(block, blocks.RichTextBlock) else value


def _tidy_item(block: blocks.Block, item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "value": _tidy(block, item["value"])}


NESTED = (
    StreamBlockValidationError,
    StructBlockValidationError,
    ListBlockValidationError,
)


class RichTextColumn(TextColumn):
    """Rich text as Wagtail stores it; links to pages by stable id."""

    is_link = True

    def load(self, value: Any) -> str:
        return check_rich_text(value)

    def dump(self, obj: Any, refs: References) -> str:
        return str(with_file_links(super().dump(obj, refs), refs))

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        return linked_pages(value)

    def assign(self, obj: Any, value: str, refs: References) -> None:
        super().assign(obj, with_stored_links(value, refs), refs)

    def place(self, obj: Any, value: str) -> None:
        """Write the value with its links as they stand in the file."""
        setattr(obj, self.field.attname, value)


class StreamColumn(Column):
    """A StreamField; every block and list item with its id."""

    is_link = True

    @property
    def block(self) -> blocks.StreamBlock:
        return self.field.stream_block

    @property
    def default(self) -> list[Any]:
        return []

    def load(self, value: Any) -> list[Any]:
        check_block(self.block, value)
        stream = self.block.to_python(_tidy(self.block, value))
        try:
            self.block.clean(stream)
        except ValidationError as error:
            first, *more = _complaints(error)
            raise WrongValue(first.reason, first.path, more) from error
        return self._canonical(stream)

    def _canonical(self, stream: Any) -> list[Any]:
        prepared = self.block.get_prep_value(stream)
        plain: list[Any] = json.loads(json.dumps(prepared, cls=DjangoJSONEncoder))
        return plain

    def dump(self, obj: Any, refs: References) -> list[Any]:
        prepared = self._canonical(self.field.value_from_object(obj))
        shown: list[Any] = with_file_links(prepared, refs)
        return shown

    def for_file(self, value: list[Any]) -> list[Any]:
        """Without images: their primary keys mean nothing elsewhere."""
        return [block for block in value if block["type"] != "image"]

    def references(self, value: Any) -> Iterator[tuple[str, str]]:
        return linked_pages(value)

    def assign(self, obj: Any, value: list[Any], refs: References) -> None:
        self.place(obj, with_stored_links(value, refs))

    def place(self, obj: Any, value: list[Any]) -> None:
        """Write the value with its links as they stand in the file."""
        setattr(obj, self.field.attname, self.block.to_python(value))


def check_block(block: blocks.Block, value: Any, path: str = "") -> None:
    """Compare a raw value with its block; ``WrongValue`` names the place."""
    if isinstance(block, blocks.StreamBlock):
        _check_items(value, path, block.child_blocks)
    elif isinstance(block, blocks.ListBlock):
        _check_items(value, path, {"item": block.child_block})
    elif isinstance(block, blocks.StructBlock):
        _check_struct(block, value, path)
    elif isinstance(block, blocks.ChooserBlock):
        raise WrongValue("Bilder und Dateien werden nicht ausgetauscht", path)
    elif isinstance(block, blocks.RichTextBlock):
        _under(path, value)
    else:
        _check_plain(block, value, path)


def _under(path: str, value: Any) -> None:
    try:
        check_rich_text(value)
    except WrongValue as error:
        raise WrongValue(error.reason, path) from error


def _join(path: str, part: str) -> str:
    return f"{path}.{part}" if path else part


def _check_items(value: Any, path: str, kinds: dict[str, blocks.Block]) -> None:
    if not isinstance(value, list):
        raise WrongValue("muss eine Liste von Blöcken sein", path)
    seen: set[str] = set()
    for number, item in enumerate(value, start=1):
        place = _join(path, str(number))
        kind = _check_item(item, place, seen)
        if kind not in kinds:
            raise WrongValue(f"unbekannter Block „{kind}“", place)
        check_block(kinds[kind], item["value"], place)


def _check_item(item: Any, place: str, seen: set[str]) -> str:
    """A block's type, after a look at its frame."""
    if not isinstance(item, dict) or set(item) != {"id", "type", "value"}:
        raise WrongValue("ein Block hat genau id, type und value", place)
    if not isinstance(item["id"], str) or not item["id"]:
        raise WrongValue("der Block hat keine id", place)
    if item["id"] in seen:
        raise WrongValue(f"die id {item['id']} kommt doppelt vor", place)
    seen.add(item["id"])
    return str(item["type"])


def _check_struct(block: blocks.StructBlock, value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise WrongValue("muss ein Objekt sein", path)
    for key in value:
        if key not in block.child_blocks:
            raise WrongValue(f"unbekanntes Feld „{key}“", path)
    for key, child in block.child_blocks.items():
        if key in value:
            check_block(child, value[key], _join(path, key))


#: What a plain block takes; everything else takes text.
PLAIN: tuple[tuple[type[blocks.Block], tuple[type, ...], str], ...] = (
    (blocks.BooleanBlock, (bool,), "muss true oder false sein"),
    (blocks.IntegerBlock, (int, type(None)), "muss eine ganze Zahl sein"),
    (blocks.FloatBlock, (int, float, type(None)), "muss eine Zahl sein"),
    (blocks.DateBlock, (str, type(None)), "muss ein Datum sein (JJJJ-MM-TT)"),
)


def _check_plain(block: blocks.Block, value: Any, path: str) -> None:
    types: tuple[type, ...] = (str,)
    reason = "muss Text sein"
    for kind, allowed, sentence in PLAIN:
        if isinstance(block, kind):
            types, reason = allowed, sentence
    wrong_bool = isinstance(value, bool) and bool not in types
    if wrong_bool or not isinstance(value, types):
        raise WrongValue(reason, path)
    if isinstance(block, blocks.DateBlock) and value is not None:
        _check_date(value, path)


def _check_date(value: Any, path: str) -> None:
    try:
        datetime.date.fromisoformat(value)
    except ValueError as error:
        raise WrongValue(f"kein Datum: „{value}“ (JJJJ-MM-TT)", path) from error


def _complaints(error: ValidationError, path: str = "") -> Iterator[WrongValue]:
    """The innermost sentences of a nested block error, with their places."""
    if not isinstance(error, NESTED):
        yield WrongValue(" ".join(error.messages), path)
        return
    for key, inner in error.block_errors.items():
        part = str(key + 1) if isinstance(key, int) else str(key)
        yield from _complaints(inner, _join(path, part))
    for own in error.non_block_errors.as_data():
        yield WrongValue(" ".join(own.messages), path)
