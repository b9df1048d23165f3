"""The long form of a method, cut into tabs an editor can finish one by one."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from hub.alike import AlikePanel
from hub.links import easy_texts
from hub.panels import checkboxes, span
from network.panels import involvements

METHOD_TABS = (
    (
        _("Kurz"),
        [
            *Page.content_panels,
            FieldPanel("other_names"),
            FieldPanel("summary"),
            FieldPanel("how_it_works"),
            FieldPanel("when_to_use"),
            FieldPanel("when_not_to_use"),
        ],
    ),
    (
        _("Ablauf"),
        [
            FieldPanel("steps"),
            FieldPanel("materials"),
            FieldPanel("staff"),
            FieldPanel("strengths"),
            FieldPanel("limits"),
            FieldPanel("pitfalls"),
            FieldPanel("inclusion_tips"),
        ],
    ),
    (
        _("Einordnung"),
        [
            checkboxes("goals"),
            FieldRowPanel([FieldPanel("levels"), FieldPanel("phases")]),
            FieldRowPanel([FieldPanel("formats"), FieldPanel("recruitment")]),
            checkboxes("target_groups"),
            checkboxes("inclusion_measures"),
            checkboxes("topics"),
            FieldRowPanel([FieldPanel("effort"), FieldPanel("conflict")]),
        ],
    ),
    (
        _("Richtwerte"),
        [
            MultiFieldPanel(
                [
                    span("group_size", _("Gruppengröße")),
                    span("session_minutes", _("Zeit je Person (Minuten)")),
                    span("lead_time_weeks", _("Vorlauf (Wochen)")),
                    span("cost_eur", _("Externe Kosten (Euro)")),
                    span("staff_hours", _("Arbeitszeit im Team (Stunden)")),
                    FieldPanel("is_standing"),
                ],
                heading=_("Richtwerte: redaktionell geschätzt, nicht gemessen"),
            )
        ],
    ),
    (
        _("Herkunft und Verweise"),
        [
            FieldRowPanel([FieldPanel("origin"), FieldPanel("origin_year")]),
            checkboxes("related_methods"),
            AlikePanel("method", ("method",), heading=_("Dem Sinn nach ähnlich")),
            FieldPanel("sources"),
            FieldPanel("tags"),
        ],
    ),
    (
        _("Verknüpfungen"),
        [involvements(), easy_texts()],
    ),
)
