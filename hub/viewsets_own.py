"""The hub's own records in the admin: words, easy texts, questions, old addresses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.forms import RecordForm
from hub.models import (
    ChangeRequest,
    EasyText,
    Enquiry,
    GlossaryTerm,
    Goal,
    InclusionMeasure,
    OldAddress,
    TargetGroup,
    Topic,
)
from hub.panels import EntryPanel, bilingual, checkboxes, page_chooser
from hub.roles import ALL, EDITORS, NETWORK, REVIEWERS, WRITE, WRITE_AND_DELETE
from hub.viewsets import (
    PROFILE_COLUMNS,
    PROFILE_EXPORT,
    PROFILE_FILTERS,
    HubViewSet,
    ProfileViewSet,
)


class VocabularyViewSet(HubViewSet):
    needed = ("name_de", "name_en", "code")
    roles = {EDITORS: WRITE, REVIEWERS: WRITE_AND_DELETE, NETWORK: frozenset({"view"})}
    icon = "tag"
    list_display = [
        "name_de",
        "name_en",
        "code",
        BooleanColumn("is_active", label=_("wird angeboten")),
    ]
    list_filter = ["is_active"]
    search_fields = ["name_de", "name_en", "synonyms_de", "synonyms_en"]
    list_export = [
        "code",
        "name_de",
        "name_en",
        "synonyms_de",
        "synonyms_en",
        "is_active",
    ]

    def tabs(self):
        return [
            (
                _("Begriff"),
                [
                    bilingual("name", _("Name")),
                    bilingual("synonyms", _("andere Wörter")),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")]),
                    FieldPanel("is_active"),
                ],
            )
        ]


class TopicViewSet(VocabularyViewSet):
    model = Topic


class TargetGroupViewSet(VocabularyViewSet):
    model = TargetGroup


class GoalViewSet(VocabularyViewSet):
    model = Goal


class InclusionMeasureViewSet(VocabularyViewSet):
    model = InclusionMeasure


class GlossaryTermViewSet(ProfileViewSet):
    model = GlossaryTerm
    needed = ("term_de", "definition_de")
    slug_from = "term"
    roles = {EDITORS: WRITE, REVIEWERS: ALL}
    icon = "openquote"
    list_display = ["term_de", "term_en", *PROFILE_COLUMNS]
    list_filter = PROFILE_FILTERS
    search_fields = ["term_de", "term_en", "synonyms_de", "synonyms_en"]
    list_export = [
        "term_de",
        "term_en",
        "definition_de",
        "definition_en",
        *PROFILE_EXPORT,
    ]

    def tabs(self):
        return [
            (
                _("Begriff"),
                [
                    bilingual("term", _("Begriff")),
                    bilingual("definition", _("Erklärung")),
                    bilingual("simple", _("einfach gesagt")),
                    bilingual("synonyms", _("Synonyme")),
                    checkboxes("related"),
                ],
            ),
            self.sources_tab(),
            self.address_tab(),
        ]


class EasyTextForm(RecordForm):
    """Only reviewers decide what of the easy texts is public."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        may_publish = self.for_user and self.for_user.has_perm("hub.publish_easytext")
        if may_publish:
            return cleaned
        was_public = bool(self.instance.pk) and self.initial.get("is_public")
        if was_public or cleaned.get("is_public"):
            self.add_error(
                "is_public",
                _("Über öffentliche Texte entscheidet die Freigabe."),
            )
        return cleaned


class EasyTextViewSet(HubViewSet):
    model = EasyText
    form_class = EasyTextForm
    roles = {EDITORS: WRITE, REVIEWERS: WRITE_AND_DELETE}
    icon = "doc-full"
    list_display = [
        "title",
        "locale",
        "checked_on",
        BooleanColumn("is_public", label=_("öffentlich")),
        UpdatedAtColumn(),
    ]
    list_filter = ["locale", "is_public"]
    search_fields = ["title", "sentences"]
    list_export = ["title", "locale", "sentences", "checked_on", "is_public"]

    def tabs(self):
        return [
            (
                _("Text"),
                [
                    page_chooser("page"),
                    FieldRowPanel(
                        [FieldPanel("content_type"), FieldPanel("object_id")]
                    ),
                    FieldPanel("locale"),
                    FieldPanel("title"),
                    FieldPanel("sentences"),
                    FieldPanel("is_public"),
                    MultiFieldPanel(
                        [FieldPanel("checked_on"), FieldPanel("checked_by")],
                        heading=_("Geprüft mit Leser*innen"),
                    ),
                ],
            )
        ]


class EnquiryViewSet(HubViewSet):
    """The queue of questions: what came in stays as it came in."""

    model = Enquiry
    roles = {
        NETWORK: frozenset({"change", "view"}),
        REVIEWERS: frozenset({"change", "view"}),
    }
    icon = "mail"
    ordering = ["-created_at"]
    list_display = [
        "subject",
        "state",
        "language",
        "handled_by",
        DateColumn("created_at", label=_("eingelangt am"), sort_key="created_at"),
    ]
    list_filter = ["state", "language", "handled_by"]
    search_fields = ["subject", "message", "name", "email"]

    def tabs(self):
        received = ("subject", "message", "name", "email", "language", "page_url")
        return [
            (
                _("Frage"),
                [
                    MultiFieldPanel(
                        [FieldPanel(name, read_only=True) for name in received],
                        heading=_("Eingelangt"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [FieldPanel("state"), FieldPanel("handled_by")]
                            ),
                            FieldPanel("note"),
                        ],
                        heading=_("Bearbeitung"),
                    ),
                ],
            )
        ]


class ChangeRequestViewSet(HubViewSet):
    """What those who keep entries say is no longer right."""

    model = ChangeRequest
    roles = {
        EDITORS: frozenset({"change", "view"}),
        REVIEWERS: frozenset({"change", "view", "delete"}),
        NETWORK: frozenset({"change", "view", "delete"}),
    }
    icon = "edit"
    ordering = ["-created_at"]
    list_display = [
        "title",
        "state",
        "asked_by",
        DateColumn("created_at", label=_("gemeldet am"), sort_key="created_at"),
    ]
    list_filter = ["state", "content_type"]
    search_fields = ["title", "text"]

    def tabs(self):
        return [
            (
                _("Änderungswunsch"),
                [
                    EntryPanel(heading=_("Eintrag")),
                    FieldPanel("text", read_only=True),
                    FieldPanel("asked_by", read_only=True),
                    MultiFieldPanel(
                        [FieldPanel("state"), FieldPanel("note")],
                        heading=_("Bearbeitung"),
                    ),
                ],
            )
        ]


class OldAddressViewSet(HubViewSet):
    model = OldAddress
    roles = {NETWORK: WRITE_AND_DELETE, REVIEWERS: WRITE_AND_DELETE}
    icon = "redirect"
    list_display = ["slug", "language", "content_type", "object_id", "created_at"]
    list_filter = ["language", "content_type"]
    search_fields = ["slug"]

    def tabs(self):
        return [
            (
                _("Alte Adresse"),
                [
                    FieldPanel("content_type"),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("language")]),
                    FieldPanel("object_id"),
                ],
            )
        ]


class TermsGroup(SnippetViewSetGroup):
    """Everything words: vocabularies, glossary, easy texts."""

    menu_label = _("Begriffe")
    menu_icon = "tag"
    menu_order = 330
    items = (
        TopicViewSet,
        TargetGroupViewSet,
        GoalViewSet,
        InclusionMeasureViewSet,
        GlossaryTermViewSet,
        EasyTextViewSet,
    )


class OfficeGroup(SnippetViewSetGroup):
    """The office's own queue."""

    menu_label = _("Büro")
    menu_icon = "mail"
    menu_order = 310
    items = (EnquiryViewSet, ChangeRequestViewSet, OldAddressViewSet)
