"""What methods exchange: their pages, guides, and methods in profiles."""

from __future__ import annotations

from hub.exchange.pages import PageSubject
from hub.exchange.refs import References
from hub.exchange.registry import registry
from hub.exchange.subjects import RecordSubject
from methods.models import (
    GuidePage,
    GuidesPage,
    MethodIndexPage,
    MethodLink,
    MethodPage,
)


class MethodLinkSubject(RecordSubject):
    """Methods in the profiles of cities, programmes and people."""

    def stable_id(self, obj: MethodLink, refs: References) -> str:
        method = refs.token("methods", obj.method_id) or obj.method_id
        for space, pk in (
            ("partner_cities", obj.city_id),
            ("programmes", obj.programme_id),
            ("people", obj.person_id),
        ):
            if pk:
                return f"{space}/{refs.token(space, pk) or pk}/{method}"
        return str(obj.pk)


def register() -> None:
    """Called once when the app is ready."""
    registry.register(
        PageSubject(
            "methods",
            MethodPage,
            parent=MethodIndexPage,
            order=100,
            lines=("other_names",),
        )
    )
    registry.register(PageSubject("guides", GuidePage, parent=GuidesPage, order=110))
    registry.register(
        MethodLinkSubject(
            "method_links", MethodLink, order=140, required=(), is_target=False
        )
    )
    pages = registry.get("pages")
    if pages:
        pages.models |= {"methods": MethodIndexPage, "guides": GuidesPage}
