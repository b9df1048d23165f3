"""One small rule per criterion. Each is monotone: an answer that allows more (more weeks,
more money, more formats, less conflict, or none at all) never makes a method fit worse.

Numbers and their reasons are explained to readers on the page "So rechnet der Finder".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, log2

from .answers import Answers, Criterion
from .candidate import Candidate, Range
from .findings import Finding, Fit, Why

#: Who has at least this share of the least a method needs may come by with less.
STRETCH = 0.7
#: So many groups side by side are still one event.
MOST_GROUPS = 3
#: Who has the least a method needs, and no more, gets its small form.
SMALL_FORM_LOSS = 0.1

LEVELS = ("inform", "consult", "involve", "collaborate", "empower")
CONFLICTS = ("calm", "tense", "entrenched")
EVERYONE = "everyone"
RANDOM = "random"
#: What else a format can serve, and how far it is from it.
NEAR_FORMATS: Mapping[str, Mapping[str, float]] = {
    "in_person": {"hybrid": 0.1, "outreach": 0.4},
    "online": {"hybrid": 0.1, "written": 0.5},
    "hybrid": {"in_person": 0.5, "online": 0.5},
    "outreach": {"in_person": 0.5},
    "written": {"online": 0.5},
}

Rule = Callable[[Answers, Candidate], Finding]


def _missing(criterion: Criterion) -> Finding:
    """Nothing is known: not in favour of the method, and only a little against it."""
    return Finding(criterion, Fit.UNKNOWN, Why.MISSING, loss=0.3)


def _beyond(times: float) -> float:
    """What it costs to be so many times away from what would do: 1 where it just breaks,
    2 for thirty times and more."""
    return 1 + min(1.0, log2(max(1.0, times)) / 5)


# What one has at most -----------------------------------------------------------


def _means(criterion: Criterion, has: int, needs: Range) -> Finding:
    """Weeks, money, hours: what one has against what a method needs."""
    low = needs.low if needs.low is not None else needs.high
    if low is None:
        return _missing(criterion)
    high = low if needs.high is None else needs.high

    def found(fit: Fit, why: Why, loss: float) -> Finding:
        return Finding(criterion, fit, why, loss, needs, has)

    if has >= high:
        return found(Fit.FITS, Why.WITHIN, 0.0)
    if has >= low:
        left = (high - has) / (high - low)
        return found(Fit.FITS, Why.SMALL_FORM, SMALL_FORM_LOSS * left)
    if has >= STRETCH * low:
        left = (low - has) / (low - STRETCH * low)
        return found(Fit.STRETCHES, Why.SHORT, 0.4 + 0.3 * left)
    return found(Fit.BREAKS, Why.FAR_SHORT, _beyond(low / max(1, has)))


def minutes(answers: Answers, method: Candidate) -> Finding:
    """Time of one person."""
    return _means(Criterion.MINUTES, answers.minutes or 0, method.minutes)


def weeks(answers: Answers, method: Candidate) -> Finding:
    """Weeks until the start."""
    return _means(Criterion.WEEKS, answers.weeks or 0, method.weeks)


def budget(answers: Answers, method: Candidate) -> Finding:
    """External costs."""
    return _means(Criterion.BUDGET, answers.budget or 0, method.cost)


def staff_hours(answers: Answers, method: Candidate) -> Finding:
    """Hours of the team."""
    return _means(Criterion.STAFF_HOURS, answers.staff_hours or 0, method.staff_hours)


# How many --------------------------------------------------------------------------


def people(answers: Answers, method: Candidate) -> Finding:
    """How many take part: too many can be split, a few less may still do."""
    asked, span = answers.people or 0, method.people
    if span.low is None and span.high is None:
        return _missing(Criterion.PEOPLE)

    def found(fit: Fit, why: Why, loss: float, count: int = 0) -> Finding:
        return Finding(Criterion.PEOPLE, fit, why, loss, span, asked, count)

    if span.high is not None and asked > span.high:
        groups = ceil(asked / max(1, span.high))
        if groups > MOST_GROUPS:
            return found(
                Fit.BREAKS, Why.TOO_MANY, _beyond(groups / MOST_GROUPS), groups
            )
        return found(Fit.STRETCHES, Why.SPLIT, 0.25 + 0.15 * (groups - 1), groups)
    if span.low is not None and asked < span.low:
        if asked < STRETCH * span.low:
            return found(Fit.BREAKS, Why.TOO_FEW, _beyond(span.low / max(1, asked)))
        return found(Fit.STRETCHES, Why.FEW, 0.5)
    return found(Fit.FITS, Why.WITHIN, 0.0)


# What is named ---------------------------------------------------------------------


def _split(
    asked: tuple[str, ...], there: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    met = tuple(code for code in asked if code in there)
    return met, tuple(code for code in asked if code not in there)


def goals(answers: Answers, method: Candidate) -> Finding:
    """What for. A method made for few goals serves each of them better."""
    if not method.goals:
        return _missing(Criterion.GOALS)
    met, unmet = _split(answers.goals, method.goals)
    if not met:
        return Finding(Criterion.GOALS, Fit.BREAKS, Why.NONE, 1.0, open=unmet)
    broad = 0.2 * (1 - len(met) / len(method.goals))
    if not unmet:
        return Finding(Criterion.GOALS, Fit.FITS, Why.ALL, broad, met=met)
    loss = 0.3 + 0.3 * len(unmet) / len(answers.goals) + broad
    return Finding(Criterion.GOALS, Fit.STRETCHES, Why.SOME, loss, met=met, open=unmet)


def groups(answers: Answers, method: Candidate) -> Finding:
    """Whom. What is for everyone reaches a named group only with more effort."""
    if not method.groups:
        return _missing(Criterion.GROUPS)
    met, unmet = _split(answers.groups, method.groups)

    def found(fit: Fit, why: Why, loss: float) -> Finding:
        return Finding(Criterion.GROUPS, fit, why, loss, met=met, open=unmet)

    if met and not unmet:
        return found(Fit.FITS, Why.ALL, 0.0)
    if met:
        return found(
            Fit.STRETCHES, Why.SOME, 0.2 + 0.2 * len(unmet) / len(answers.groups)
        )
    if EVERYONE in method.groups:
        return found(Fit.STRETCHES, Why.FOR_EVERYONE, 0.7)
    return found(Fit.BREAKS, Why.NONE, 1.0)


def barriers(answers: Answers, method: Candidate) -> Finding:
    """What should make it easier to come. What a method does not bring can be added, so
    nothing breaks."""
    if not method.measures:
        return _missing(Criterion.BARRIERS)
    met, unmet = _split(answers.barriers, method.measures)
    if not unmet:
        return Finding(Criterion.BARRIERS, Fit.FITS, Why.ALL, met=met)
    why = Why.SOME if met else Why.NONE
    loss = min(0.8, 0.2 + 0.2 * len(unmet))
    return Finding(Criterion.BARRIERS, Fit.STRETCHES, why, loss, met=met, open=unmet)


def invitation(answers: Answers, method: Candidate) -> Finding:
    """How people come in. What lives from the lot cannot simply be opened."""
    if not method.recruitment:
        return _missing(Criterion.INVITATION)
    asked = (answers.invitation,)
    has = tuple(sorted(method.recruitment))

    def found(fit: Fit, loss: float) -> Finding:
        why = Why.NONE
        return Finding(Criterion.INVITATION, fit, why, loss, open=asked, has=has)

    if answers.invitation in method.recruitment:
        return Finding(Criterion.INVITATION, Fit.FITS, Why.ALL, met=asked)
    if method.recruitment == {RANDOM}:
        return found(Fit.BREAKS, 1.0)
    return found(Fit.STRETCHES, 0.6)


def formats(answers: Answers, method: Candidate) -> Finding:
    """Where and how: any of the formats will do."""
    if not method.formats:
        return _missing(Criterion.FORMATS)
    met, unmet = _split(answers.formats, method.formats)
    if met:
        return Finding(Criterion.FORMATS, Fit.FITS, Why.ALL, met=met)
    near = [
        (loss, code)
        for asked in answers.formats
        for code, loss in NEAR_FORMATS.get(asked, {}).items()
        if code in method.formats
    ]
    if not near:
        has = tuple(sorted(method.formats))
        return Finding(
            Criterion.FORMATS, Fit.BREAKS, Why.NONE, 1.0, open=unmet, has=has
        )
    loss, code = min(near)
    fit = Fit.FITS if loss < 0.2 else Fit.STRETCHES
    return Finding(Criterion.FORMATS, fit, Why.NEAR, loss, open=unmet, has=(code,))


# How far ---------------------------------------------------------------------------


def level(answers: Answers, method: Candidate) -> Finding:
    """How far people may decide: a method must not promise more than that."""
    steps = [LEVELS.index(code) for code in method.levels if code in LEVELS]
    if not steps:
        return _missing(Criterion.LEVEL)
    asked = LEVELS.index(answers.level)
    codes = tuple(LEVELS[step] for step in sorted(steps))

    def found(fit: Fit, why: Why, loss: float) -> Finding:
        return Finding(Criterion.LEVEL, fit, why, loss, met=(answers.level,), has=codes)

    if asked in steps:
        return found(Fit.FITS, Why.WITHIN, 0.0)
    if min(steps) < asked < max(steps):
        return found(Fit.STRETCHES, Why.NEAR, 0.3)
    if min(steps) > asked:
        far = min(steps) - asked > 1
        return found(
            Fit.BREAKS if far else Fit.STRETCHES,
            Why.PROMISES_MORE,
            1.0 if far else 0.6,
        )
    far = asked - max(steps) > 1
    return found(
        Fit.BREAKS if far else Fit.STRETCHES, Why.PROMISES_LESS, 1.0 if far else 0.5
    )


def conflict(answers: Answers, method: Candidate) -> Finding:
    """How much conflict there is, and how much the method bears."""
    if method.conflict not in CONFLICTS:
        return _missing(Criterion.CONFLICT)
    short = CONFLICTS.index(answers.conflict) - CONFLICTS.index(method.conflict)
    bears = (method.conflict,)
    if short <= 0:
        return Finding(Criterion.CONFLICT, Fit.FITS, Why.BEARS, has=bears)
    # Where positions are entrenched, what only bears a dispute makes matters worse.
    if short > 1 or answers.conflict == CONFLICTS[-1]:
        loss = 1.5 if short > 1 else 1.0
        return Finding(Criterion.CONFLICT, Fit.BREAKS, Why.BEARS_LESS, loss, has=bears)
    return Finding(Criterion.CONFLICT, Fit.STRETCHES, Why.BEARS_LESS, 0.5, has=bears)


RULES: Mapping[Criterion, Rule] = {
    Criterion.GOALS: goals,
    Criterion.LEVEL: level,
    Criterion.GROUPS: groups,
    Criterion.BARRIERS: barriers,
    Criterion.INVITATION: invitation,
    Criterion.PEOPLE: people,
    Criterion.MINUTES: minutes,
    Criterion.WEEKS: weeks,
    Criterion.BUDGET: budget,
    Criterion.STAFF_HOURS: staff_hours,
    Criterion.CONFLICT: conflict,
    Criterion.FORMATS: formats,
}
