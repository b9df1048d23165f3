"""Read-only lists of linked rows in the form of a page or record, with ways to edit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_permission_codename
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import Panel


class LinksPanel(Panel):
    """The rows that point here: each with "bearbeiten", and "hinzufügen" below.

    The add form opens with this page or record filled in; after saving, editors are
    back in this form. Rows are plain records in no revision, so they are not edited here.
    """

    def __init__(self, accessor: str, field: str = "", add_label: Any = "", **kwargs):
        super().__init__(**kwargs)
        self.accessor = accessor
        self.field = field
        self.add_label = add_label

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {
            "accessor": self.accessor,
            "field": self.field,
            "add_label": self.add_label,
        }

    class BoundPanel(Panel.BoundPanel):
        template_name = "hub_admin/links_panel.html"

        @property
        def row_model(self) -> type[Model]:
            return self._relation.related_model

        @property
        def _relation(self) -> Any:
            name = self.panel.accessor
            return next(
                relation
                for relation in self.instance._meta.related_objects
                if relation.get_accessor_name() == name
            )

        def _may(self, action: str) -> bool:
            meta = self.row_model._meta
            codename = get_permission_codename(action, meta)
            return self.request.user.has_perm(f"{meta.app_label}.{codename}")

        def _url(self, name: str, *args: Any, **query: Any) -> str:
            viewset = self.row_model.snippet_viewset
            url = reverse(viewset.get_url_name(name), args=args)
            query["next"] = self.request.get_full_path()
            return f"{url}?{urlencode(query)}"

        def rows(self) -> list[dict[str, Any]]:
            if not self.instance.pk:
                return []
            field = self._relation.field.name
            foreign = [
                f.name
                for f in self.row_model._meta.concrete_fields
                if f.many_to_one and f.name != field
            ]
            rows = self.row_model._default_manager.filter(
                **{field: self.instance.pk}
            ).select_related(field, *foreign)
            may_change = self._may("change")
            return [
                {
                    "label": self._label(row),
                    "url": self._url("edit", row.pk) if may_change else "",
                }
                for row in rows
            ]

        def _label(self, row: Model) -> str:
            label = getattr(type(row).snippet_viewset, "label_beside", None)
            return label(row, self._relation.field.name) if label else str(row)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            field = self.panel.field or self._relation.field.name
            context["rows"] = self.rows()
            context["is_new"] = not self.instance.pk
            context["add_label"] = self.panel.add_label
            context["add_url"] = ""
            if self.instance.pk and self._may("add"):
                context["add_url"] = self._url("add", **{field: self.instance.pk})
            return context


def easy_texts() -> LinksPanel:
    """The texts in easy language about a page."""
    return LinksPanel(
        "easy_texts",
        add_label=_("Einfachen Text hinzufügen"),
        heading=_("Texte in einfacher Sprache"),
    )
