from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField

from casestudies.choices import ProcessKind
from hub.blocks import SourceBlock
from hub.models import Freshness


class ProcessElement(Freshness):
    """A phase, rule, tool, finding or criticism of the Wiener Klimateam."""

    code = models.SlugField(_("Code"), max_length=60, unique=True)
    kind = models.CharField(_("Art"), max_length=20, choices=ProcessKind.choices)
    sort_order = models.PositiveIntegerField(_("Reihung"), default=100)
    name = models.CharField(_("Name"), max_length=120)
    aliases = models.TextField(
        _("andere Namen"), blank=True, help_text=_("Ein Name je Zeile.")
    )
    duration = models.CharField(_("Dauer"), max_length=160, blank=True, null=True)
    what = models.TextField(_("Was geschieht"))
    who = models.TextField(
        _("Wer"), blank=True, null=True, help_text=_("Ein Eintrag je Zeile.")
    )
    channels = models.TextField(
        _("Kanäle"), blank=True, null=True, help_text=_("Ein Eintrag je Zeile.")
    )
    outreach_formats = models.TextField(
        _("aufsuchende Formate"),
        blank=True,
        null=True,
        help_text=_("Ein Eintrag je Zeile."),
    )
    outputs = models.TextField(_("Ergebnis"), blank=True, null=True)
    lessons = models.TextField(
        _("Erfahrungen"), blank=True, null=True, help_text=_("Ein Eintrag je Zeile.")
    )
    sources = StreamField(
        [("source", SourceBlock())], verbose_name=_("Quellen"), blank=True
    )

    class Meta:
        verbose_name = _("Klimateam: Ablauf und Erkenntnisse")
        verbose_name_plural = _("Klimateam: Ablauf und Erkenntnisse")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name or self.name_de or self.code
