"""What editors decide about the search: synonyms and recommendations. The reports are
the search's own (``search.reports``)."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.forms import RecordForm
from hub.roles import EDITORS, NETWORK, REVIEWERS, WRITE_AND_DELETE
from hub.viewsets import CreateView, HubViewSet
from search.models import PromotedResult, SynonymSet
from search.report_views import menu_items
from search.targets import TargetError, find_target

ROLES = {
    EDITORS: WRITE_AND_DELETE,
    REVIEWERS: WRITE_AND_DELETE,
    NETWORK: WRITE_AND_DELETE,
}


class FilledCreateView(CreateView):
    """A new row; what a report hands over in the address is filled in."""

    filled = ("terms", "queries", "language", "address")

    def get_initial_form_instance(self) -> Model | None:
        instance = super().get_initial_form_instance()
        for field in instance._meta.concrete_fields:
            value = self.request.GET.get(field.name, "")
            if field.name in self.filled and value:
                setattr(instance, field.name, value[: field.max_length or 500])
        return instance


class SynonymSetViewSet(HubViewSet):
    model = SynonymSet
    roles = ROLES
    icon = "resubmit"
    add_view_class = FilledCreateView
    list_display = [
        "__str__",
        "language",
        BooleanColumn("is_active", label=_("in Verwendung")),
        "note",
    ]
    list_filter = ["language", "is_active"]
    search_fields = ["terms", "note"]
    list_export = ["terms", "language", "is_active", "note"]

    def tabs(self) -> list[tuple[Any, list[Any]]]:
        return [
            (
                _("Synonyme"),
                [
                    FieldPanel("terms"),
                    FieldPanel("language"),
                    FieldPanel("is_active"),
                    FieldPanel("note"),
                ],
            )
        ]


class PromotedResultForm(RecordForm):
    """Finds what is at the address; what was typed stays in the form either way."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        address, language = cleaned.get("address"), cleaned.get("language")
        if not (address and language):
            return cleaned
        try:
            target = find_target(address, language)
        except TargetError as error:
            self.add_error("address", str(error))
            return cleaned
        self.instance.kind = target.kind
        self.instance.object_id = target.object_id
        self.instance.title = target.title[:255]
        return cleaned


class PromotedResultViewSet(HubViewSet):
    model = PromotedResult
    form_class = PromotedResultForm
    roles = ROLES
    icon = "pick"
    add_view_class = FilledCreateView
    list_display = [
        "queries",
        "title",
        "language",
        DateColumn("until", label=_("gilt bis"), sort_key="until"),
        "owner",
    ]
    list_filter = ["language", "owner"]
    search_fields = ["queries", "title", "reason"]
    list_export = ["queries", "language", "title", "address", "reason", "until"]

    def tabs(self) -> list[tuple[Any, list[Any]]]:
        return [
            (
                _("Empfehlung"),
                [
                    FieldPanel("queries"),
                    FieldPanel("language"),
                    FieldPanel("address"),
                    HelpPanel(template="search/admin/target.html"),
                    FieldPanel("reason"),
                    FieldRowPanel([FieldPanel("until"), FieldPanel("owner")]),
                ],
            )
        ]


class SearchGroup(SnippetViewSetGroup):
    """Reports, synonyms and recommendations in one place."""

    menu_label = _("Suche")
    menu_icon = "search"
    menu_order = 340
    items = (SynonymSetViewSet, PromotedResultViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*menu_items(), *super().get_submenu_items()]
