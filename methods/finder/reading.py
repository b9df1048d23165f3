"""A plan in a person's own words, read as answers: "Schulvorplatz mit Volksschulkindern,
6 Wochen, 3.000 Euro". Reads only what stands there; whoever wrote it sees it as answers
and can change each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils import translation

from hub.models import Goal, TargetGroup
from hub.searching import entry_words
from search.analysis import get_analyser
from search.held import LABELS, Held

from .answers import Answers, Criterion
from .asking import LIMITS, SEVERAL
from .rules import EVERYONE

#: Longer questions are read as far as this.
LONGEST = 300
WEEKS_A_MONTH = 4.33
_SMALL: Mapping[str, tuple[str, ...]] = {
    "de": (
        "null",
        "eine",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ),
    "en": (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
}
#: Words behind a number and what it then counts, in which unit.
_UNITS: Mapping[str, tuple[tuple[str, Criterion, float], ...]] = {
    "de": (
        (r"wochen?", Criterion.WEEKS, 1),
        (r"monaten?|monate?", Criterion.WEEKS, WEEKS_A_MONTH),
        (r"euro|eur|€", Criterion.BUDGET, 1),
        (r"stunden?", Criterion.MINUTES, 60),
        (r"minuten?|min", Criterion.MINUTES, 1),
        (
            r"personen|menschen|leuten?|teilnehmende\w*|jugendlichen?|kindern?"
            r"|\w+[*:_]innen|frauen|familien|haushalten?",
            Criterion.PEOPLE,
            1,
        ),
    ),
    "en": (
        (r"weeks?", Criterion.WEEKS, 1),
        (r"months?", Criterion.WEEKS, WEEKS_A_MONTH),
        (r"euros?|eur|€", Criterion.BUDGET, 1),
        (r"hours?", Criterion.MINUTES, 60),
        (r"minutes?|min", Criterion.MINUTES, 1),
        (
            r"people|persons|participants|residents|children|women|families"
            r"|households|neighbours|teenagers",
            Criterion.PEOPLE,
            1,
        ),
    ),
}
#: Beginnings of words for what has no vocabulary of its own. The first that occurs counts.
_SIGNS: Mapping[str, tuple[tuple[str, Criterion, str], ...]] = {
    "de": (
        (r"verhärtet|verfeindet|zerstritten", Criterion.CONFLICT, "entrenched"),
        (r"streit|konflikt|umstritten|strittig", Criterion.CONFLICT, "tense"),
        (
            r"gelost|auslos|ausgelost|losverfahren|zufällig",
            Criterion.INVITATION,
            "random",
        ),
        (r"online|internet", Criterion.FORMATS, "online"),
        (r"aufsuchend", Criterion.FORMATS, "outreach"),
        (r"(?:bezirks|jugend|bürger\S*)budget", Criterion.GOALS, "decide"),
    ),
    "en": (
        (r"entrenched|bitter", Criterion.CONFLICT, "entrenched"),
        (r"disput|conflict|contested|controversial", Criterion.CONFLICT, "tense"),
        (r"random|lottery|by lot", Criterion.INVITATION, "random"),
        (r"online|internet", Criterion.FORMATS, "online"),
        (r"outreach", Criterion.FORMATS, "outreach"),
        (r"(?:district|youth|participatory) budget", Criterion.GOALS, "decide"),
    ),
}
#: Whoever uses one of these speaks of a plan.
_PLANNING = {
    "de": re.compile(
        r"\b(plane\w*|vorhaben|wir (wollen|möchten|gestalten|suchen|brauchen)|"
        r"welche methode\w*|wie (beteilig|hol|frag|bind|erreich)\w*)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(plan(s|ning)?|project|we (want|would like|are redesigning|need)|"
        r"which method|how (do|can) (we|i))\b",
        re.IGNORECASE,
    ),
}
#: Whoever plans something for a place first wants to know what people need there.
PLACE_GOAL = "explore_needs"
_PLACES = {
    "de": re.compile(r"(?:platz|hof|park|straße|gasse|spielplätze)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:square|yard|schoolyard|park|street|playground)\b", re.I),
}
_AMOUNT = r"(\d{1,3}(?:[.,'’ ]\d{3})+|\d+|%s)"
_SIGN_FIRST = re.compile(r"€\s*([\d.,'’]+)")
#: Answers that a question without a word of planning must hold.
ENOUGH = 2
#: Stems of names that everybody uses who plans: "Planer*innen".
_COMMON = frozenset({"plan"})


class Named(NamedTuple):
    """Stems that together name an entry of a vocabulary."""

    stems: frozenset[str]
    criterion: Criterion
    code: str


def read_plan(text: str, language: str) -> Answers:
    """What a text says of a plan; nothing of it may be known."""
    text = text[:LONGEST]
    found: dict[str, object] = {**_signs(text, language), **_named(text, language)}
    found |= _numbers(text, language)
    if str(Criterion.GOALS) not in found and _is_about_a_place(text, found, language):
        found[str(Criterion.GOALS)] = (PLACE_GOAL,)
    return Answers(**found)  # type: ignore[arg-type]


def _is_about_a_place(text: str, found: Mapping[str, object], language: str) -> bool:
    """Whether somebody plans something for a place, and says no more of what for."""
    plans = bool(found.keys() & LIMITS.keys()) or _PLANNING[language].search(text)
    return bool(plans and _PLACES[language].search(text))


def sounds_like_a_plan(text: str, answers: Answers, language: str) -> bool:
    """Whether somebody describes a plan rather than looks for a word."""
    given = set(answers.given())
    if not given:
        return False
    counted = given & LIMITS.keys()
    planning = bool(_PLANNING[language].search(text))
    return planning or bool(counted) or len(given) >= ENOUGH


def _numbers(text: str, language: str) -> dict[str, int]:
    """Numbers with a word behind them that says what they count; "€3,000", too."""
    words = _SMALL[language]
    amount = _AMOUNT % "|".join(words)
    text = _SIGN_FIRST.sub(r"\1 €", text)
    found: dict[str, int] = {}
    for unit, criterion, times in _UNITS[language]:
        low, high = LIMITS[criterion]
        matches = re.findall(rf"\b{amount}[\s-]*(?:{unit})(?!\w)", text, re.IGNORECASE)
        values = [round(_value(match, words) * times) for match in matches]
        possible = [value for value in values if low <= value <= high]
        if possible and criterion not in found:
            # "Fünf kommen immer, 150 Menschen wohnen hier": the plan is about the many.
            most = max(possible) if criterion is Criterion.PEOPLE else possible[0]
            found[str(criterion)] = most
    return found


def _value(amount: str, words: Sequence[str]) -> int:
    if amount.lower() in words:
        return words.index(amount.lower())
    return int(re.sub(r"\D", "", amount)[:12])


def _signs(text: str, language: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for sign, criterion, code in _SIGNS[language]:
        if criterion not in found and re.search(rf"\b(?:{sign})", text, re.IGNORECASE):
            found[str(criterion)] = (code,) if criterion in SEVERAL else code
    return found


def _named(text: str, language: str) -> dict[str, tuple[str, ...]]:
    """Entries of vocabularies whose names or synonyms stand in a text, whole words or
    the last part of a compound: "Volksschulkinder" are "Kinder"."""
    stems: set[str] = set()
    for token in get_analyser(language).query_tokens(text):
        stems.update((token.stem, *token.parts[-1:]))
    codes: dict[Criterion, dict[str, None]] = {}
    for named in _vocabulary.get()[language]:
        if named.stems <= stems:
            codes.setdefault(named.criterion, {})[named.code] = None
    # Whoever says "residents" has not named anybody in particular.
    codes.get(Criterion.GROUPS, {}).pop(EVERYONE, None)
    return {str(criterion): tuple(found) for criterion, found in codes.items() if found}


def _read_vocabulary() -> dict[str, list[Named]]:
    entries = [(Criterion.GOALS, entry) for entry in Goal.objects.active()]
    entries += [(Criterion.GROUPS, entry) for entry in TargetGroup.objects.active()]
    found: dict[str, list[Named]] = {}
    for language in _SIGNS:
        with translation.override(language):
            found[language] = [
                Named(stems, criterion, entry.code)
                for criterion, entry in entries
                for stems in _stems(entry_words([entry]), language)
            ]
    return found


def _stems(words: Iterable[str], language: str) -> Iterable[frozenset[str]]:
    analyser = get_analyser(language)
    for word in words:
        stems = frozenset(t.stem for t in analyser.query_tokens(word) if not t.is_stop)
        if stems - _COMMON:
            yield stems


#: The words of vocabularies change only when editors change them.
_vocabulary: Held[dict[str, list[Named]]] = Held(LABELS, _read_vocabulary)
