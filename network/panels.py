"""Panels that subjects above put into their forms, too, and what they add to ours."""

from django.utils.translation import gettext_lazy as _

from hub.links import LinksPanel
from network.involved_admin import InvolvementsPanel

#: Page types an involvement may point to; subjects above add theirs.
involvement_pages: list[str] = []

#: Panels that subjects above add to the forms of our records, by name of the model.
more_links: dict[str, list[LinksPanel]] = {
    "person": [],
    "partnercity": [],
    "programme": [],
}


def involvements(field: str = "") -> InvolvementsPanel:
    """The involvements of a page, organisation or person."""
    return InvolvementsPanel(
        "involvements",
        field,
        add_label=_("Mitwirkung hinzufügen"),
        heading=_("Mitwirkungen"),
    )
