"""What the ends of each scale are called."""

from django.utils.translation import gettext_lazy as _

from methods.compare.differences import Words

LEVELS = Words(more=_("geht weiter"), most=_("geht am weitesten"))
SIZES = Words(
    _("kleinere Gruppen"),
    _("größere Gruppen"),
    _("die kleinsten Gruppen"),
    _("die größten Gruppen"),
)
TIMES = Words(
    _("kürzer"),
    _("länger"),
    _("am kürzesten"),
    _("am längsten"),
)
LEADS = Words(
    _("weniger Vorlauf"),
    _("mehr Vorlauf"),
    _("am wenigsten Vorlauf"),
    _("am meisten Vorlauf"),
)
COSTS = Words(
    _("günstiger"),
    _("teurer"),
    _("am günstigsten"),
    _("am teuersten"),
)
HOURS = Words(
    _("weniger Arbeit"),
    _("mehr Arbeit"),
    _("am wenigsten Arbeit"),
    _("am meisten Arbeit"),
)
EFFORTS = Words(
    _("weniger Aufwand"),
    _("mehr Aufwand"),
    _("am wenigsten Aufwand"),
    _("am meisten Aufwand"),
)
CONFLICTS = Words(
    _("verträgt weniger"),
    _("verträgt mehr"),
    _("verträgt am wenigsten"),
    _("verträgt am meisten"),
)
CASES = Words(more=_("mehr Erfahrung"), most=_("am meisten Erfahrung"))
