"""The form of a case study, cut into tabs."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from hub.alike import AlikePanel
from hub.links import LinksPanel, easy_texts
from hub.panels import checkboxes
from network.panels import involvements

from .figures import FIGURES

CASE_TABS = (
    (
        _("Geschichte"),
        [
            *Page.content_panels,
            FieldPanel("title_kind"),
            FieldPanel("summary"),
            FieldPanel("story"),
            FieldPanel("results"),
            FieldPanel("decision"),
            FieldPanel("lessons"),
            FieldPanel("commitments"),
            FieldPanel("other_views"),
        ],
    ),
    (
        _("Einordnung"),
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("round")]),
            FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
            FieldPanel("location"),
            checkboxes("districts"),
            checkboxes("topics"),
            checkboxes("target_groups"),
            checkboxes("inclusion_measures"),
            MultiFieldPanel(
                [
                    FieldPanel("status"),
                    FieldPanel("status_source"),
                    FieldPanel("status_documented"),
                ],
                heading=_("Stand der Umsetzung"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("decided_by"),
                    FieldPanel("binding"),
                    FieldPanel("phase_levels"),
                ],
                heading=_("Wer entscheidet"),
            ),
        ],
    ),
    (
        _("Zahlen und Quellen"),
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel(name), FieldPanel(f"{name}_source")])
                    for name in FIGURES
                ],
                heading=_("Zahlen, jede mit Quelle"),
            ),
            FieldPanel("sources"),
            FieldPanel("tags"),
            FieldPanel("is_demo"),
        ],
    ),
    (
        _("Verknüpfungen"),
        [
            LinksPanel(
                "method_uses",
                add_label=_("Methode hinzufügen"),
                heading=_("Eingesetzte Methoden"),
            ),
            involvements(),
            AlikePanel("case", ("case", "method"), heading=_("Dem Sinn nach ähnlich")),
            easy_texts(),
        ],
    ),
)
