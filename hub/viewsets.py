"""What all records have in common in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import DateColumn, LiveStatusTagColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from hub.forms import RecordForm
from hub.guarding import GuardedChooser, GuardedViews
from hub.models.base import FRESHNESS_PANELS
from hub.panels import bilingual

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


class ActiveChooserViewSet(GuardedChooser):
    """Offers what may still be chosen."""

    def get_object_list(self) -> Any:
        manager = self.model._default_manager
        for offered in ("active", "current"):
            if hasattr(manager, offered):
                return getattr(manager, offered)()
        return manager.all()


class HubViewSet(GuardedViews, SnippetViewSet):
    """A record in the admin: tabs, list, filters, search, export, who may do what."""

    #: Role → actions on the model.
    roles: dict[str, frozenset[str]] = {}
    #: Fields needed for publishing, and the field the address is made from.
    needed: tuple[str, ...] = ()
    slug_from = ""
    #: Fields and rows below the form that only a role may change, not those who keep
    #: just their own entries.
    office_only: tuple[str, ...] = ()

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
            {
                "needed": self.needed,
                "slug_from": self.slug_from,
                "office_only": self.office_only,
            },
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


#: What of every profile the office vouches for.
OFFICE_ONLY = (
    "slug_de",
    "slug_en",
    "verification",
    "content_owner",
    "reviewed_at",
    "review_due",
    "editorial_note",
)
#: Columns and filters every profile ends with.
PROFILE_COLUMNS = [
    "verification",
    DateColumn("review_due", label=_("wieder zu prüfen"), sort_key="review_due"),
    LiveStatusTagColumn(),
]
PROFILE_FILTERS = ["verification", "live"]
PROFILE_EXPORT = ["slug_de", "verification", "reviewed_at", "review_due", "live"]
