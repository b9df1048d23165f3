"""Involvements in the forms of both their sides: one row, saved at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model

from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views import snippets

from hub.formats import years_text
from hub.links import LinksPanel


class InvolvementsPanel(LinksPanel):
    """Who did what, on what it rests and who confirmed it; edit, remove, add."""

    class BoundPanel(LinksPanel.BoundPanel):
        template_name = "network_admin/involvements_panel.html"

        def rows(self) -> list[dict[str, Any]]:
            """What stands here, the newest first: one query."""
            if not self.instance.pk:
                return []
            side = self._relation.field.name
            rows = self.row_model._default_manager.filter(
                **{side: self.instance.pk}
            ).select_related("page", "organisation", "person")
            may_change, may_delete = self._may("change"), self._may("delete")
            return [
                {
                    "row": row,
                    "other": row.party if side == "page" else row.page,
                    "years": years_text(row.year_from, row.year_to),
                    "edit_url": self._url("edit", row.pk) if may_change else "",
                    "delete_url": self._url("delete", row.pk) if may_delete else "",
                }
                for row in rows
            ]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["is_page"] = self._relation.field.name == "page"
            return context


class DeleteView(snippets.DeleteView):
    """Asks, removes, and goes back to the form it came from."""

    object: Model

    def get_delete_url(self) -> str:
        url = super().get_delete_url()
        back = get_valid_next_url_from_request(self.request)
        return f"{url}?{urlencode({'next': back})}" if back else url
