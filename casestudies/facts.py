"""The facts of a case at a glance; what is not known is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casestudies.choices import Binding, CaseKind
from casestudies.entries import CaseEntry
from hub.facts import Fact, known
from hub.formats import euros_text, number, years_text
from methods.choices import Level, Phase

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage


def _place(page: CaseStudyPage, districts: Sequence[tuple[int, str]]) -> Fact:
    if len(districts) == 1:
        no, name = districts[0]
        value = _("%(number)s. Bezirk, %(name)s") % {"number": no, "name": name}
    else:
        value = ", ".join(f"{no}. {name}" for no, name in districts)
    return Fact(_("Ort"), value or page.location, page.location if value else "")


def _round(page: CaseStudyPage, rounds: Sequence[CaseEntry]) -> Fact:
    if page.round is None or page.kind == CaseKind.ROUND:
        return Fact("", "")
    url = rounds[0].url if rounds else ""
    return Fact(_("Klimateam-Durchgang"), page.round.label, url=url)


def _level(page: CaseStudyPage) -> Fact:
    """The level people could reach, and in which phase."""
    values = [child.value for child in page.phase_levels]
    levels = [(Level(v["level"]), v["phase"]) for v in values if v["level"]]
    if not levels:
        return Fact("", "")
    level, phase = max(levels, key=lambda pair: pair[0].step)
    note = _("Stufe %(step)s von 5, Phase: %(phase)s") % {
        "step": level.step,
        "phase": Phase(phase).label if phase else "–",
    }
    return Fact(_("Beteiligungsstufe"), str(level.label), note, level=level.step)


def _participants(page: CaseStudyPage) -> Fact:
    note = ""
    if page.ideas:
        note = _("%(ideas)s Ideen") % {"ideas": number(page.ideas)}
    if page.participants is None:
        return Fact(_("Ideen"), number(page.ideas))
    return Fact(_("Teilnehmende"), number(page.participants), note)


def facts(
    page: CaseStudyPage,
    districts: Sequence[tuple[int, str]],
    rounds: Sequence[CaseEntry],
) -> list[Fact]:
    """The facts at a glance; what is not known is left out."""
    binding = "" if page.binding == Binding.UNKNOWN else page.get_binding_display()
    groups = [str(group) for group in page.target_groups.all()]
    topics = [str(topic) for topic in page.topics.all()]
    return known(
        [
            _place(page, districts),
            Fact(_("Zeit"), years_text(page.year_from, page.year_to)),
            _round(page, rounds),
            _participants(page),
            Fact(_("Wer hat entschieden?"), page.decided_by),
            Fact(_("Wie verbindlich?"), str(binding)),
            Fact(
                _("Budget für die Umsetzung"),
                euros_text(page.budget_eur, page.budget_eur) if page.budget_eur else "",
            ),
            _level(page),
            Fact(_("Zielgruppen"), ", ".join(groups)),
            Fact(_("Themen"), ", ".join(topics)),
        ]
    )
