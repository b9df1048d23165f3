from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField

from taggit.models import TaggedItemBase
from wagtail_localize.fields import SynchronizedField

from casestudies.blocks import CommitmentBlock, LessonBlock, PhaseLevelBlock
from casestudies.choices import Binding, CaseKind, CaseStatus, TitleKind
from casestudies.figures import FIGURES
from casestudies.panels import CASE_TABS
from hub.blocks import SourceBlock, StoryBlock
from hub.blocks.text import RICH_FEATURES
from hub.models import BasePage, SectionPage
from hub.panels import page_tabs
from hub.routing import EasyReadMixin, LanguageRoutes

#: Fields that are the same in every language, copied when the German page is published.
NEUTRAL_FIELDS = (
    "title_kind",
    "kind",
    "round",
    "year_from",
    "year_to",
    "districts",
    "topics",
    "target_groups",
    "inclusion_measures",
    "status",
    "status_source",
    "status_documented",
    "binding",
    "phase_levels",
    *FIGURES,
    *(f"{name}_source" for name in FIGURES),
    "sources",
    "is_demo",
)


class CaseIndexPage(LanguageRoutes, SectionPage):
    """All case studies, with filters; and how the Wiener Klimateam works."""

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["casestudies.CaseStudyPage"]
    template = "pages/casestudies/case_index_page.html"

    class Meta:
        verbose_name = _("Fallbeispiele (Übersicht)")

    @path("")
    def listing(self, request):
        """The list as filtered, or exactly this list as table, data or feed."""
        from casestudies import views

        return views.listing(self, request)

    @path("klimateam/")
    def process(self, request):
        """How the Wiener Klimateam works."""
        from casestudies import process

        return process.process(self, request)


class CaseStudyTag(TaggedItemBase):
    content_object = ParentalKey(
        "casestudies.CaseStudyPage",
        related_name="tagged_items",
        on_delete=models.CASCADE,
    )


def _figure(label) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True)


def _figure_source() -> models.URLField:
    return models.URLField(_("Quelle"), blank=True, max_length=500)


class CaseStudyPage(EasyReadMixin, BasePage):
    """A participation process, or a project that came out of one."""

    parent_page_types = ["casestudies.CaseIndexPage"]
    subpage_types: list[str] = []
    template = "pages/casestudies/case_study_page.html"
    kind_code = "case"

    title_kind = models.CharField(
        _("Art des Titels"),
        max_length=12,
        choices=TitleKind.choices,
        default=TitleKind.OFFICIAL,
    )
    story = StreamField(StoryBlock(), verbose_name=_("Geschichte"), blank=True)
    kind = models.CharField(
        _("Art"), max_length=10, choices=CaseKind.choices, default=CaseKind.PROJECT
    )
    round = models.ForeignKey(
        "casestudies.Round",
        verbose_name=_("Klimateam-Durchgang"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    location = models.CharField(_("Ort"), max_length=300, blank=True)
    districts = ParentalManyToManyField(
        "network.District", verbose_name=_("Bezirke"), blank=True, related_name="cases"
    )
    topics = ParentalManyToManyField("hub.Topic", verbose_name=_("Themen"), blank=True)
    target_groups = ParentalManyToManyField(
        "hub.TargetGroup", verbose_name=_("Zielgruppen"), blank=True
    )
    inclusion_measures = ParentalManyToManyField(
        "hub.InclusionMeasure",
        verbose_name=_("tatsächlich angebotene Inklusionsmaßnahmen"),
        blank=True,
    )
    year_from = models.PositiveSmallIntegerField(
        _("Beginn (Jahr)"), null=True, blank=True
    )
    year_to = models.PositiveSmallIntegerField(_("Ende (Jahr)"), null=True, blank=True)
    status = models.CharField(
        _("Stand"),
        max_length=20,
        choices=CaseStatus.choices,
        default=CaseStatus.UNKNOWN,
    )
    status_source = models.URLField(_("Quelle zum Stand"), blank=True, max_length=500)
    status_documented = models.BooleanField(
        _("Stand in einer Quelle belegt"),
        default=False,
        help_text=_("Nein: Öffentliche Quellen sagen später nichts mehr dazu."),
    )
    decided_by = models.CharField(_("Wer hat entschieden"), max_length=300, blank=True)
    binding = models.CharField(
        _("Wie verbindlich"),
        max_length=20,
        choices=Binding.choices,
        default=Binding.UNKNOWN,
    )
    phase_levels = StreamField(
        [("phase_level", PhaseLevelBlock())],
        verbose_name=_("Stufe je Phase"),
        blank=True,
    )
    results = RichTextField(_("Ergebnisse"), features=RICH_FEATURES, blank=True)
    decision = RichTextField(_("Entscheidung"), features=RICH_FEATURES, blank=True)
    lessons = StreamField(
        [("lesson", LessonBlock())], verbose_name=_("Erfahrungen"), blank=True
    )
    commitments = StreamField(
        [("commitment", CommitmentBlock())],
        verbose_name=_("Zusagen"),
        blank=True,
        help_text=_("Öffentlich nur mit Quelle, zusagender Stelle und Datum."),
    )
    other_views = RichTextField(
        _("Andere Sichtweisen und Kritik"), features=RICH_FEATURES, blank=True
    )
    sources = StreamField(
        [("source", SourceBlock())], verbose_name=_("Quellen"), blank=True
    )
    tags = ClusterTaggableManager(
        through=CaseStudyTag,
        blank=True,
        verbose_name=_("freie Suchwörter"),
        help_text=_("Deutsche Suchwörter; auf englischen Seiten nicht zu sehen."),
    )
    is_demo = models.BooleanField(_("erfunden (Beispiel)"), default=False)

    participants = _figure(_("Teilnehmende"))
    participants_source = _figure_source()
    ideas = _figure(_("Ideen"))
    ideas_source = _figure_source()
    sketches = _figure(_("Entwürfe"))
    sketches_source = _figure_source()
    selected = _figure(_("ausgewählte Projekte"))
    selected_source = _figure_source()
    staff_hours = _figure(_("Arbeitsstunden im Team"))
    staff_hours_source = _figure_source()
    cost_eur = _figure(_("Kosten des Verfahrens in Euro"))
    cost_eur_source = _figure_source()
    budget_eur = _figure(_("Budget für die Umsetzung in Euro"))
    budget_eur_source = _figure_source()

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in NEUTRAL_FIELDS),
    ]
    edit_handler = page_tabs(
        *CASE_TABS,
        promote=BasePage.promote_panels,
        settings=BasePage.settings_panels,
    )

    class Meta:
        verbose_name = _("Fallbeispiel")
        verbose_name_plural = _("Fallbeispiele")
        constraints = [
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_from__lte=F("year_to")),
                name="casestudies_case_years",
                violation_error_message=_("Der Beginn liegt nach dem Ende."),
            ),
        ]

    def get_context(self, request, *args, **kwargs):
        from casestudies import detail

        context = super().get_context(request, *args, **kwargs)
        return context | detail.context(self, request)

    def get_sitemap_urls(self, request=None):
        """Invented cases are in no sitemap."""
        return [] if self.is_demo else super().get_sitemap_urls(request)

    @property
    def figures(self) -> list[dict[str, object]]:
        """Figures that are known: name, label, value, source."""
        return [
            {
                "name": name,
                "label": label,
                "value": getattr(self, name),
                "source": getattr(self, f"{name}_source"),
            }
            for name, label in FIGURES.items()
            if getattr(self, name) is not None
        ]
