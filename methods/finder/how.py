"""How the finder reckons, for readers: each criterion, how much it counts, and its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .answers import Criterion
from .rules import MOST_GROUPS, STRETCH
from .scoring import WEIGHTS
from .wording import NAMES

_MEANS = _(
    "Passt, wenn Sie mindestens so viel haben, wie die Methode wenigstens braucht. Fehlt "
    "bis zu %(share)s Prozent, passt sie mit Abstrichen. Fehlt mehr, passt sie eher nicht."
)
RULES: Mapping[Criterion, Any] = {
    Criterion.GOALS: _(
        "Passt, wenn die Methode allen Ihren Zielen dient; mit Abstrichen, wenn nur einigen. "
        "Dient sie keinem, passt sie eher nicht. Methoden, die für wenige Ziele gemacht "
        "sind, stehen etwas weiter vorne."
    ),
    Criterion.LEVEL: _(
        "Eine Methode soll nicht mehr versprechen, als Sie zusagen. Eine Stufe darüber oder "
        "darunter ist ein Abstrich, zwei Stufen passen eher nicht."
    ),
    Criterion.GROUPS: _(
        "Passt, wenn die Methode alle genannten Gruppen erreicht. Ist sie nur „für alle“, "
        "ist das ein Abstrich: Sie müssen die Gruppe eigens ansprechen. Ist sie für andere "
        "gemacht, passt sie eher nicht."
    ),
    Criterion.BARRIERS: _(
        "Was die Methode nicht mitbringt, können Sie ergänzen. Darum ist es immer nur ein "
        "Abstrich."
    ),
    Criterion.INVITATION: _(
        "Passt, wenn die Methode diese Einladung kennt. Lebt sie allein vom Losverfahren, "
        "passt eine andere Einladung eher nicht."
    ),
    Criterion.PEOPLE: _(
        "Sind es mehr Menschen, als die Methode fasst, können Sie bis zu %(groups)s Gruppen "
        "bilden: ein Abstrich. Sind es ein wenig zu wenige, ebenso."
    ),
    Criterion.MINUTES: _MEANS,
    Criterion.WEEKS: _MEANS,
    Criterion.BUDGET: _MEANS,
    Criterion.STAFF_HOURS: _MEANS,
    Criterion.CONFLICT: _(
        "Jede Methode verträgt kaum Konflikte, spürbare Gegensätze oder verhärtete Fronten. "
        "Verträgt sie eine Stufe zu wenig, ist das ein Abstrich. Bei verhärteten Fronten und "
        "bei zwei Stufen Abstand passt sie eher nicht."
    ),
    Criterion.FORMATS: _(
        "Eines der gewählten Formate genügt. Ein verwandtes Format kann mit Abstrichen "
        "genügen, etwa vor Ort statt aufsuchend."
    ),
}


@dataclass(frozen=True)
class Explained:
    """One criterion on the page that explains the finder."""

    name: str
    weight: float
    rule: str


def criteria() -> list[Explained]:
    """All criteria, those that count most first."""
    numbers = {"share": round((1 - STRETCH) * 100), "groups": MOST_GROUPS}
    found = [
        Explained(str(NAMES[criterion]), weight, str(RULES[criterion]) % numbers)
        for criterion, weight in WEIGHTS.items()
    ]
    return sorted(found, key=lambda one: -one.weight)
