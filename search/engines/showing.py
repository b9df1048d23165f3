"""From what an index keeps of a document to the hit that a result shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe

from ..query import Step
from ..results import Hit
from ..snippets import Span, find_spans, make_snippet, show_passage
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
        snippet = _snippet(match, stored, spans)
        is_near = match.score < step.exact_from and not match.is_meant
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
        is_meant=match.is_meant,
        similarity=match.near.similarity if match.near else None,
    )


def _snippet(match: Match, stored: Mapping[str, Any], spans: Sequence[Span]) -> str:
    """Where the words stand; of what only means the same, the nearest passage."""
    near = match.near
    if match.is_meant and near and near.end:
        return show_passage(stored["text"], near.start, near.end, spans)
    return make_snippet(stored["text"], spans, len(stored["summary"]))
