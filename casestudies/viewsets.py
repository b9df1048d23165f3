"""What belongs to case studies, in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.models.base import FRESHNESS_PANELS
from hub.panels import bilingual, page_chooser
from hub.roles import ALL, EDITORS, REVIEWERS, WRITE, WRITE_AND_DELETE
from hub.viewsets import (
    PROFILE_COLUMNS,
    PROFILE_EXPORT,
    PROFILE_FILTERS,
    HubViewSet,
    ProfileViewSet,
)
from network.panels import involvement_pages

from .models import MethodUse, ProcessElement, Round

involvement_pages.append("casestudies.CaseStudyPage")


class MethodUseViewSet(HubViewSet):
    model = MethodUse
    needed = ("case", "method")
    roles = {EDITORS: WRITE_AND_DELETE, REVIEWERS: WRITE_AND_DELETE}
    icon = "link"
    list_display = [
        "case",
        "method",
        "phase",
        BooleanColumn("is_inherited", label=_("aus der Runde")),
    ]
    list_filter = ["phase", "is_inherited"]
    search_fields = ["case__title", "method__title"]

    @staticmethod
    def label_beside(row: MethodUse, seen_from: str) -> str:
        other = row.method if seen_from == "case" else row.case
        parts = [str(other), row.get_phase_display()]
        if row.is_inherited:
            parts.append(str(_("aus der Runde")))
        return ", ".join(part for part in parts if part)

    def tabs(self):
        return [
            (
                _("Eingesetzte Methode"),
                [
                    page_chooser("case", "casestudies.CaseStudyPage"),
                    page_chooser("method", "methods.MethodPage"),
                    FieldRowPanel([FieldPanel("phase"), FieldPanel("is_inherited")]),
                    bilingual("note", _("Wie sie eingesetzt wurde")),
                ],
            )
        ]


class RoundViewSet(ProfileViewSet):
    model = Round
    needed = ("name_de", "code", "year_label")
    roles = {EDITORS: WRITE, REVIEWERS: ALL}
    icon = "calendar"
    list_display = ["name_de", "year_label", "ideas_total", *PROFILE_COLUMNS]
    list_filter = PROFILE_FILTERS
    search_fields = ["name_de", "name_en", "code"]
    list_export = ["code", "name_de", "year_label", "ideas_total", *PROFILE_EXPORT]

    def tabs(self):
        return [
            (
                _("Durchgang"),
                [
                    bilingual("name", _("Name")),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("year_label")]),
                    FieldPanel("is_pilot"),
                    InlinePanel(
                        "districts",
                        [
                            FieldPanel("district"),
                            FieldRowPanel(
                                [
                                    FieldPanel("ideas"),
                                    FieldPanel("sketches"),
                                    FieldPanel("selected"),
                                ]
                            ),
                        ],
                        heading=_("Bezirke"),
                        label=_("Bezirk"),
                    ),
                    FieldPanel("phases"),
                ],
            ),
            (
                _("Zahlen und Rahmen"),
                [
                    FieldRowPanel(
                        [
                            FieldPanel("ideas_total"),
                            FieldPanel("sketches_total"),
                            FieldPanel("selected_total"),
                        ]
                    ),
                    bilingual("ideas_note", _("Hinweis zu den Ideen")),
                    bilingual("key_figure", _("Kennzahl")),
                    bilingual("budget", _("Budget")),
                    bilingual("jury", _("Jury")),
                    bilingual("events", _("Veranstaltungen")),
                    bilingual("experts", _("Fachleute")),
                    bilingual("themes", _("Handlungsfelder")),
                ],
            ),
            self.sources_tab(),
            self.address_tab(),
        ]


class ProcessElementViewSet(HubViewSet):
    model = ProcessElement
    needed = ("name_de", "what_de", "code")
    roles = {EDITORS: WRITE, REVIEWERS: WRITE_AND_DELETE}
    icon = "list-ol"
    list_display = ["name_de", "kind", "sort_order", "verification"]
    list_filter = ["kind", "verification"]
    search_fields = ["name_de", "name_en", "aliases"]
    list_export = ["code", "kind", "name_de", "name_en", "verification"]

    def tabs(self):
        texts = {
            "duration": _("Dauer"),
            "what": _("Was geschieht"),
            "who": _("Wer"),
            "channels": _("Kanäle"),
            "outreach_formats": _("aufsuchende Formate"),
            "outputs": _("Ergebnis"),
            "lessons": _("Erfahrungen"),
        }
        return [
            (
                _("Inhalt"),
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("sort_order")]),
                    bilingual("name", _("Name")),
                    *(bilingual(name, label) for name, label in texts.items()),
                ],
            ),
            (
                _("Quellen und Stand"),
                [
                    MultiFieldPanel(
                        [FieldPanel("code"), FieldPanel("aliases")],
                        heading=_("Code und andere Namen"),
                    ),
                    FieldPanel("sources"),
                    *FRESHNESS_PANELS,
                ],
            ),
        ]


class CasesGroup(SnippetViewSetGroup):
    menu_label = _("Fälle")
    menu_icon = "calendar"
    menu_order = 320
    items = (MethodUseViewSet, RoundViewSet, ProcessElementViewSet)
