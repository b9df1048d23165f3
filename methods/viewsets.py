"""Methods in profiles, in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from hub.links import LinksPanel
from hub.panels import page_chooser
from hub.roles import EDITORS, NETWORK, REVIEWERS, WRITE_AND_DELETE
from hub.viewsets import HubViewSet
from network.panels import involvement_pages, more_links

from .models import MethodLink


class MethodLinkViewSet(HubViewSet):
    model = MethodLink
    needed = ("method",)
    roles = {
        EDITORS: WRITE_AND_DELETE,
        REVIEWERS: WRITE_AND_DELETE,
        NETWORK: WRITE_AND_DELETE,
    }
    icon = "link"
    menu_order = 340
    menu_label = _("Profilmethoden")
    add_to_admin_menu = True
    list_display = ["method", "city", "programme", "person"]
    search_fields = [
        "method__title",
        "city__name_de",
        "programme__name_de",
        "person__name",
    ]

    @staticmethod
    def label_beside(row: MethodLink, seen_from: str) -> str:
        return str(row.record if seen_from == "method" else row.method)

    def tabs(self):
        return [
            (
                _("Methode im Profil"),
                [
                    page_chooser("method", "methods.MethodPage"),
                    FieldRowPanel([FieldPanel("city"), FieldPanel("programme")]),
                    FieldPanel("person"),
                ],
            )
        ]


def _panel(field: str) -> LinksPanel:
    return LinksPanel(
        "method_links",
        field,
        add_label=_("Methode hinzufügen"),
        heading=_("Methoden"),
    )


involvement_pages.append("methods.MethodPage")
for _model, _field in (
    ("partnercity", "city"),
    ("programme", "programme"),
    ("person", "person"),
):
    more_links[_model].append(_panel(_field))
