"""What all records have in common in the admin, and the records of the hub itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import (
    BooleanColumn,
    DateColumn,
    LiveStatusTagColumn,
    UpdatedAtColumn,
)
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from hub.forms import RecordForm
from hub.models import (
    EasyText,
    Enquiry,
    GlossaryTerm,
    Goal,
    InclusionMeasure,
    OldAddress,
    TargetGroup,
    Topic,
)
from hub.models.base import FRESHNESS_PANELS
from hub.panels import bilingual, checkboxes, page_chooser
from hub.roles import ALL, EDITORS, NETWORK, REVIEWERS, WRITE, WRITE_AND_DELETE

#: Every viewset that says what roles may do; read by ``setup_groups``.
registered: list[type[HubViewSet]] = []


class ReturnMixin:
    """Goes back to where the editor came from, if that is on this site."""

    def get_success_url(self) -> str:
        url = get_valid_next_url_from_request(self.request)
        if url and not self.draftstate_enabled:
            return url
        return super().get_success_url()

    def get_form(self, form_class: Any = None) -> forms.ModelForm:
        form = super().get_form(form_class)
        if "next" in form.fields:
            form.initial["next"] = get_valid_next_url_from_request(self.request)
        return form


class CreateView(ReturnMixin, snippets.CreateView):
    """A new record; fields named in the address are filled in."""

    def get_initial_form_instance(self) -> Model | None:
        instance = super().get_initial_form_instance() or self.model()
        for field in instance._meta.concrete_fields:
            value = self.request.GET.get(field.name, "")
            if not (field.many_to_one and value.isdigit()):
                continue
            if field.related_model._base_manager.filter(pk=value).exists():
                setattr(instance, field.attname, int(value))
        return instance


class EditView(ReturnMixin, snippets.EditView):
    """A record; notices what others saved meanwhile (see ``RecordForm``)."""


class ActiveChooserViewSet(SnippetChooserViewSet):
    """Offers what may still be chosen."""

    def get_object_list(self) -> Any:
        manager = self.model._default_manager
        for offered in ("active", "current"):
            if hasattr(manager, offered):
                return getattr(manager, offered)()
        return manager.all()


class HubViewSet(SnippetViewSet):
    """A record in the admin: tabs, list, filters, search, export, who may do what."""

    #: Role → actions on the model.
    roles: dict[str, frozenset[str]] = {}
    #: Fields needed for publishing, and the field the address is made from.
    needed: tuple[str, ...] = ()
    slug_from = ""

    add_view_class = CreateView
    edit_view_class = EditView
    chooser_viewset_class = ActiveChooserViewSet
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    add_to_admin_menu = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("model") is not None:
            registered.append(cls)

    def form_base(self) -> type[RecordForm]:
        return type(
            f"{self.model.__name__}Form",
            (getattr(self, "form_class", RecordForm),),
            {"needed": self.needed, "slug_from": self.slug_from},
        )

    def tabs(self) -> Iterable[tuple[Any, list[Any]]]:
        """Pairs of a heading and its panels."""
        raise NotImplementedError

    def get_edit_handler(self) -> Any:
        lists = [ObjectList(panels, heading=heading) for heading, panels in self.tabs()]
        if len(lists) == 1:
            handler = ObjectList(lists[0].children, base_form_class=self.form_base())
        else:
            handler = TabbedInterface(lists, base_form_class=self.form_base())
        return handler.bind_to_model(self.model)

    def get_export_filename(self) -> str:
        return str(self.model._meta.model_name)


class ProfileViewSet(HubViewSet):
    """A record with a public profile: drafts, versions, freshness, address."""

    needed = ("name_de",)
    slug_from = "name"

    def address_tab(self) -> tuple[Any, list[Any]]:
        return _("Adresse und Stand"), [
            MultiFieldPanel(
                [bilingual("slug", help_text=_("Leer: aus dem Namen gebildet."))],
                heading=_("Adresse"),
            ),
            *FRESHNESS_PANELS,
        ]

    @staticmethod
    def sources_tab() -> tuple[Any, list[Any]]:
        return _("Quellen"), [FieldPanel("sources")]


#: Columns and filters every profile ends with.
PROFILE_COLUMNS = [
    "verification",
    DateColumn("review_due", label=_("wieder zu prüfen"), sort_key="review_due"),
    LiveStatusTagColumn(),
]
PROFILE_FILTERS = ["verification", "live"]
PROFILE_EXPORT = ["slug_de", "verification", "reviewed_at", "review_due", "live"]


# The hub's own records ----------------------------------------------------------------


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
    items = (EnquiryViewSet, OldAddressViewSet)
