"""Typed sources as templates show them."""

from __future__ import annotations

from typing import Any


def source_list(stream: Any) -> list[dict[str, str]]:
    """Sources of a page or record as ``components/sources.html`` shows them."""
    found = []
    for child in stream:
        value = child.value
        type_block = child.block.child_blocks["type"]
        labels = dict(type_block.field.choices)
        found.append(
            {
                "title": value.get("title") or "",
                "url": value.get("url") or "",
                "type": value.get("type") or "",
                "type_label": str(labels.get(value.get("type"), "")),
            }
        )
    return [source for source in found if source["title"] or source["url"]]
