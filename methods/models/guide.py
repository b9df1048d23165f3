from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_localize.fields import SynchronizedField

from hub.blocks import SourceBlock
from hub.blocks.text import RICH_FEATURES
from hub.exports import TakenAlong
from hub.models import BasePage, SectionPage
from hub.panels import checkboxes, page_tabs
from hub.routing import EasyReadMixin
from methods.choices import Audience


class GuideSectionBlock(blocks.StructBlock):
    """One section of a guide, with questions to check oneself where there are any."""

    heading = blocks.CharBlock(label=_("Überschrift"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_FEATURES)
    checks = blocks.ListBlock(
        blocks.TextBlock(label=_("Frage"), rows=2),
        label=_("Fragen zum Prüfen"),
        default=[],
        required=False,
    )

    class Meta:
        icon = "doc-full"
        label = _("Abschnitt")


class GuidesPage(TakenAlong, SectionPage):
    """All guides."""

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["methods.GuidePage"]
    template = "pages/methods/guides_page.html"

    class Meta:
        verbose_name = _("Leitfäden (Übersicht)")

    def get_context(self, request, *args, **kwargs):
        from methods import guides

        context = super().get_context(request, *args, **kwargs)
        return context | guides.list_context(self, request)

    def table(self, request):
        from methods import guides

        return guides.table(self, request)


class GuidePage(EasyReadMixin, BasePage):
    """Advice in sections: how decisions come about, short notice, feedback …"""

    parent_page_types = ["methods.GuidesPage"]
    subpage_types: list[str] = []
    template = "pages/methods/guide_page.html"
    kind_code = "guide"

    audience = models.CharField(
        _("für wen"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE
    )
    is_for_short_notice = models.BooleanField(
        _("für kurze Fristen"),
        default=False,
        help_text=_(
            "Der Methodenfinder verweist hierher, wenn weniger als sechs Wochen bleiben."
        ),
    )
    sections = StreamField(
        [("section", GuideSectionBlock())], verbose_name=_("Abschnitte"), blank=True
    )
    methods = ParentalManyToManyField(
        "methods.MethodPage", verbose_name=_("passende Methoden"), blank=True
    )
    terms = ParentalManyToManyField(
        "hub.GlossaryTerm", verbose_name=_("Begriffe"), blank=True
    )
    sources = StreamField(
        [("source", SourceBlock())], verbose_name=_("Quellen"), blank=True
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("audience", overridable=False),
        SynchronizedField("is_for_short_notice", overridable=False),
        SynchronizedField("methods", overridable=False),
        SynchronizedField("terms", overridable=False),
        SynchronizedField("sources", overridable=False),
    ]
    edit_handler = page_tabs(
        (
            _("Inhalt"),
            [
                *Page.content_panels,
                FieldPanel("summary"),
                FieldPanel("audience"),
                FieldPanel("is_for_short_notice"),
                FieldPanel("sections"),
            ],
        ),
        (
            _("Verweise"),
            [
                checkboxes("methods"),
                checkboxes("terms"),
                FieldPanel("sources"),
            ],
        ),
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )

    class Meta:
        verbose_name = _("Leitfaden")
        verbose_name_plural = _("Leitfäden")

    def get_context(self, request, *args, **kwargs):
        from methods import guides

        context = super().get_context(request, *args, **kwargs)
        return context | guides.context(self, request)
