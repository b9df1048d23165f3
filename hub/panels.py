"""Small helpers that keep editing forms short and alike."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
)


def page_tabs(*tabs, settings=(), promote=()):
    """A tabbed form: ``(heading, panels)`` pairs, then search/sharing and settings."""
    lists = [ObjectList(list(panels), heading=heading) for heading, panels in tabs]
    if promote:
        lists.append(ObjectList(list(promote), heading=_("Adresse und Teilen")))
    if settings:
        lists.append(ObjectList(list(settings), heading=_("Stand und Pflege")))
    return TabbedInterface(lists)


def bilingual(name: str, heading=None, **kwargs):
    """German and English column of one record field, side by side."""
    row = FieldRowPanel(
        [FieldPanel(f"{name}_de", **kwargs), FieldPanel(f"{name}_en", **kwargs)]
    )
    return MultiFieldPanel([row], heading=heading) if heading else row


class OptionalInlinePanel(InlinePanel):
    """Rows below a form that are left out where the form has none of them."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, *, panel, form, **kwargs):
            self.is_left_out = (
                form is not None and panel.relation_name not in form.formsets
            )
            super().__init__(
                panel=panel, form=None if self.is_left_out else form, **kwargs
            )

        def is_shown(self):
            return not self.is_left_out and super().is_shown()


class EntryPanel(Panel):
    """The entry a row is about (``title``, ``entry``), with the way to edit it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hub_admin/entry_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            entry = self.instance.entry if self.instance.pk else None
            finder = AdminURLFinder(self.request.user)
            url = finder.get_edit_url(entry) if entry is not None else ""
            return context | {"title": self.instance.title, "url": url or ""}


def span(name: str, heading):
    """A range ``<name>_min`` to ``<name>_max`` in one row."""
    return FieldRowPanel(
        [FieldPanel(f"{name}_min"), FieldPanel(f"{name}_max")], heading=heading
    )


def checkboxes(name: str, **kwargs):
    """A relation or list of codes as boxes to tick, so that every choice is seen."""
    return FieldPanel(name, widget=forms.CheckboxSelectMultiple, **kwargs)


def page_chooser(name: str, page_type=None):
    """A chooser for German pages of one type."""
    return PageChooserPanel(name, page_type)
