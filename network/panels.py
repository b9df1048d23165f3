"""Panels that subjects above put into their forms, too."""

from django.utils.translation import gettext_lazy as _

from hub.links import LinksPanel


def involvements(field: str = "") -> LinksPanel:
    """The involvements of a page, organisation or person."""
    return LinksPanel(
        "involvements",
        field,
        add_label=_("Mitwirkung hinzufügen"),
        heading=_("Mitwirkungen"),
    )
