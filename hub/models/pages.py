"""The pages that belong to no subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from hub.blocks import StoryBlock
from hub.blocks.text import RICH_FEATURES
from hub.exports import TakenAlong
from hub.panels import page_tabs
from hub.routing import EasyReadMixin, easy_panel

from .base import BasePage, SectionPage


class HomePage(BasePage):
    """The first page of one language: entry paths, one search, what is new."""

    parent_page_types = ["wagtailcore.Page"]
    template = "pages/hub/home_page.html"

    headline_first = models.CharField(_("Überschrift, erste Zeile"), max_length=60)
    headline_second = models.CharField(_("Überschrift, zweite Zeile"), max_length=60)
    featured_case = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("Fallbeispiel im Blickpunkt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Die deutsche Seite. Leer: das zuletzt veröffentlichte."),
    )

    edit_handler = page_tabs(
        (
            _("Inhalt"),
            [
                *Page.content_panels,
                FieldPanel("headline_first"),
                FieldPanel("headline_second"),
                FieldPanel("summary"),
                FieldPanel("featured_case"),
            ],
        ),
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )

    class Meta:
        verbose_name = _("Startseite")

    def get_context(self, request, *args, **kwargs):
        from hub import home

        context = super().get_context(request, *args, **kwargs)
        return context | home.context(self, request)


class StandardPage(EasyReadMixin, BasePage):
    """A page of text: imprint, privacy, accessibility, about, help."""

    parent_page_types = ["hub.HomePage", "hub.StandardPage"]
    subpage_types = ["hub.StandardPage"]
    template = "pages/hub/standard_page.html"

    body = StreamField(StoryBlock(), verbose_name=_("Text"), blank=True)
    show_in_footer = models.BooleanField(_("in der Fußzeile zeigen"), default=False)

    edit_handler = page_tabs(
        (
            _("Inhalt"),
            [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")],
        ),
        promote=[*BasePage.promote_panels, FieldPanel("show_in_footer")],
        settings=BasePage.settings_panels,
    )

    class Meta:
        verbose_name = _("Textseite")
        verbose_name_plural = _("Textseiten")

    def get_context(self, request, *args, **kwargs):
        from hub.trail import crumbs

        context = super().get_context(request, *args, **kwargs)
        return context | {
            "crumbs": crumbs(self, request),
            "easy": easy_panel(self.easy_text, self.easy_url),
        }


class GlossaryPage(TakenAlong, SectionPage):
    """All glossary terms of one language, A to Z."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/hub/glossary_page.html"

    class Meta:
        verbose_name = _("Glossar (Seite)")

    def get_context(self, request, *args, **kwargs):
        from hub import glossary_page

        context = super().get_context(request, *args, **kwargs)
        return context | glossary_page.context(self.language)

    def table(self, request):
        from hub import glossary_page

        return glossary_page.table(self, request)


class EasyIndexPage(TakenAlong, SectionPage):
    """The landing page of all texts in easy language."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/hub/easy_index_page.html"

    class Meta:
        verbose_name = _("Leicht Lesen (Übersicht)")

    def get_context(self, request, *args, **kwargs):
        from hub import easyindex

        context = super().get_context(request, *args, **kwargs)
        return context | easyindex.context(self.language)

    def table(self, request):
        from hub import easyindex

        return easyindex.table(self.language, request)

    def get_sitemap_urls(self, request=None):
        """This page and every easy text: they are pages of their own."""
        from hub import easyindex

        urls = super().get_sitemap_urls(request)
        if self.alias_of_id:
            return []
        host = urls[0]["location"].removesuffix(self.get_url(request) or "")
        return urls + [
            {"location": host + entry.url, "lastmod": entry.updated_at}
            for entry in easyindex.entries(self.language)
        ]


class AskPage(SectionPage):
    """The form by which anyone asks the office a question."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/hub/ask_page.html"

    privacy_note = RichTextField(
        _("Hinweis zum Datenschutz"), features=RICH_FEATURES, blank=True
    )
    content_panels = [*SectionPage.content_panels, FieldPanel("privacy_note")]

    class Meta:
        verbose_name = _("Frage an das Büro (Seite)")

    def serve(self, request, *args, **kwargs):
        """The form, its errors, or the thanks."""
        from hub.contact import views  # which needs the models

        return views.serve(self, request)
