"""What one decides by: a row for each point of comparison, without any query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.formats import (
    euros_text,
    hours_text,
    long_date,
    minutes_text,
    months_hint,
    people_text,
    weeks_text,
)
from methods.choices import Conflict, Effort, Format, Recruitment
from methods.compare import words
from methods.compare.differences import Range, Words, is_known
from methods.compare.table import Compared, Group, Row, entries, row, scale, sentences
from methods.detail import labels, level_fact, stream_items
from methods.views import first_level, last_level

if TYPE_CHECKING:
    from methods.models import MethodPage

#: Links of a text stay on the method's own page: here they would need a query each.
LINK = re.compile(r"</?a\b[^>]*>")


def bounds_of(page: MethodPage, name: str) -> Range:
    return getattr(page, f"{name}_min"), getattr(page, f"{name}_max")


def step_of(code: str, choices: Any) -> Range:
    place = choices.values.index(code) if code in choices.values else None
    return place, place


def _level(methods: Sequence[Compared]) -> Row:
    facts = [level_fact(method.page) for method in methods]
    cells = [{"text": f.value, "note": f.note, "level": f.level} for f in facts]
    return scale(
        _("Wie weit Menschen mitentscheiden"),
        methods,
        [_level_steps(method.page) for method in methods],
        cells,
        words.LEVELS,
    )


def _level_steps(page: MethodPage) -> Range:
    low, high = first_level(page.levels), last_level(page.levels)
    if low is None or high is None:
        return None, None
    return low.step, high.step


def _number(
    label: Any,
    methods: Sequence[Compared],
    name: str,
    say: Callable[[int | None, int | None], str],
    words: Words,
    **more: Any,
) -> Row:
    """A range of numbers, as an editorial guide value."""
    ranges = [bounds_of(method.page, name) for method in methods]
    cells = [{"text": say(*bounds)} for bounds in ranges]
    return scale(label, methods, ranges, cells, words, guide=True, **more)


def _lead_time(methods: Sequence[Compared]) -> Row:
    ranges = [bounds_of(method.page, "lead_time_weeks") for method in methods]
    cells = [{"text": weeks_text(*r), "note": months_hint(*r)} for r in ranges]
    return scale(_("Vorlauf"), methods, ranges, cells, words.LEADS, guide=True)


def _costs(methods: Sequence[Compared]) -> Row:
    """A year and a run are no prices to compare: then nobody is the cheapest."""
    pages = [method.page for method in methods]
    ranges = [bounds_of(page, "cost_eur") for page in pages]
    cells = [
        {"text": euros_text(*bounds), "note": _run(page) if is_known(bounds) else ""}
        for page, bounds in zip(pages, ranges, strict=True)
    ]
    if len({page.is_standing for page in pages}) < 2:
        return scale(
            _("Externe Kosten"), methods, ranges, cells, words.COSTS, guide=True
        )
    keys = [
        (page.is_standing, bounds) if is_known(bounds) else None
        for page, bounds in zip(pages, ranges, strict=True)
    ]
    note = _("Ein Jahr und ein Durchgang lassen sich nicht direkt vergleichen.")
    return row(_("Externe Kosten"), methods, cells, keys, guide=True, note=note)


def _run(page: MethodPage) -> str:
    return _("für ein Jahr") if page.is_standing else _("für einen Durchgang")


def _effort(methods: Sequence[Compared]) -> Row:
    ranges = [step_of(method.page.effort, Effort) for method in methods]
    cells = [{"text": str(m.page.get_effort_display())} for m in methods]
    return scale(_("Aufwand"), methods, ranges, cells, words.EFFORTS)


def _conflict(methods: Sequence[Compared]) -> Row:
    ranges = [step_of(method.page.conflict, Conflict) for method in methods]
    cells = [{"text": str(m.page.get_conflict_display())} for m in methods]
    return scale(_("Verträgt Konflikt"), methods, ranges, cells, words.CONFLICTS)


def _cases(methods: Sequence[Compared]) -> Row:
    cells = [
        {
            "text": ngettext(
                "%(count)s Fallbeispiel", "%(count)s Fallbeispiele", method.cases
            )
            % {"count": method.cases}
            if method.cases
            else _("noch keines"),
            "url": f"{method.url}#praxis" if method.cases else "",
        }
        for method in methods
    ]
    ranges = [(method.cases, method.cases) for method in methods]
    return scale(_("Fälle in Wien"), methods, ranges, cells, words.CASES)


def _freshness(methods: Sequence[Compared]) -> Row:
    pages = [method.page for method in methods]
    cells = [{"text": _confirmed(page), "note": _changed(page)} for page in pages]
    keys = [cell["text"] for cell in cells]
    return row(_("Wie gesichert"), methods, cells, keys)


def _confirmed(page: MethodPage) -> str:
    if not page.reviewed_at:
        return page.verification_sentence
    when = {"day": long_date(page.reviewed_at)}
    if page.is_review_overdue:
        return _("Wieder zu prüfen, zuletzt bestätigt am %(day)s.") % when
    return _("Zuletzt bestätigt am %(day)s.") % when


def _changed(page: MethodPage) -> str:
    day = long_date(page.last_published_at)
    return _("Stand: %(day)s") % {"day": day} if day else ""


def _easy(methods: Sequence[Compared]) -> Iterator[Row]:
    """Texts in easy language, where any of the methods has one."""
    if any(method.easy_url for method in methods):
        yield row(_("Einfacher Text"), methods, [_easy_cell(m) for m in methods])


def _easy_cell(method: Compared) -> dict[str, str]:
    if not method.easy_url:
        return {"text": _("gibt es noch nicht")}
    name = _("Leicht Lesen") if method.easy_checked else _("Einfach erklärt")
    return {"text": name, "url": method.easy_url}


def _prose(page: MethodPage, name: str) -> dict[str, Any]:
    return {"html": LINK.sub("", getattr(page, name) or "")}


def _about(methods: Sequence[Compared]) -> list[Row]:
    return [
        sentences(_("Kurz gesagt"), methods, lambda page: {"text": page.summary}),
        entries(_("Ziele"), methods, [method.goals for method in methods]),
        _level(methods),
    ]


def _needs(methods: Sequence[Compared]) -> list[Row]:
    return [
        _number(_("Gruppengröße"), methods, "group_size", people_text, words.SIZES),
        _number(
            _("Zeit je Person"),
            methods,
            "session_minutes",
            minutes_text,
            words.TIMES,
            note=_("die ganze Zeit einer teilnehmenden Person"),
        ),
        _lead_time(methods),
        _costs(methods),
        _number(
            _("Arbeitszeit im Team"), methods, "staff_hours", hours_text, words.HOURS
        ),
        _effort(methods),
    ]


def _people(methods: Sequence[Compared]) -> list[Row]:
    pages = [method.page for method in methods]
    formats = [labels(Format, page.formats) for page in pages]
    recruitment = [labels(Recruitment, page.recruitment) for page in pages]
    return [
        entries(_("Format"), methods, formats),
        entries(_("Einladung"), methods, recruitment),
        entries(
            _("Zielgruppen"), methods, [method.target_groups for method in methods]
        ),
        entries(_("Inklusion"), methods, [method.measures for method in methods]),
        _conflict(methods),
    ]


def _advice(methods: Sequence[Compared]) -> list[Row]:
    return [
        sentences(_("Geeignet"), methods, lambda page: _prose(page, "when_to_use")),
        sentences(
            _("Nicht geeignet"), methods, lambda page: _prose(page, "when_not_to_use")
        ),
        sentences(
            _("Stärken"), methods, lambda page: {"items": stream_items(page.strengths)}
        ),
        sentences(
            _("Grenzen"), methods, lambda page: {"items": stream_items(page.limits)}
        ),
    ]


def _trust(methods: Sequence[Compared]) -> list[Row]:
    return [_cases(methods), _freshness(methods), *_easy(methods)]


def table(methods: Sequence[Compared]) -> list[Group]:
    """Every row of the comparison, by the question it answers."""
    return [
        Group(_("Worum es geht"), _about(methods)),
        Group(_("Was es braucht"), _needs(methods)),
        Group(_("Wen es erreicht"), _people(methods)),
        Group(_("Wann es passt"), _advice(methods)),
        Group(_("Was man darüber weiß"), _trust(methods)),
    ]


def differing(groups: Sequence[Group]) -> list[Group]:
    """Without the rows that say the same of all."""
    kept = [
        Group(group.title, [row for row in group.rows if row.may_differ])
        for group in groups
    ]
    return [group for group in kept if group.rows]
