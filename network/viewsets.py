"""Organisations, people and what they took part in, in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.panels import bilingual, checkboxes, page_chooser
from hub.roles import ALL, EDITORS, NETWORK, REVIEWERS, WRITE_AND_DELETE
from hub.viewsets import (
    OFFICE_ONLY,
    PROFILE_COLUMNS,
    PROFILE_EXPORT,
    PROFILE_FILTERS,
    HubViewSet,
    ProfileViewSet,
)

from .forms import PersonForm
from .gaps.views import menu_item
from .involved_admin import DeleteView
from .models import Involvement, Organisation, Person
from .panels import involvement_pages, involvements, more_links
from .privacy.panel import consent_panels
from .viewsets_editors import OrganisationEditorViewSet
from .viewsets_places import (
    NETWORK_ROLES,
    DistrictViewSet,
    PartnerCityViewSet,
    ProgrammeViewSet,
)


class OrganisationViewSet(ProfileViewSet):
    model = Organisation
    needed = ("name_de", "kind")
    office_only = (
        *OFFICE_ONLY,
        "code",
        "kind",
        "is_multiplier",
        "parent",
        "successor",
        "website_verified",
        "basis",
        "is_demo",
    )
    roles = NETWORK_ROLES
    icon = "home"
    ordering = ["name_de"]
    list_display = [
        "name_de",
        "code",
        "kind",
        BooleanColumn("is_multiplier", label=_("Multiplikator*in")),
        *PROFILE_COLUMNS,
    ]
    list_filter = ["kind", "is_multiplier", "coverage", "topics", *PROFILE_FILTERS]
    search_fields = ["name_de", "name_en", "code", "short_name", "aliases"]
    list_export = [
        "code",
        "name_de",
        "name_en",
        "kind",
        "parent",
        "is_multiplier",
        "coverage",
        "website",
        *PROFILE_EXPORT,
    ]

    def tabs(self):
        return [
            (
                _("Name und Zuordnung"),
                [
                    bilingual("name", _("Name")),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("short_name")]),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("is_multiplier")]),
                    FieldPanel("parent"),
                    FieldPanel("successor"),
                    FieldPanel("aliases"),
                ],
            ),
            (
                _("Was sie tut"),
                [
                    bilingual("summary", _("Kurztext")),
                    bilingual("responsibilities", _("Aufgaben")),
                    bilingual("offers", _("Was sie anbietet")),
                    bilingual("cooperation", _("So arbeitet man gut zusammen")),
                    bilingual("expectations", _("Was sie erwartet")),
                    checkboxes("topics"),
                    checkboxes("target_groups"),
                    FieldPanel("languages"),
                    FieldPanel("coverage"),
                    checkboxes("districts"),
                ],
            ),
            (
                _("Kontakt und Grundlage"),
                [
                    FieldRowPanel(
                        [FieldPanel("website"), FieldPanel("website_verified")]
                    ),
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("mailbox")]),
                    bilingual("head_function", _("Funktion der Leitung")),
                    bilingual("contact_function", _("Funktion für Anfragen")),
                    InlinePanel(
                        "office_hours",
                        [
                            FieldRowPanel([FieldPanel("weekday"), FieldPanel("way")]),
                            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                            FieldRowPanel(
                                [FieldPanel("valid_from"), FieldPanel("valid_until")]
                            ),
                        ],
                        heading=_("Sprechzeiten"),
                        label=_("Sprechzeit"),
                    ),
                    FieldPanel("shows_answer_time"),
                    FieldPanel("is_sensitive"),
                    FieldPanel("basis"),
                    FieldPanel("sources"),
                    FieldPanel("is_demo"),
                ],
            ),
            (_("Verknüpfungen"), [involvements("organisation")]),
            self.address_tab(),
        ]


class PersonViewSet(ProfileViewSet):
    """Nothing of a person is public without a basis: consents stand beside the name."""

    model = Person
    form_class = PersonForm
    needed = ("name",)
    office_only = (
        *OFFICE_ONLY,
        "capacity",
        "is_adult",
        "is_namesake",
        "consents",
        "stand_in",
        "photo",
        "is_demo",
    )
    roles = {NETWORK: ALL}
    icon = "user"
    ordering = ["name"]
    list_display = ["name", "degrees", *PROFILE_COLUMNS]
    list_filter = ["topics", "districts", *PROFILE_FILTERS]
    search_fields = ["name", "memberships__organisation__name_de"]
    list_export = ["name", "degrees", *PROFILE_EXPORT]

    def tabs(self):
        return [
            (
                _("Person"),
                [
                    FieldRowPanel([FieldPanel("degrees"), FieldPanel("name")]),
                    InlinePanel(
                        "memberships",
                        [
                            FieldPanel("organisation"),
                            bilingual("function"),
                            FieldRowPanel(
                                [
                                    FieldPanel("is_lead"),
                                    FieldPanel("year_from"),
                                    FieldPanel("year_to"),
                                ]
                            ),
                        ],
                        heading=_("Funktionen"),
                        label=_("Funktion"),
                    ),
                    bilingual("bio", _("Kurzprofil")),
                    FieldPanel("photo"),
                ],
            ),
            (
                _("Einwilligungen"),
                consent_panels(),
            ),
            (
                _("Schwerpunkte"),
                [
                    checkboxes("topics"),
                    checkboxes("target_groups"),
                    checkboxes("districts"),
                    FieldPanel("languages"),
                    bilingual("availability", _("Verfügbarkeit")),
                    FieldPanel("website"),
                    FieldPanel("stand_in"),
                    FieldPanel("is_demo"),
                ],
            ),
            (_("Verknüpfungen"), [involvements("person"), *more_links["person"]]),
            self.address_tab(),
        ]


class InvolvementViewSet(HubViewSet):
    model = Involvement
    delete_view_class = DeleteView
    needed = ("page",)
    roles = {
        EDITORS: WRITE_AND_DELETE,
        REVIEWERS: WRITE_AND_DELETE,
        NETWORK: WRITE_AND_DELETE,
    }
    icon = "group"
    list_display = ["page", "organisation", "person", "role", "basis", "year_from"]
    list_filter = ["role", "basis"]
    search_fields = ["page__title", "organisation__name_de", "person__name"]

    @staticmethod
    def label_beside(row: Involvement, seen_from: str) -> str:
        """What the row says, seen from one of its ends."""
        other = row.party if seen_from == "page" else row.page
        years = "–".join(str(y) for y in (row.year_from, row.year_to) if y)
        parts = [str(other), row.role_label, years, row.get_basis_display()]
        return ", ".join(part for part in parts if part)

    def tabs(self):
        return [
            (
                _("Mitwirkung"),
                [
                    page_chooser("page", involvement_pages or None),
                    FieldRowPanel([FieldPanel("organisation"), FieldPanel("person")]),
                    FieldRowPanel([FieldPanel("role"), FieldPanel("basis")]),
                    FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
                    FieldPanel("source_url"),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [FieldPanel("confirmed_on"), FieldPanel("confirmed_by")]
                            )
                        ],
                        heading=_("Bestätigung"),
                    ),
                ],
            )
        ]


class NetworkGroup(SnippetViewSetGroup):
    menu_label = _("Netzwerk")
    menu_icon = "group"
    menu_order = 300
    items = (
        OrganisationViewSet,
        PersonViewSet,
        InvolvementViewSet,
        PartnerCityViewSet,
        ProgrammeViewSet,
        DistrictViewSet,
        OrganisationEditorViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), menu_item()]
