"""From what an index keeps of a document to the hit that a result shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe

from ..query import Step
from ..results import Hit
from ..snippets import find_spans, make_snippet
from .asking import Match


def make_hit(
    key: str,
    match: Match,
    stored: Mapping[str, Any],
    marks: bytes = b"",
    step: Step | None = None,
) -> Hit:
    """A hit; with a step, with its snippet."""
    snippet, is_near = "", False
    if step is not None:
        spans = find_spans(marks, step.marks)
        snippet = make_snippet(stored["text"], spans, len(stored["summary"]))
        is_near = match.score < step.exact_from
    changed = stored["changed"]
    return Hit(
        key=key,
        score=match.rank,
        title=stored["title"],
        url=stored["url"],
        summary=stored["summary"],
        snippet=mark_safe(snippet),  # noqa: S308 (escaped in make_snippet)
        names=tuple(stored["names"]),
        details=stored["details"],
        changed=date.fromisoformat(changed) if changed else None,
        is_person=stored["is_person"],
        is_near=is_near,
    )
