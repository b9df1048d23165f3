"""What the search finds alike in meaning, for those who write: in a form, and as a hint
after saving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail.admin.panels import Panel

from hub.models import BasePage
from search.documents import SearchDocument
from search.meaning.alike import alike, like_draft
from search.results import Hit

#: Entries in a form.
MOST = 5
#: From here on, two entries may well be about the same thing. Of the cases that come with
#: the hub, one in six has another one as near as this, among them the same project in two
#: districts; a text told in other words is nearer than 0.65 to itself, others are below 0.6.
SAME = 0.65


class AlikePanel(Panel):
    """Entries of some kinds that are most like this page in meaning, each with a link. It
    says nothing where the search by meaning is off, or has not read the page yet."""

    def __init__(
        self, kind: str = "", kinds: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.kind = kind
        self.kinds = tuple(kinds)

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"kind": self.kind, "kinds": self.kinds}

    class BoundPanel(Panel.BoundPanel):
        template_name = "hub_admin/alike_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.hits)

        @cached_property
        def hits(self) -> tuple[Hit, ...]:
            page, panel = self.instance, self.panel
            if not page.pk:
                return ()
            return alike(panel.kind, page.pk, page.language, panel.kinds, MOST)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"hits": self.hits}


def warn_of_the_same(request: HttpRequest, page: BasePage, kind: str) -> None:
    """After saving what is not public yet: a hint when there is an entry that may be about
    the same thing, never an obstacle."""
    if page.live:
        return
    document = SearchDocument(
        kind=kind,
        object_id=page.pk,
        language=page.language,
        title=page.title,
        url="",
        summary=page.summary or "",
    )
    same = [hit for hit in like_draft(document, (kind,), 2) if _is_same(hit)]
    if same:
        links = format_html_join(
            ", ",
            '<a href="{}" target="_blank" rel="noopener">{}</a>',
            ((hit.url, hit.title) for hit in same),
        )
        text = _("Vielleicht gibt es diesen Eintrag schon. Sehr ähnlich ist:")
        messages.warning(request, format_html("{} {}", text, links))


def _is_same(hit: Hit) -> bool:
    return hit.similarity is not None and hit.similarity >= SAME
