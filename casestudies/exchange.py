"""What case studies exchange: the pages, the Klimateam's rounds and its process."""

from __future__ import annotations

from casestudies.models import CaseIndexPage, CaseStudyPage, ProcessElement, Round
from hub.exchange.pages import PageSubject
from hub.exchange.registry import registry
from hub.exchange.subjects import RecordSubject


def register() -> None:
    """Called once when the app is ready."""
    registry.register(
        RecordSubject(
            "rounds", Round, order=70, id_from="code", children=("districts",)
        )
    )
    registry.register(
        RecordSubject(
            "process",
            ProcessElement,
            order=80,
            id_from="code",
            required=(),
            lines=("aliases", "who", "channels", "outreach_formats", "lessons"),
        )
    )
    registry.register(
        PageSubject(
            "cases",
            CaseStudyPage,
            parent=CaseIndexPage,
            order=120,
            reverse=("method_uses",),
        )
    )
    pages = registry.get("pages")
    if pages:
        pages.models |= {"cases": CaseIndexPage}
