"""Partner cities, programmes and districts in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from hub.panels import bilingual, checkboxes
from hub.roles import ALL, EDITORS, NETWORK, REVIEWERS, WRITE
from hub.viewsets import (
    PROFILE_COLUMNS,
    PROFILE_EXPORT,
    PROFILE_FILTERS,
    ProfileViewSet,
)

from .models import District, PartnerCity, Programme
from .panels import more_links

#: Editors write, reviewers and network managers publish.
NETWORK_ROLES = {EDITORS: WRITE, REVIEWERS: ALL, NETWORK: ALL}


class PartnerCityViewSet(ProfileViewSet):
    model = PartnerCity
    needed = ("name_de", "kind")
    roles = NETWORK_ROLES
    icon = "globe"
    ordering = ["name_de"]
    list_display = ["name_de", "country_de", "kind", *PROFILE_COLUMNS]
    list_filter = ["kind", "country_code", "topics", *PROFILE_FILTERS]
    search_fields = ["name_de", "name_en", "aliases", "country_de"]
    list_export = ["name_de", "name_en", "kind", "country_de", *PROFILE_EXPORT]

    def tabs(self):
        return [
            (
                _("Stadt"),
                [
                    FieldPanel("kind"),
                    bilingual("name", _("Name")),
                    bilingual("country", _("Land")),
                    FieldRowPanel(
                        [FieldPanel("country_code"), FieldPanel("population")]
                    ),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("aliases"),
                    FieldRowPanel(
                        [FieldPanel("website"), FieldPanel("website_verified")]
                    ),
                ],
            ),
            (
                _("Was Wien lernen kann"),
                [
                    bilingual("summary", _("Wofür bekannt")),
                    bilingual("learn_from", _("Was Wien lernen kann")),
                    bilingual("relation", _("Verbindung zu Wien")),
                    FieldPanel("programmes"),
                    checkboxes("topics"),
                    checkboxes("networks"),
                    *more_links["partnercity"],
                ],
            ),
            self.sources_tab(),
            self.address_tab(),
        ]


class DistrictViewSet(ProfileViewSet):
    """The 23 districts are there; they are kept up to date, never added."""

    model = District
    needed = ("name",)
    roles = {
        EDITORS: frozenset({"change", "view"}),
        REVIEWERS: frozenset({"change", "view", "publish"}),
        NETWORK: frozenset({"change", "view", "publish"}),
    }
    icon = "site"
    ordering = ["number"]
    list_display = ["number", "name", "postal_code", *PROFILE_COLUMNS]
    list_filter = PROFILE_FILTERS
    search_fields = ["name", "postal_code"]
    list_export = ["number", "name", "postal_code", "population", *PROFILE_EXPORT]

    def tabs(self):
        return [
            (
                _("Bezirk"),
                [
                    FieldRowPanel([FieldPanel("number"), FieldPanel("postal_code")]),
                    FieldPanel("name"),
                    bilingual("summary", _("Kurztext")),
                    FieldPanel("area_km2"),
                    FieldRowPanel(
                        [FieldPanel("population"), FieldPanel("population_year")]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("population_newer"),
                            FieldPanel("population_newer_date"),
                        ]
                    ),
                ],
            ),
            (
                _("Lage"),
                [
                    checkboxes("neighbours"),
                    FieldPanel("neighbours_verification"),
                    FieldRowPanel([FieldPanel("tile_row"), FieldPanel("tile_column")]),
                ],
            ),
            self.sources_tab(),
            self.address_tab(),
        ]


class ProgrammeViewSet(ProfileViewSet):
    model = Programme
    needed = ("name_de", "kind")
    roles = NETWORK_ROLES
    icon = "clipboard-list"
    ordering = ["name_de"]
    list_display = ["name_de", "kind", "funding_status", *PROFILE_COLUMNS]
    list_filter = ["kind", "funding_status", "topics", *PROFILE_FILTERS]
    search_fields = ["name_de", "name_en", "aliases"]
    list_export = [
        "name_de",
        "name_en",
        "kind",
        "funding_status",
        "funding_closes_on",
        *PROFILE_EXPORT,
    ]

    def tabs(self):
        return [
            (
                _("Inhalt"),
                [
                    FieldPanel("kind"),
                    bilingual("name", _("Name")),
                    FieldPanel("aliases"),
                    FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
                    bilingual("when_text", _("Wann")),
                    bilingual("summary", _("Kurztext")),
                    bilingual("body", _("Text")),
                    FieldPanel("website"),
                ],
            ),
            (
                _("Einordnung"),
                [
                    checkboxes("topics"),
                    checkboxes("target_groups"),
                    checkboxes("districts"),
                    InlinePanel(
                        "parties",
                        [
                            FieldPanel("organisation"),
                            FieldRowPanel([FieldPanel("role"), FieldPanel("basis")]),
                        ],
                        heading=_("Beteiligte Organisationen"),
                        label=_("Organisation"),
                    ),
                    FieldPanel("figures"),
                    *more_links["programme"],
                ],
            ),
            (
                _("Förderung"),
                [
                    FieldRowPanel(
                        [FieldPanel("funding_status"), FieldPanel("funding_closes_on")]
                    ),
                    bilingual("funding_for_whom", _("für wen")),
                    bilingual("funding_amount", _("wie viel")),
                    bilingual("funding_deadline", _("Frist")),
                ],
            ),
            self.sources_tab(),
            self.address_tab(),
        ]
