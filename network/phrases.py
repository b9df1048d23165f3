"""What somebody did, as a sentence around the title of the case or method: "hat 2024
[Coole Zone im Amtshaus Währing] mitveranstaltet"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.choices import Basis, InvolvementRole

#: Stands where the title goes; nobody types it.
_TITLE = "\x00"

#: With the year, and without one.
_Pair = tuple[Any, Any]

_SENTENCES: Mapping[str, _Pair] = {
    InvolvementRole.INITIATED: (
        gettext_lazy("hat %(year)s %(title)s angestoßen"),
        gettext_lazy("hat %(title)s angestoßen"),
    ),
    InvolvementRole.COMMISSIONED: (
        gettext_lazy("hat %(year)s %(title)s beauftragt"),
        gettext_lazy("hat %(title)s beauftragt"),
    ),
    InvolvementRole.LED: (
        gettext_lazy("hat %(year)s %(title)s geleitet"),
        gettext_lazy("hat %(title)s geleitet"),
    ),
    InvolvementRole.MODERATED: (
        gettext_lazy("hat %(year)s %(title)s moderiert"),
        gettext_lazy("hat %(title)s moderiert"),
    ),
    InvolvementRole.CO_ORGANISED: (
        gettext_lazy("hat %(year)s %(title)s mitveranstaltet"),
        gettext_lazy("hat %(title)s mitveranstaltet"),
    ),
    InvolvementRole.OUTREACH: (
        gettext_lazy("hat %(year)s für %(title)s Menschen erreicht"),
        gettext_lazy("hat für %(title)s Menschen erreicht"),
    ),
    InvolvementRole.EXPERTISE: (
        gettext_lazy("hat %(year)s bei %(title)s Fachwissen eingebracht"),
        gettext_lazy("hat bei %(title)s Fachwissen eingebracht"),
    ),
    InvolvementRole.IMPLEMENTED: (
        gettext_lazy("hat %(year)s %(title)s umgesetzt"),
        gettext_lazy("hat %(title)s umgesetzt"),
    ),
    InvolvementRole.EVALUATED: (
        gettext_lazy("hat %(year)s %(title)s ausgewertet"),
        gettext_lazy("hat %(title)s ausgewertet"),
    ),
    InvolvementRole.FUNDED: (
        gettext_lazy("hat %(year)s %(title)s finanziert"),
        gettext_lazy("hat %(title)s finanziert"),
    ),
    InvolvementRole.APPLIED: (
        gettext_lazy("hat %(year)s die Methode %(title)s angewandt"),
        gettext_lazy("hat die Methode %(title)s angewandt"),
    ),
}
#: For an organisation whose people took part, whoever they are.
_TOOK_PART: _Pair = (
    gettext_lazy("hat %(year)s an %(title)s mitgewirkt"),
    gettext_lazy("hat an %(title)s mitgewirkt"),
)


def phrase(role: str, basis: str, year: int | None) -> tuple[str, str]:
    """What stands before and after the title."""
    if basis == Basis.RESPONSIBILITY:
        # Not "is": the word of the basis stands before it.
        sentence = _("das Thema von %(title)s")
    else:
        dated, undated = _SENTENCES.get(role, _TOOK_PART)
        sentence = str(dated if year else undated)
    before, _title, after = (sentence % {"title": _TITLE, "year": year}).partition(
        _TITLE
    )
    return before, after
