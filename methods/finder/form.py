"""The nine questions as a template shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.formats import minutes_text

from .answers import Criterion
from .asking import LIMITS, PARAMETERS, SEVERAL, Asked
from .vocabulary import Vocabulary, within_sentence

#: Times to choose from, in minutes.
TIMES = (15, 60, 120, 240, 480, 960, 2400)
#: So many boxes stand open; the others are folded away.
OPEN_BOXES = 8


@dataclass(frozen=True)
class Part:
    """One field of a question: what it asks about, and words beside it."""

    criterion: Criterion
    label: Any = ""
    unit: Any = ""
    #: Fold the whole field away until somebody wants it.
    folded: bool = False


@dataclass(frozen=True)
class Question:
    """A question with its line of help."""

    title: Any
    hint: Any
    parts: tuple[Part, ...]


QUESTIONS = (
    Question(
        _("Was soll dabei herauskommen?"),
        _("Mehreres ist möglich. Je weniger Ziele, desto klarer der Vorschlag."),
        (Part(Criterion.GOALS),),
    ),
    Question(
        _("Wie weit dürfen Menschen mitentscheiden?"),
        _("Wählen Sie, was Sie wirklich zusagen können."),
        (Part(Criterion.LEVEL),),
    ),
    Question(
        _("Wen wollen Sie erreichen?"),
        _("Wählen Sie nur, wer unbedingt dabei sein soll."),
        (
            Part(Criterion.GROUPS),
            Part(Criterion.INVITATION, _("Wie kommen die Menschen dazu?")),
            Part(Criterion.BARRIERS, _("Welche Hürden sollen sinken?"), folded=True),
        ),
    ),
    Question(
        _("Wie viele Menschen machen mit?"),
        _("Eine Schätzung genügt."),
        (Part(Criterion.PEOPLE, unit=_("Personen")),),
    ),
    Question(
        _("Wie viel Zeit haben die Menschen?"),
        _("Eine Person insgesamt, über alle Termine."),
        (Part(Criterion.MINUTES),),
    ),
    Question(
        _("Wie viele Wochen sind es bis zum Start?"),
        _("Von heute bis zum ersten Termin."),
        (Part(Criterion.WEEKS, unit=_("Wochen")),),
    ),
    Question(
        _("Was haben Sie zur Verfügung?"),
        _("Geld für Leistungen von außen und die Arbeitszeit Ihres Teams."),
        (
            Part(Criterion.BUDGET, _("Budget"), unit=_("Euro")),
            Part(Criterion.STAFF_HOURS, _("Arbeitszeit im Team"), unit=_("Stunden")),
        ),
    ),
    Question(
        _("Wie strittig ist das Thema?"),
        _("Denken Sie an die, die am lautesten dagegen sind."),
        (Part(Criterion.CONFLICT),),
    ),
    Question(
        _("Wie und wo soll es stattfinden?"),
        _("Wählen Sie alles, was infrage kommt."),
        (Part(Criterion.FORMATS),),
    ),
)


@dataclass(frozen=True)
class Option:
    """One choice of a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class FieldView:
    """A field as ``components/finder_field.html`` shows it."""

    name: str
    label: str
    kind: str  # "several", "one", "number"
    options: tuple[Option, ...] = ()
    more: tuple[Option, ...] = ()
    value: str = ""
    unit: str = ""
    remark: str = ""
    is_open: bool = False
    folded: bool = False
    longest: int = 0


@dataclass(frozen=True)
class QuestionView:
    """A question as ``components/finder_question.html`` shows it."""

    number: int
    title: str
    hint: str
    fields: tuple[FieldView, ...]

    @property
    def number_text(self) -> str:
        """The number as part of an id."""
        return str(self.number)


def questions(asked: Asked, words: Vocabulary, opened: Sequence[str]) -> list[Any]:
    """All questions with what is answered. ``opened``: parameters open on purpose."""
    return [
        QuestionView(
            number,
            str(question.title),
            str(question.hint),
            tuple(_field(part, asked, words, opened) for part in question.parts),
        )
        for number, question in enumerate(QUESTIONS, 1)
    ]


def _field(
    part: Part, asked: Asked, words: Vocabulary, opened: Sequence[str]
) -> FieldView:
    criterion = part.criterion
    name = PARAMETERS[criterion]
    answer = getattr(asked.answers, criterion)
    shared: Mapping[str, Any] = {
        "name": name,
        "label": str(part.label),
        "remark": asked.remarks.get(criterion, ""),
        "is_open": name in opened,
        "folded": part.folded and not answer and criterion not in asked.remarks,
    }
    if criterion in LIMITS and criterion is not Criterion.MINUTES:
        return FieldView(
            kind="number",
            value=asked.typed.get(criterion, ""),
            unit=within_sentence(str(part.unit)),
            longest=len(str(LIMITS[criterion][1])) + 8,
            **shared,
        )
    if criterion in SEVERAL:
        options = _options(words[criterion], answer)
        first, more = options[:OPEN_BOXES], options[OPEN_BOXES:]
        if any(option.chosen for option in more) or len(more) < 3:
            first, more = options, ()
        return FieldView(kind="several", options=first, more=more, **shared)
    if criterion is Criterion.MINUTES:
        return FieldView(kind="one", options=_times(answer), **shared)
    chosen = (answer,) if answer else ()
    return FieldView(kind="one", options=_options(words[criterion], chosen), **shared)


def _options(names: Mapping[str, str], chosen: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(code, name, code in chosen) for code, name in names.items())


def _times(answer: int | None) -> tuple[Option, ...]:
    """The usual times, and the one of the address where it is another."""
    times = sorted({*TIMES, *(() if answer is None else (answer,))})
    return tuple(
        Option(str(time), minutes_text(time, time), time == answer) for time in times
    )
