"""The figures of a case: names of their columns, in the order shown."""

from django.utils.translation import gettext_lazy as _

FIGURES = {
    "participants": _("Teilnehmende"),
    "ideas": _("Ideen"),
    "sketches": _("Entwürfe"),
    "selected": _("ausgewählte Projekte"),
    "staff_hours": _("Arbeitsstunden im Team"),
    "cost_eur": _("Kosten des Verfahrens in Euro"),
    "budget_eur": _("Budget für die Umsetzung in Euro"),
}
