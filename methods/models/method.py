from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField

from taggit.models import TaggedItemBase
from wagtail_localize.fields import SynchronizedField

from hub.blocks import SourceBlock, StepBlock, TextItemBlock
from hub.blocks.text import RICH_FEATURES
from hub.fields import ChoiceListField
from hub.models import BasePage, SectionPage, lines
from hub.panels import page_tabs
from hub.routing import EasyReadMixin, LanguageRoutes
from methods.addresses import COMPARE_WORD
from methods.choices import Conflict, Effort, Format, Level, Phase, Recruitment
from methods.finder.addresses import FINDER_WORD, HOW_WORD
from methods.panels import METHOD_TABS

#: Ranges of a method: name of the pair of columns.
RANGES = (
    "group_size",
    "session_minutes",
    "lead_time_weeks",
    "cost_eur",
    "staff_hours",
)

#: Fields that are the same in every language, copied when the German page is published.
NEUTRAL_FIELDS = (
    "goals",
    "topics",
    "target_groups",
    "inclusion_measures",
    "related_methods",
    "levels",
    "phases",
    "formats",
    "recruitment",
    "effort",
    "conflict",
    *(f"{name}_{end}" for name in RANGES for end in ("min", "max")),
    "origin_year",
    "sources",
    "tags",
)


class MethodIndexPage(LanguageRoutes, SectionPage):
    """All methods, with filters."""

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["methods.MethodPage"]
    template = "pages/methods/method_index_page.html"

    class Meta:
        verbose_name = _("Methoden (Übersicht)")

    @path("")
    def listing(self, request):
        """The list as filtered, or exactly this list as table, data or feed."""
        from methods import views

        return views.listing(self, request)

    @path(format_lazy("{}/", COMPARE_WORD), name="compare")
    def compare(self, request):
        """Up to four methods side by side."""
        from methods.compare import views

        return views.show(self, request)

    @path(format_lazy("{}/", FINDER_WORD), name="finder")
    def finder(self, request):
        """Which methods fit a plan, and why."""
        from methods.finder import views

        return views.show(self, request)

    @path(format_lazy("{}/{}/", FINDER_WORD, HOW_WORD), name="finder_how")
    def finder_how(self, request):
        """How the finder reckons."""
        from methods.finder import views

        return views.explain(self, request)


class MethodPageTag(TaggedItemBase):
    content_object = ParentalKey(
        "methods.MethodPage", related_name="tagged_items", on_delete=models.CASCADE
    )


def _range(low: str, high: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True})
        | Q(**{f"{high}__isnull": True})
        | Q(**{f"{low}__lte": F(high)}),
        name=name,
        violation_error_message=_("Das Mindeste ist größer als das Höchste."),
    )


def _text_list(label) -> StreamField:
    return StreamField([("item", TextItemBlock())], verbose_name=label, blank=True)


def _prose(label, help_text="") -> RichTextField:
    return RichTextField(label, features=RICH_FEATURES, blank=True, help_text=help_text)


def _number(label, help_text="") -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        label, null=True, blank=True, help_text=help_text
    )


class MethodPage(EasyReadMixin, BasePage):
    """A way to let people take part: how it works, when it fits, what it takes."""

    parent_page_types = ["methods.MethodIndexPage"]
    subpage_types: list[str] = []
    template = "pages/methods/method_page.html"
    kind_code = "method"

    other_names = models.TextField(
        _("andere Namen"), blank=True, help_text=_("Ein Name je Zeile.")
    )
    how_it_works = _prose(_("Wie es geht"))
    steps = StreamField([("step", StepBlock())], verbose_name=_("Schritte"), blank=True)
    strengths = _text_list(_("Stärken"))
    limits = _text_list(_("Grenzen"))
    pitfalls = _text_list(_("Stolpersteine"))
    materials = _text_list(_("Material"))
    when_to_use = _prose(_("Wann geeignet"))
    when_not_to_use = _prose(_("Wann nicht geeignet"))
    inclusion_tips = _prose(_("Tipps für Inklusion"))
    staff = _prose(_("Team"))

    goals = ParentalManyToManyField("hub.Goal", verbose_name=_("Ziele"), blank=True)
    topics = ParentalManyToManyField("hub.Topic", verbose_name=_("Themen"), blank=True)
    target_groups = ParentalManyToManyField(
        "hub.TargetGroup", verbose_name=_("Zielgruppen"), blank=True
    )
    inclusion_measures = ParentalManyToManyField(
        "hub.InclusionMeasure", verbose_name=_("Inklusionsmaßnahmen"), blank=True
    )
    related_methods = ParentalManyToManyField(
        "self",
        verbose_name=_("verwandte Methoden"),
        blank=True,
        symmetrical=False,
        related_name="related_from",
    )
    levels = ChoiceListField(Level, verbose_name=_("Beteiligungsstufen"))
    phases = ChoiceListField(Phase, verbose_name=_("Phasen"))
    formats = ChoiceListField(Format, verbose_name=_("Formate"))
    recruitment = ChoiceListField(Recruitment, verbose_name=_("Einladung"))
    effort = models.CharField(
        _("Aufwand"), max_length=10, choices=Effort.choices, blank=True
    )
    conflict = models.CharField(
        _("verträgt Konflikt"), max_length=12, choices=Conflict.choices, blank=True
    )

    group_size_min = _number(_("Gruppengröße: mindestens"))
    group_size_max = _number(_("Gruppengröße: höchstens"))
    session_minutes_min = _number(
        _("Zeit je Person in Minuten: mindestens"),
        _("Die ganze Zeit einer teilnehmenden Person."),
    )
    session_minutes_max = _number(_("Zeit je Person in Minuten: höchstens"))
    lead_time_weeks_min = _number(_("Vorlauf in Wochen: mindestens"))
    lead_time_weeks_max = _number(_("Vorlauf in Wochen: höchstens"))
    cost_eur_min = _number(
        _("Externe Kosten in Euro: mindestens"),
        _("Für einen Durchgang; bei dauerhaften Formaten für ein Jahr."),
    )
    cost_eur_max = _number(_("Externe Kosten in Euro: höchstens"))
    staff_hours_min = _number(_("Arbeitsstunden im Team: mindestens"))
    staff_hours_max = _number(_("Arbeitsstunden im Team: höchstens"))
    is_standing = models.BooleanField(
        _("dauerhaftes Format"),
        default=False,
        help_text=_("Die Kosten gelten dann für ein Jahr statt für einen Durchgang."),
    )

    origin = models.CharField(_("Herkunft"), max_length=300, blank=True)
    origin_year = models.SmallIntegerField(_("seit (Jahr)"), null=True, blank=True)
    sources = StreamField(
        [("source", SourceBlock())], verbose_name=_("Quellen"), blank=True
    )
    tags = ClusterTaggableManager(
        through=MethodPageTag,
        blank=True,
        verbose_name=_("freie Suchwörter"),
        help_text=_("Deutsche Suchwörter; auf englischen Seiten nicht zu sehen."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in NEUTRAL_FIELDS
            if name != "tags"
        ),
        SynchronizedField("is_standing", overridable=False),
    ]
    edit_handler = page_tabs(
        *METHOD_TABS,
        promote=[*BasePage.promote_panels],
        settings=BasePage.settings_panels,
    )

    class Meta:
        verbose_name = _("Methode")
        verbose_name_plural = _("Methoden")
        constraints = [
            _range("group_size_min", "group_size_max", "methods_group_size"),
            _range(
                "session_minutes_min", "session_minutes_max", "methods_session_minutes"
            ),
            _range(
                "lead_time_weeks_min", "lead_time_weeks_max", "methods_lead_time_weeks"
            ),
            _range("cost_eur_min", "cost_eur_max", "methods_cost_eur"),
            _range("staff_hours_min", "staff_hours_max", "methods_staff_hours"),
        ]

    def get_context(self, request, *args, **kwargs):
        from methods import detail

        context = super().get_context(request, *args, **kwargs)
        return context | detail.context(self, request)

    @property
    def alias_list(self) -> list[str]:
        return list(lines(self.other_names))
