"""Who keeps the entry of which organisation: decided by administrators."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import DateColumn

from hub.roles import NETWORK
from hub.viewsets import HubViewSet

from .models import OrganisationEditor


class OrganisationEditorViewSet(HubViewSet):
    """Network managers see it; only administrators change it."""

    model = OrganisationEditor
    needed = ("user", "organisation")
    roles = {NETWORK: frozenset({"view"})}
    icon = "key"
    list_display = [
        "user",
        "organisation",
        DateColumn("since", label=_("seit"), sort_key="since"),
    ]
    search_fields = ["user__username", "user__last_name", "organisation__name_de"]
    list_export = ["user", "organisation", "since"]

    def tabs(self):
        return [
            (
                _("Wer pflegt was"),
                [
                    HelpPanel(
                        content=_(
                            "Die Person darf diese Organisation und die Menschen mit "
                            "einer Funktion darin bearbeiten, sonst nichts. "
                            "Veröffentlicht wird vom Büro."
                        )
                    ),
                    FieldPanel("user"),
                    FieldPanel("organisation"),
                ],
            )
        ]
