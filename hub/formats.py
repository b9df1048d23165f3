"""Numbers, ranges, durations, sums and dates in the words of the active language."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from functools import lru_cache

from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

NBSP = "\u00a0"
DASH = "–"
SHY = "\u00ad"
_GERMAN = str.maketrans(",.", ".,")

#: Second parts of long German compounds; a soft hyphen may stand before them.
JOINTS = (
    "beteiligung|versammlung|werkstatt|plattform|befragung|gruppe|stufe"
    "|entwicklung|planung|gestaltung|straße|gasse|vorstehung|verwaltung"
    "|konferenz|entscheid|gespräch|spaziergang|betreuung|lehrpfad"
    "|projekt|budget|zentrum|zentren|vertretung|maßnahme|gerechte"
    "|begrünung|erhebung|behörde|parlament|forschung|haltung"
    "|nachbarschaft|gegensätze|management|strategie|direktion|abteilung|agentur"
    "|angelegenheiten|anwaltschaft|gemeinschaft|vermittlung|versorgung|überwachung"
    "|erneuerung|reinigung|beruhigung|organisation|hauptstadt|spielraum|korridor"
    "|schutz|dienst|viertel|schleife|hochschule|beirat|stellen?\\b"
    # Not in "Bewirtschaftung", "Beförderung", "Begleitung".
    "|(?<!be)wirtschaft|(?<!be)förderung|(?<!beg)leitung"
)
_JOINT = re.compile(rf"(?<=\w{{5}})(?=(?:{JOINTS}))", re.IGNORECASE | re.UNICODE)
_LONG = re.compile(r"[^\W\d_]{15,}", re.UNICODE)


def is_german() -> bool:
    """Whether the active language is German (also without any active language)."""
    return not (translation.get_language() or "de").startswith("en")


def number(value: float | None) -> str:
    """1.000 in German, 1,000 in English; at most one decimal."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and -1000 < value < 1000:
        return str(value)
    value = float(value)
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
    return text.translate(_GERMAN) if is_german() else text


def range_text(low: float | None, high: float | None, unit: str = "") -> str:
    """ "20–25", "ab 50", "bis 40", "20": what is known and no more."""
    if low is None and high is None:
        return ""
    if low is None:
        text = _("bis %(value)s") % {"value": number(high)}
    elif high is None:
        text = _("ab %(value)s") % {"value": number(low)}
    elif low == high:
        text = number(low)
    else:
        text = f"{number(low)}{DASH}{number(high)}"
    return f"{text}{NBSP}{unit}" if unit else text


def _plural(low: float | None, high: float | None) -> int:
    """The number that decides between singular and plural."""
    decisive = high if high is not None else low
    return 1 if decisive == 1 else 2


def people_text(low: int | None, high: int | None) -> str:
    """A group size: "20–25 Personen"."""
    return range_text(
        low, high, npgettext("Anzahl", "Person", "Personen", _plural(low, high))
    )


def weeks_text(low: int | None, high: int | None) -> str:
    """A lead time: "12–20 Wochen"."""
    return range_text(low, high, ngettext("Woche", "Wochen", _plural(low, high)))


def hours_text(low: float | None, high: float | None) -> str:
    """Working hours: "150–320 Stunden"."""
    return range_text(low, high, ngettext("Stunde", "Stunden", _plural(low, high)))


def years_text(low: int | None, high: int | None) -> str:
    """Years without thousands separator: "2023–2024", "seit 2023"."""
    if not low and not high:
        return ""
    if low and high and low != high:
        return f"{low}{DASH}{high}"
    return str(low or high)


def months_hint(low: int | None, high: int | None) -> str:
    """Weeks said in months, from two months on: "rund 3–5 Monate"."""
    if not low or not high or low < 8:
        return ""
    months = range_text(round(low / 4.33), round(high / 4.33))
    return _("rund %(months)s Monate") % {"months": months}


def euros_text(low: int | None, high: int | None) -> str:
    """A sum: "8.000–15.000 Euro", "€8,000–15,000", "keine externen Kosten"."""
    if not low and not high and (low, high) != (None, None):
        return _("keine externen Kosten")
    if not low:
        low = None
    if is_german():
        return range_text(low, high, "Euro")
    return re.sub(r"\d", lambda match: "€" + match[0], range_text(low, high), count=1)


def _in_hours(minutes: int) -> float:
    return round(minutes / 30) / 2


def _sounds_like_hours(minutes: int) -> bool:
    """From two hours on people say hours, unless the number is odd and small."""
    return minutes >= 180 or (minutes >= 120 and minutes % 30 == 0)


def minutes_text(low: int | None, high: int | None) -> str:
    """A duration: "45–90 Minuten", "2–3 Stunden", "10 Minuten bis 2 Stunden"."""
    if low is None and high is None:
        return ""
    top = high if high is not None else low
    if not _sounds_like_hours(top):
        unit = ngettext("Minute", "Minuten", _plural(low, high))
        return range_text(low, high, unit)
    if low is None or high is None or low >= 60:
        hours_low = None if low is None else _in_hours(low)
        hours_high = None if high is None else _in_hours(high)
        return hours_text(hours_low, hours_high)
    return _("%(low)s bis %(high)s") % {
        "low": range_text(low, low, ngettext("Minute", "Minuten", low)),
        "high": hours_text(_in_hours(high), _in_hours(high)),
    }


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value
    return value


def long_date(value: date | datetime | None) -> str:
    """A date in words; day and month keep together: "14. November 2026"."""
    if not value:
        return ""
    pattern = "j.\xa0F Y" if is_german() else "j\xa0F Y"
    return dateformat.format(_as_date(value), pattern)


def month_year(value: date | datetime | None) -> str:
    """ "November 2026"."""
    return dateformat.format(_as_date(value), "F Y") if value else ""


def scale_bar(low: int | None, high: int | None) -> dict[str, str | bool] | None:
    """Place of a range on a logarithmic line from 1 to 1,000, in drawing units."""
    if low is None and high is None:
        return None

    def place(value: int) -> float:
        return 4 + 46 * min(max(math.log10(max(value, 1)), 0), 3)

    start = place(low or 1)
    end = place(high if high is not None else 1000)
    start = min(start, 137)
    return {
        "x": f"{start:.1f}",
        "width": f"{max(end - start, 5):.1f}",
        "open": high is None or high > 1000,
    }


@lru_cache(maxsize=8192)
def soften(text: str) -> str:
    """Soft hyphens at the joints of long German words; other words stay as they are. A
    process remembers them: pages show the same titles again and again."""
    return _LONG.sub(lambda match: _JOINT.sub(SHY, match[0]), text)


#: One ring of the turntable per kind: radius, and where it starts, in degrees.
RINGS = {
    "organisation": (222, 208, "r1"),
    "method": (182, 42, "r2"),
    "case": (142, 252, "r3"),
    "city": (102, 330, "r4"),
}
#: Length of ring for one entry: a tick and a gap.
TICK = 8.4
WIDEST = 300


def ring(kind: str, count: int) -> dict[str, str] | None:
    """The arc of a kind: one tick per entry, at most five sixths of the circle."""
    if kind not in RINGS or count < 2:
        return None
    radius, start, css = RINGS[kind]
    sweep = min(math.degrees(count * TICK / radius), WIDEST)

    def point(degrees: float) -> str:
        angle = math.radians(degrees)
        x, y = 240 + radius * math.cos(angle), 240 + radius * math.sin(angle)
        return f"{x:.1f} {y:.1f}"

    large = int(sweep > 180)
    end = f"A{radius} {radius} 0 {large} 1 {point(start + sweep)}"
    return {"css": css, "path": f"M{point(start)}{end}"}
