"""Messages in the admin: states, numbers and wishes. Contents only of those reported."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.panels.base import Panel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.forms import RecordForm
from hub.panels import checkboxes
from hub.roles import NETWORK, REVIEWERS, WRITE_AND_DELETE
from hub.viewsets import HubViewSet
from hub.worklists import WorkList, register
from network.contact.parties import block, unblock
from network.models import (
    ContactCount,
    ContactPreference,
    ContactReport,
    ContactRequest,
)

LOOK = frozenset({"view"})


class MessagePanel(Panel):
    """The message that was reported, to read."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hub_admin/reported_message.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "message": self.instance.request}


class ReportForm(RecordForm):
    """A box stops the sender for everybody, and lets them write again."""

    def save(self, commit: bool = True) -> ContactReport:
        report = super().save(commit)
        act = block if report.is_blocked_everywhere else unblock
        act(report.request.sender_email, None)
        return report


class ContactReportViewSet(HubViewSet):
    """The work list of reported messages."""

    model = ContactReport
    form_class = ReportForm
    roles = {
        NETWORK: frozenset({"change", "view"}),
        REVIEWERS: frozenset({"change", "view"}),
    }
    icon = "warning"
    menu_label = _("Gemeldete Nachrichten")
    list_display = [
        "__str__",
        "state",
        "handled_by",
        BooleanColumn("is_blocked_everywhere", label=_("für alle gesperrt")),
        DateColumn("created_at", label=_("gemeldet am"), sort_key="created_at"),
    ]
    list_filter = ["state", "reason"]

    def tabs(self) -> list[tuple[Any, list[Any]]]:
        return [
            (
                _("Meldung"),
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("reason", read_only=True),
                            FieldPanel("note", read_only=True),
                        ],
                        heading=_("Was gemeldet wurde"),
                    ),
                    MessagePanel(heading=_("Die Nachricht")),
                    MultiFieldPanel(
                        [
                            FieldPanel("is_blocked_everywhere"),
                            FieldRowPanel(
                                [FieldPanel("state"), FieldPanel("handled_by")]
                            ),
                            FieldPanel("office_note"),
                        ],
                        heading=_("Bearbeitung"),
                    ),
                ],
            )
        ]


class ContactRequestViewSet(HubViewSet):
    """What is under way. Nobody opens a message: there is nothing here to read."""

    model = ContactRequest
    roles = {NETWORK: LOOK, REVIEWERS: LOOK}
    icon = "mail"
    menu_label = _("Nachrichten unterwegs")
    list_display = [
        "pk",
        "state",
        "purpose",
        Column("party_kind", label=_("an")),
        DateColumn("created_at", label=_("geschrieben am"), sort_key="created_at"),
        DateColumn("answered_at", label=_("beantwortet am"), sort_key="answered_at"),
    ]
    list_filter = ["state", "purpose"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactRequest]:
        shown = ("state", "purpose", "created_at", "answered_at", "organisation")
        rows = ContactRequest.objects.select_related("organisation").order_by("-pk")
        return rows.defer(
            *(
                field.name
                for field in ContactRequest._meta.concrete_fields
                if field.name not in shown and not field.primary_key
            )
        )

    def tabs(self) -> list[tuple[Any, list[Any]]]:
        return [(_("Nachricht"), [FieldPanel("state", read_only=True)])]


class ContactCountViewSet(HubViewSet):
    """What remains: numbers by month."""

    model = ContactCount
    roles = {NETWORK: LOOK, REVIEWERS: LOOK}
    icon = "table"
    menu_label = _("Zahlen der Nachrichten")
    list_display = ["month", "organisation", "purpose", "outcome", "number"]
    list_filter = ["purpose", "outcome", "month"]
    list_export = ["month", "organisation", "purpose", "outcome", "number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactCount]:
        return ContactCount.objects.select_related("organisation")

    def tabs(self) -> list[tuple[Any, list[Any]]]:
        return [(_("Zahl"), [FieldPanel("number", read_only=True)])]


class ContactPreferenceViewSet(HubViewSet):
    """What recipients want; they set it themselves by a mailed link, or ask the office."""

    model = ContactPreference
    roles = {NETWORK: WRITE_AND_DELETE}
    icon = "cogs"
    menu_label = _("Wünsche zu Nachrichten")
    list_display = ["__str__", "weekly_maximum", "paused_until"]
    search_fields = ["person__name", "organisation__name_de"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactPreference]:
        return ContactPreference.objects.select_related("person", "organisation")

    def tabs(self) -> list[tuple[Any, list[Any]]]:
        return [
            (
                _("Wünsche"),
                [
                    HelpPanel(
                        content=_(
                            "Wer Nachrichten bekommt, stellt das selbst ein: Der Link "
                            "dazu steht in jeder Nachricht. Hier nur auf Wunsch ändern."
                        )
                    ),
                    FieldRowPanel([FieldPanel("person"), FieldPanel("organisation")]),
                    FieldPanel("purposes"),
                    checkboxes("topics"),
                    FieldRowPanel(
                        [FieldPanel("weekly_maximum"), FieldPanel("paused_until")]
                    ),
                    FieldPanel("language"),
                ],
            )
        ]


class ContactGroup(SnippetViewSetGroup):
    menu_label = _("Nachrichten")
    menu_icon = "mail"
    menu_order = 315
    items = (
        ContactReportViewSet,
        ContactRequestViewSet,
        ContactCountViewSet,
        ContactPreferenceViewSet,
    )


def register_work_list() -> None:
    """What editors should look at first."""
    new = ContactReport.State.NEW
    register(
        WorkList(
            _("Gemeldete Nachrichten"),
            lambda _user: ContactReport.objects.filter(state=new).count(),
            lambda: (
                f"{reverse('wagtailsnippets_network_contactreport:list')}?state=new"
            ),
            permission="network.change_contactreport",
            order=8,
        )
    )
